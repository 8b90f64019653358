"""Rules for releases: showing versions to somebody outside the consortium, with every owner's consent.

A release never settles. It is in force at a moment when every organisation that owns any of it then agrees and
none of them objects. New owners are therefore asked anew, and an approval can be taken back.
"""

from collections.abc import Iterable, Iterator

from crosslab.ip_vault.replay.consortia import member
from crosslab.ip_vault.replay.disclosure import Disclosure, End, Moment, Release, ReleaseStanding
from crosslab.ip_vault.replay.ownership import disputed, of_version, owner_orgs
from crosslab.ip_vault.replay.people import person, speaks_for
from crosslab.ip_vault.replay.refusals import Reason, Rejected, require
from crosslab.ip_vault.replay.state import Consortium, State
from crosslab.ip_vault.statements import Statement


def asked(state: State, release: Release) -> set[str]:
    """Whose consent it takes: today's owners of each contribution, and whom a version not yet agreed names."""
    owners: set[str] = set()
    for contribution in release.contributions:
        owners |= owner_orgs(state, state.contributions[contribution])
    for version in map(state.versions.__getitem__, release.versions):
        if version.settled is None:
            owners |= {party for parties in version.rights.values() for party in parties}
    return owners - {release.org}


def standing(state: State, release: Release, at: str) -> ReleaseStanding:
    """Where a release stands at a second. Its last second is `until`."""
    if release.end:
        return ReleaseStanding(release.end.value)
    if at > release.until:
        return ReleaseStanding.EXPIRED
    needed = asked(state, release)
    disputes = (disputed(state, state.contributions[each]) for each in release.contributions)
    if needed & release.objections.keys() or any(disputes):
        return ReleaseStanding.BLOCKED
    return ReleaseStanding.IN_FORCE if needed <= release.approvals.keys() else ReleaseStanding.WAITING


def in_force(state: State, release: Release, contributions: Iterable[str], at: str) -> bool:
    """Whether these contributions may be handed over under a release at a second."""
    if release.revoked.keys() & set(contributions):
        return False
    return standing(state, release, at) is ReleaseStanding.IN_FORCE


def inside(state: State, consortium: Consortium, to: str) -> bool:
    """Whether this is a member organisation of today, or a person of one."""
    return consortium.has(to) or any(
        to in state.organisations[each.org].people for each in consortium.current()
    )


def releases_to(state: State, consortium: Consortium, to: str) -> Iterator[Release]:
    """The releases to a party, the newest first."""
    return (each for each in map(state.releases.__getitem__, reversed(consortium.releases)) if each.to == to)


def open_at(release: Release, at: str) -> None:
    """Refuses what is said of a release after its end."""
    require(release.end is None, Reason.ENDED)
    require(at <= release.until, Reason.EXPIRED)


def release(state: State, statement: Statement, index: int) -> None:
    """An owner of everything it names proposes to show versions to somebody outside, until a second to come."""
    consortium, org = member(state, statement)
    to, until, versions = (statement.body[key] for key in ("to", "until", "versions"))
    require(statement.at < until, Reason.EXPIRED)
    require(not inside(state, consortium, to), Reason.INSIDE)
    require(to in state.organisations or to in state.persons or state.partial, Reason.GRANTEE_UNKNOWN)
    named = {of_version(state, consortium, version).id: None for version in versions}
    for contribution in map(state.contributions.__getitem__, named):
        require(org.id in owner_orgs(state, contribution), Reason.NOT_AN_OWNER)
        require(not disputed(state, contribution), Reason.DISPUTED)
    purpose, terms = statement.body["purpose"], statement.body["terms"]
    state.releases[statement.id] = Release(
        statement.id, consortium.id, org.id, index, to, purpose, until, terms, tuple(versions), tuple(named)
    )
    consortium.releases.append(statement.id)
    said = Moment(statement.id, index, statement.at, org.id)
    for version in versions:
        shown = state.contributions[state.versions[version].contribution].shown
        shown.append(Disclosure(to, version, statement.id, said))


def decline(state: State, statement: Statement, index: int) -> None:
    """Whoever something is released to wants nothing of it, or no more."""
    if state.partial and statement.body["of"] not in state.releases:
        return
    found = _of_chain(state, statement, statement.body["of"])
    by = speaks_for(state, statement).id if statement.org else person(state, statement.by).id
    require(by == found.to, Reason.NOT_CONCERNED)
    open_at(found, statement.at)
    finish(state, found, End.DECLINED, Moment(statement.id, index, statement.at, by))


def approve(state: State, statement: Statement, _index: int) -> None:
    """An owner agrees that something is shown outside."""
    release, org = _owned(state, statement)
    release.approvals[org] = statement.id


def object_to(state: State, statement: Statement, _index: int) -> None:
    """An owner objects: nothing more is handed over while the objection stands."""
    release, org = _owned(state, statement)
    release.objections[org] = statement.id


def withdraw(state: State, statement: Statement, index: int) -> None:
    """An organisation takes back its approval, its objection, or its own release, which ends it."""
    org = speaks_for(state, statement).id
    said = statement.body["of"]
    release = _of_chain(state, statement, state.spoken.get(said, said))
    open_at(release, statement.at)
    if said == release.approvals.get(org):
        del release.approvals[org]
    elif said == release.objections.get(org):
        del release.objections[org]
    else:
        require(said == release.id and org == release.org, Reason.MATTER_UNKNOWN)
        finish(state, release, End.WITHDRAWN, Moment(statement.id, index, statement.at, org))


def revoke(state: State, release: Release, contribution: str, said: Moment) -> None:
    """A contribution is taken out of a release; the last one ends it."""
    release.revoked[contribution] = said.id
    if release.revoked.keys() == set(release.contributions):
        finish(state, release, End.REVOKED, said)


def finish(state: State, release: Release, end: End, said: Moment) -> None:
    """Ends a release and every line of the disclosure log that rests on it."""
    release.end, release.ended = end, said.index
    for contribution in release.contributions:
        for line in state.contributions[contribution].shown:
            if line.release == release.id and line.end is None:
                line.end, line.ended = end, said


def _owned(state: State, statement: Statement) -> tuple[Release, str]:
    """What an owner, still a member or not, may say something of; once, until it is taken back."""
    org = speaks_for(state, statement).id
    release = _of_chain(state, statement, statement.body["of"])
    open_at(release, statement.at)
    require(org in asked(state, release), Reason.NOT_CONCERNED)
    require(org not in release.approvals and org not in release.objections, Reason.ALREADY_SAID)
    return release, org


def _of_chain(state: State, statement: Statement, id: str) -> Release:
    found = state.releases.get(id)
    if found is None or found.consortium != statement.chain:
        raise Rejected(Reason.MATTER_UNKNOWN)
    return found
