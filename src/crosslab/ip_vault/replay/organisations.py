"""Rules for an organisation's chain: its people, roles and keys."""

from crosslab.ip_vault.keys import unb64u
from crosslab.ip_vault.replay.people import open_invite, organisation
from crosslab.ip_vault.replay.refusals import Reason, Rejected, require
from crosslab.ip_vault.replay.state import Invite, Organisation, State
from crosslab.ip_vault.statements import Statement


def create(state: State, statement: Statement, _index: int) -> None:
    """An organisation appears; its maker is its first admin."""
    body = statement.body
    state.organisations[statement.id] = Organisation(
        statement.id,
        body["name"],
        {statement.by: "admin"},
        [body["age"]],
        unb64u(body["recovery_sign"], 32),
        body["recovery_age"],
    )


def invite(state: State, statement: Statement, _index: int) -> None:
    """An admin invites somebody for a role."""
    _administered(state, statement)
    public = unb64u(statement.body["invite"], 32)
    state.invites[statement.id] = Invite(statement.id, statement.chain, public, statement.body["role"])


def add(state: State, statement: Statement, _index: int) -> None:
    """An admin admits a person who asked with an open invitation, in the invited role."""
    org = _administered(state, statement)
    request = state.requests.get(statement.body["request"])
    if request is None or request.answered or request.org != org.id:
        raise Rejected(Reason.REQUEST_UNKNOWN)
    require(request.person == statement.body["person"], Reason.REQUEST_UNKNOWN)
    require(request.person not in org.people, Reason.ALREADY_MEMBER)
    used = open_invite(state, request.invite, org.id)
    used.spent = request.answered = True
    org.people[request.person] = used.role


def role(state: State, statement: Statement, _index: int) -> None:
    """An admin changes a role; the last admin stays one."""
    org = _administered(state, statement)
    who, wanted = statement.body["person"], statement.body["role"]
    require(who in org.people, Reason.NOT_IN_ORG)
    require(wanted == "admin" or _other_admin(org, who), Reason.LAST_ADMIN)
    org.people[who] = wanted


def remove(state: State, statement: Statement, _index: int) -> None:
    """An admin removes a person (a new organisation key is due then) or withdraws an invitation."""
    org = _administered(state, statement)
    if "invite" in statement.body:
        open_invite(state, statement.body["invite"], org.id).spent = True
        return
    who = statement.body["person"]
    require(who in org.people, Reason.NOT_IN_ORG)
    require(_other_admin(org, who), Reason.LAST_ADMIN)
    del org.people[who]
    org.wraps.pop(who, None)
    org.key_is_due = True


def key(state: State, statement: Statement, _index: int) -> None:
    """An admin gives the organisation its next key."""
    org = _administered(state, statement)
    require(statement.body["epoch"] == org.epoch + 1, Reason.EPOCH)
    require(statement.body["age"] not in org.keys, Reason.SAME_KEY)
    org.keys.append(statement.body["age"])
    org.key_is_due = False
    org.wraps.clear()


def wrap(state: State, statement: Statement, _index: int) -> None:
    """An admin hands the organisation's keys to its people and to its recovery key (person empty)."""
    org = _administered(state, statement)
    people = [item["person"] for item in statement.body["items"]]
    require(all(who == "" or who in org.people for who in people), Reason.NOT_IN_ORG)
    org.wraps.update(dict.fromkeys(people, statement.id))


def recover(state: State, statement: Statement, _index: int) -> None:
    """Whoever holds the printed recovery root becomes an admin and prints a new one."""
    org = organisation(state, statement.chain)
    require(statement.body["person"] == statement.by, Reason.NOT_OWN_CHAIN)
    fresh = unb64u(statement.body["recovery_sign"], 32)
    require(fresh != org.recovery_sign, Reason.SAME_KEY)
    org.people[statement.by] = "admin"
    org.recovery_sign, org.recovery_age = fresh, statement.body["recovery_age"]
    org.key_is_due = True


def _administered(state: State, statement: Statement) -> Organisation:
    org = organisation(state, statement.chain)
    role = org.people.get(statement.by)
    require(role, Reason.NOT_IN_ORG)
    require(role == "admin", Reason.ROLE)
    return org


def _other_admin(org: Organisation, who: str) -> bool:
    return any(role == "admin" for person, role in org.people.items() if person != who)
