"""Rules for who was given access to what."""

from crosslab.ip_vault.replay.consortia import member
from crosslab.ip_vault.replay.ownership import owner_orgs
from crosslab.ip_vault.replay.people import person, speaks_for
from crosslab.ip_vault.replay.refusals import Reason, Rejected, require
from crosslab.ip_vault.replay.state import Access, Consortium, Contribution, State
from crosslab.ip_vault.statements import Statement


def grant(state: State, statement: Statement, _index: int) -> None:
    """An owner organisation opens versions to a member or one of its people, under their newest key."""
    consortium, org = member(state, statement)
    body = statement.body
    require(body["epoch"] == _epoch(state, consortium, body["to"]), Reason.EPOCH)
    opened = [(each["version"], _of_version(state, consortium, each["version"])) for each in body["items"]]
    for _, contribution in opened:
        require(org.id in owner_orgs(state, contribution), Reason.NOT_AN_OWNER)
    for version, contribution in opened:
        access = contribution.access.setdefault(body["to"], Access())
        access.grants[version] = statement.id
        access.revoked = False


def revoke(state: State, statement: Statement, _index: int) -> None:
    """An owner organisation ends a party's access to what comes; what they have read they have read."""
    consortium, org = member(state, statement)
    contribution = state.contributions.get(statement.body["contribution"])
    if contribution is None or contribution.consortium != consortium.id:
        raise Rejected(Reason.CONTRIBUTION_UNKNOWN)
    owners = owner_orgs(state, contribution)
    require(org.id in owners, Reason.NOT_AN_OWNER)
    require(statement.body["to"] not in owners, Reason.OWN_ORG)
    access = contribution.access.get(statement.body["to"])
    if access is None or access.revoked:
        raise Rejected(Reason.NO_ACCESS)
    access.revoked = True


def ack(state: State, statement: Statement, _index: int) -> None:
    """Whoever was given access confirms having opened a version, once."""
    consortium = state.consortia[statement.chain]
    version = statement.body["version"]
    contribution = _of_version(state, consortium, version)
    grantee = speaks_for(state, statement).id if statement.org else person(state, statement.by).id
    access = contribution.access.get(grantee)
    if access is None or version not in access.grants:
        raise Rejected(Reason.NO_ACCESS)
    require(version not in access.acks, Reason.ALREADY_SAID)
    access.acks[version] = statement.id


def _epoch(state: State, consortium: Consortium, to: str) -> int:
    """The number of the grantee's newest key: a member organisation's, or a person's in one."""
    if consortium.has(to):
        return state.organisations[to].epoch
    inside = any(to in state.organisations[each.org].people for each in consortium.current())
    require(inside, Reason.GRANTEE_UNKNOWN)
    return state.persons[to].epoch


def _of_version(state: State, consortium: Consortium, version: str) -> Contribution:
    known = state.versions.get(version)
    if known is None or known.contribution not in consortium.contributions:
        raise Rejected(Reason.VERSION_UNKNOWN)
    return state.contributions[known.contribution]
