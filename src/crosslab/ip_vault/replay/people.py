"""Rules for a person's own chain, and who may speak for an organisation."""

from crosslab.ip_vault.keys import unb64u
from crosslab.ip_vault.replay.refusals import Reason, Rejected, require
from crosslab.ip_vault.replay.state import Invite, Key, Organisation, Person, Request, State
from crosslab.ip_vault.statements import Statement
from crosslab.ip_vault.statements.types import BINDING_ROLES


def organisation(state: State, id: str) -> Organisation:
    """The organisation of this id."""
    if id not in state.organisations:
        raise Rejected(Reason.ORG_UNKNOWN)
    return state.organisations[id]


def person(state: State, id: str) -> Person:
    """The person of this id."""
    if id not in state.persons:
        raise Rejected(Reason.PERSON_UNKNOWN)
    return state.persons[id]


def speaks_for(state: State, statement: Statement) -> Organisation:
    """The organisation a statement is made for; only its admins and signers may bind it."""
    org = organisation(state, statement.org)
    role = org.people.get(statement.by)
    require(role, Reason.NOT_IN_ORG)
    require(role in BINDING_ROLES, Reason.ROLE)
    return org


def open_invite(state: State, id: str, chain: str) -> Invite:
    """An invitation of this chain that was neither used nor withdrawn."""
    invite = state.invites.get(id)
    if invite is None or invite.chain != chain:
        raise Rejected(Reason.INVITE_UNKNOWN)
    require(not invite.spent, Reason.INVITE_SPENT)
    return invite


def create(state: State, statement: Statement, index: int) -> None:
    """A person appears with their first key."""
    body = statement.body
    key = Key(unb64u(body["sign"], 32), body["age"], index)
    state.persons[statement.id] = Person(statement.id, body["name"], [key])


def rotate(state: State, statement: Statement, index: int) -> None:
    """A person changes their key; both the old and the new one sign."""
    own = person(state, statement.by)
    require(statement.chain == own.id, Reason.NOT_OWN_CHAIN)
    key = Key(unb64u(statement.body["sign"], 32), statement.body["age"], index)
    require(all(key.sign != old.sign and key.age != old.age for old in own.keys), Reason.SAME_KEY)
    own.keys.append(key)


def request(state: State, statement: Statement, _index: int) -> None:
    """A person asks to join an organisation, with the key of its invitation."""
    require(statement.chain == statement.by, Reason.NOT_OWN_CHAIN)
    org = organisation(state, statement.body["org"])
    invite = open_invite(state, statement.body["invite"], org.id)
    require(statement.by not in org.people, Reason.ALREADY_MEMBER)
    state.requests[statement.id] = Request(statement.id, statement.by, org.id, invite.id)
