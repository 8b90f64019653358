"""Rules for versions of a contribution."""

from crosslab.ip_vault.replay.consortia import member
from crosslab.ip_vault.replay.ownership import owner_orgs, settle
from crosslab.ip_vault.replay.refusals import Reason, Rejected, require
from crosslab.ip_vault.replay.state import Consortium, Contribution, State, Version
from crosslab.ip_vault.shares import parse_owners
from crosslab.ip_vault.statements import Statement


def version(state: State, statement: Statement, index: int) -> None:
    """An owner organisation adds a version; other owners it names must agree.

    The approvals needed are those of every organisation named and of every owner of today.
    """
    consortium, org = member(state, statement)
    body = statement.body
    contribution = _contribution(state, statement, consortium)
    rights = {each["type"]: parse_owners(each["owners"]) for each in body["rights"]}
    named = {party for owners in rights.values() for party in owners}
    require(named <= consortium.members.keys(), Reason.PARTY_UNKNOWN)
    require(org.id in named, Reason.NOT_AN_OWNER)
    require(all(author in state.persons for author in body["authors"]), Reason.AUTHOR_UNKNOWN)
    sources = tuple((each["version"], each["kind"]) for each in body["derived_from"])
    for source, _ in sources:
        _may_derive(state, source, consortium.id, org.id)
    today = owner_orgs(state, contribution) if contribution.versions else set[str]()
    made = Version(
        statement.id,
        contribution.id,
        org.id,
        index,
        frozenset((named | today) - {org.id}),
        {right: holding.basis for right, holding in contribution.rights.items()},
        number=body["version"],
        rights=rights,
        authors=tuple(body["authors"]),
        derived_from=sources,
        klass=body["class"],
        content_key=body["content_key"],
        manifest=body["manifest"]["sha256"],
        blobs=tuple(each["sha256"] for each in body["blobs"]),
        commitment=body["commitment"],
    )
    _record(state, consortium, contribution, made, index)


def _record(
    state: State, consortium: Consortium, contribution: Contribution, made: Version, index: int
) -> None:
    if not contribution.versions:
        consortium.contributions.append(contribution.id)
        state.contributions[contribution.id] = contribution
    contribution.versions.append(made.id)
    state.versions[made.id] = made
    settle(state, contribution, index)


def _contribution(state: State, statement: Statement, consortium: Consortium) -> Contribution:
    """The contribution a version continues, or a new one named after this first version."""
    body = statement.body
    if body["contribution"] == "":
        require((body["version"], body["previous"]) == (1, ""), Reason.PREVIOUS)
        return Contribution(statement.id, consortium.id)
    found = state.contributions.get(body["contribution"])
    if found is None or found.consortium != consortium.id:
        raise Rejected(Reason.CONTRIBUTION_UNKNOWN)
    expected = (len(found.versions) + 1, found.versions[-1])
    require((body["version"], body["previous"]) == expected, Reason.PREVIOUS)
    require(statement.org in owner_orgs(state, found), Reason.NOT_AN_OWNER)
    return found


def _may_derive(state: State, source: str, consortium: str, org: str) -> None:
    """What a version builds on comes from this consortium, or was opened to its maker in another."""
    known = state.versions.get(source)
    if known is None:
        require(state.partial, Reason.DERIVATION)
        return
    origin = state.contributions[known.contribution]
    if origin.consortium != consortium and org not in owner_orgs(state, origin) and not state.partial:
        access = origin.access.get(org)
        require(access is not None and source in access.grants, Reason.DERIVATION)
