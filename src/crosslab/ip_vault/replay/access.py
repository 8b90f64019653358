"""Rules for who was given access to what."""

from crosslab.ip_vault.replay import releases
from crosslab.ip_vault.replay.consortia import member
from crosslab.ip_vault.replay.disclosure import Disclosure, End, Moment, Release, ReleaseStanding
from crosslab.ip_vault.replay.ownership import of_version, owner_orgs
from crosslab.ip_vault.replay.people import person, speaks_for
from crosslab.ip_vault.replay.refusals import Reason, Rejected, require
from crosslab.ip_vault.replay.state import Access, Consortium, Contribution, State
from crosslab.ip_vault.statements import Statement

_WHY_NOT = {
    ReleaseStanding.WAITING: Reason.NOT_IN_FORCE,
    ReleaseStanding.BLOCKED: Reason.NOT_IN_FORCE,
    ReleaseStanding.EXPIRED: Reason.EXPIRED,
}


def grant(state: State, statement: Statement, index: int) -> None:
    """An owner opens versions under the newest key of a member, one of its people, or whom they are released to."""
    consortium, org = member(state, statement)
    to, versions = statement.body["to"], [each["version"] for each in statement.body["items"]]
    opened = [(version, of_version(state, consortium, version)) for version in versions]
    for _, contribution in opened:
        require(org.id in owner_orgs(state, contribution), Reason.NOT_AN_OWNER)
    release = None
    if not releases.inside(state, consortium, to):
        release = _release(state, consortium, statement)
    known = state.organisations.get(to) or state.persons.get(to)
    require(known is None or statement.body["epoch"] == known.epoch, Reason.EPOCH)
    if release:
        release.grants.append(statement.id)
    said = Moment(statement.id, index, statement.at, org.id)
    for version, contribution in opened:
        _give(contribution, to, version, release, said)


def revoke(state: State, statement: Statement, index: int) -> None:
    """An owner ends a party's access to what comes, also under releases; what they have read they have read."""
    consortium, org = member(state, statement)
    contribution, to = state.contributions.get(statement.body["contribution"]), statement.body["to"]
    if contribution is None or contribution.consortium != consortium.id:
        raise Rejected(Reason.CONTRIBUTION_UNKNOWN)
    owners = owner_orgs(state, contribution)
    require(org.id in owners, Reason.NOT_AN_OWNER)
    require(to not in owners, Reason.OWN_ORG)
    access = contribution.access.get(to)
    promised = [
        each
        for each in releases.releases_to(state, consortium, to)
        if not each.end and contribution.id in set(each.contributions) - each.revoked.keys()
    ]
    require((access and not access.revoked) or promised or state.partial, Reason.NO_ACCESS)
    said = Moment(statement.id, index, statement.at, org.id)
    contribution.access.setdefault(to, Access()).revoked = True
    for line in contribution.shown:
        if line.to == to and line.end is None:
            line.end, line.ended = End.REVOKED, said
    for release in promised:
        releases.revoke(state, release, contribution.id, said)


def ack(state: State, statement: Statement, index: int) -> None:
    """Whoever was given access confirms having opened a version, once a grant; under a release, until its end."""
    consortium, version = state.consortia[statement.chain], statement.body["version"]
    grantee = speaks_for(state, statement).id if statement.org else person(state, statement.by).id
    if state.partial and version not in state.versions:
        return
    contribution = of_version(state, consortium, version)
    access = contribution.access.get(grantee, Access())
    require(version in access.grants or state.partial, Reason.NO_ACCESS)
    require(version not in access.acks, Reason.ALREADY_SAID)
    if version in access.under:
        release = state.releases[access.under[version]]
        releases.open_at(release, statement.at)
        require(contribution.id not in release.revoked, Reason.ENDED)
    contribution.access.setdefault(grantee, access).acks[version] = statement.id
    for line in reversed(contribution.shown):
        if (line.to, line.version) == (grantee, version) and line.given:
            line.opened = Moment(statement.id, index, statement.at, grantee)
            return


def may_open(state: State, version: str, to: str, at: str) -> bool:
    """Whether a party may be handed a version at a second: it was granted, not revoked, any release is in force."""
    contribution = state.contributions[state.versions[version].contribution]
    access = contribution.access.get(to)
    if access is None or version not in access.grants or access.revoked:
        return False
    if version not in access.under:
        return True
    return releases.in_force(state, state.releases[access.under[version]], [contribution.id], at)


def disclosures(state: State, contribution: str) -> list[Disclosure]:
    """The disclosure log of a contribution: every version and party it was released or opened to, in log order."""
    return list(state.contributions[contribution].shown)


def _give(contribution: Contribution, to: str, version: str, release: Release | None, said: Moment) -> None:
    access = contribution.access.setdefault(to, Access())
    access.grants[version] = said.id
    access.revoked = False
    access.acks.pop(version, None)  # what is opened under a new grant is confirmed anew
    access.under.pop(version, None)
    if release:
        access.under[version] = release.id
    wanted = (to, version, release.id if release else "")
    for line in contribution.shown:
        if (line.to, line.version, line.release) == wanted and not line.given:
            line.given = said
            return
    contribution.shown.append(Disclosure(*wanted, given=said))


def _release(state: State, consortium: Consortium, statement: Statement) -> Release:
    """The newest release to the grantee that names all these versions and is in force."""
    versions = {each["version"] for each in statement.body["items"]}
    contributions = {state.versions[each].contribution for each in versions}
    to_them = releases.releases_to(state, consortium, statement.body["to"])
    naming = [each for each in to_them if versions <= set(each.versions)]
    for each in naming:
        if releases.in_force(state, each, contributions, statement.at):
            return each
    if not naming:
        raise Rejected(Reason.GRANTEE_UNKNOWN)
    raise Rejected(_WHY_NOT.get(releases.standing(state, naming[0], statement.at), Reason.ENDED))
