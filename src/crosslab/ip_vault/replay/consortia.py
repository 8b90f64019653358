"""Rules for who belongs to a consortium."""

from crosslab.ip_vault.keys import unb64u
from crosslab.ip_vault.replay.people import open_invite, speaks_for
from crosslab.ip_vault.replay.refusals import Reason, require
from crosslab.ip_vault.replay.state import Consortium, Invite, Member, Organisation, State
from crosslab.ip_vault.statements import Statement


def member(state: State, statement: Statement) -> tuple[Consortium, Organisation]:
    """The consortium and the organisation spoken for, which must be a member now."""
    consortium, org = state.consortia[statement.chain], speaks_for(state, statement)
    require(consortium.has(org.id), Reason.NOT_A_MEMBER)
    return consortium, org


def create(state: State, statement: Statement, index: int) -> None:
    """An organisation founds a consortium and leads it."""
    org, body = speaks_for(state, statement), statement.body
    require(body["orgs"] == [org.id], Reason.NOT_CONCERNED)
    members = {org.id: Member(org.id, leads=True, since=index)}
    state.consortia[statement.id] = Consortium(statement.id, body["name"], body["regime"], members)


def invite(state: State, statement: Statement, _index: int) -> None:
    """A leading organisation invites another."""
    _led(state, statement)
    public = unb64u(statement.body["invite"], 32)
    state.invites[statement.id] = Invite(statement.id, statement.chain, public)


def join(state: State, statement: Statement, index: int) -> None:
    """An organisation joins with the key of its invitation, saying how far its own chain has come."""
    consortium, org, body = state.consortia[statement.chain], speaks_for(state, statement), statement.body
    require(body["org"] == org.id, Reason.NOT_CONCERNED)
    require(not consortium.has(org.id), Reason.ALREADY_MEMBER)
    require(bytes.fromhex(body["org_head"]) in state.chains[org.id].links, Reason.ORG_HEAD)
    open_invite(state, body["invite"], consortium.id).spent = True
    consortium.members[org.id] = Member(org.id, leads=False, since=index)


def leave(state: State, statement: Statement, index: int) -> None:
    """An organisation leaves; what it contributed stays recorded."""
    consortium, org = member(state, statement)
    require(statement.body["org"] == org.id, Reason.NOT_CONCERNED)
    _end(consortium, org.id, index)


def remove(state: State, statement: Statement, index: int) -> None:
    """A leading organisation removes another, or withdraws an invitation."""
    consortium, org = _led(state, statement)
    if "invite" in statement.body:
        open_invite(state, statement.body["invite"], consortium.id).spent = True
        return
    require(consortium.has(statement.body["org"]), Reason.NOT_A_MEMBER)
    require(statement.body["org"] != org.id, Reason.OWN_ORG)
    _end(consortium, statement.body["org"], index)


def _led(state: State, statement: Statement) -> tuple[Consortium, Organisation]:
    consortium, org = member(state, statement)
    require(consortium.members[org.id].leads, Reason.NOT_FOUNDING)
    return consortium, org


def _end(consortium: Consortium, org: str, index: int) -> None:
    """Ends a membership; when nobody is left to lead, the longest-standing member does."""
    consortium.members[org].until = index
    remaining = list(consortium.current())
    if remaining and not any(each.leads for each in remaining):
        remaining[0].leads = True
