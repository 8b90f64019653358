"""Rules for who owns what: approvals, objections, transfers, and when they take effect.

A matter (a version's claim or a transfer) is settled at the log index where its last obstacle falls: all
needed approvals are there, nobody objects, and today's owners are still those it was based on.
"""

from crosslab.ip_vault.replay.consortia import member
from crosslab.ip_vault.replay.people import speaks_for
from crosslab.ip_vault.replay.refusals import Reason, Rejected, require
from crosslab.ip_vault.replay.state import Consortium, Contribution, Holding, State, Transfer, Version
from crosslab.ip_vault.shares import parse_owners
from crosslab.ip_vault.statements import Statement

Matter = Version | Transfer


def owner_orgs(state: State, contribution: Contribution) -> set[str]:
    """The organisations that own a right today; before any are agreed, those the first version names."""
    if contribution.rights:
        return {party for holding in contribution.rights.values() for party in holding.owners}
    return {party for owners in state.versions[contribution.versions[0]].rights.values() for party in owners}


def disputed(state: State, contribution: Contribution) -> bool:
    """Whether a version of it stands under an objection."""
    return any(state.versions[each].objections for each in contribution.versions)


def overtaken(contribution: Contribution, matter: Matter) -> bool:
    """Whether the owners it was based on are others today: then no word makes it take effect any more."""
    bases = {right: holding.basis for right, holding in contribution.rights.items()}
    if isinstance(matter, Transfer):
        bases = {right: basis for right, basis in bases.items() if right == matter.right}
    return bases != matter.bases


def of_version(state: State, consortium: Consortium, version: str) -> Contribution:
    """The contribution of a version of this consortium."""
    known = state.versions.get(version)
    if known is None or known.contribution not in consortium.contributions:
        raise Rejected(Reason.VERSION_UNKNOWN)
    return state.contributions[known.contribution]


def transfer(state: State, statement: Statement, index: int) -> None:
    """An owner proposes new owners of a right; all owners of today and all new ones must agree."""
    consortium, org = member(state, statement)
    body = statement.body
    contribution = state.contributions.get(body["contribution"])
    if contribution is None or contribution.consortium != consortium.id:
        raise Rejected(Reason.CONTRIBUTION_UNKNOWN)
    require(not disputed(state, contribution), Reason.DISPUTED)
    today = contribution.rights.get(body["right"])
    if today is None:
        raise Rejected(Reason.RIGHT_UNKNOWN)
    require(today.basis == body["basis"], Reason.STALE_BASIS)
    require(org.id in today.owners, Reason.NOT_AN_OWNER)
    owners = parse_owners(body["owners"])
    require(owners.keys() <= consortium.members.keys(), Reason.PARTY_UNKNOWN)
    needed = frozenset((owners.keys() | today.owners.keys()) - {org.id})
    bases = {body["right"]: today.basis}
    state.transfers[statement.id] = Transfer(
        statement.id, contribution.id, org.id, index, needed, bases, right=body["right"], owners=owners
    )
    contribution.transfers.append(statement.id)
    settle(state, contribution, index)


def approve(state: State, statement: Statement, index: int) -> None:
    """An organisation that is asked agrees. When the owners have changed since, this has no effect."""
    org, matter = _asked(state, statement)
    if matter is None:
        return
    require(matter.settled is None and not matter.withdrawn, Reason.SETTLED)
    require(org in matter.needed, Reason.NOT_CONCERNED)
    require(org not in matter.approvals and org not in matter.objections, Reason.ALREADY_SAID)
    matter.approvals[org] = statement.id
    settle(state, state.contributions[matter.contribution], index)


def object_to(state: State, statement: Statement, _index: int) -> None:
    """A member organisation disputes a version's rights, or a transfer that has not taken effect."""
    org, matter = _asked(state, statement)
    if matter is None:
        return
    open_still = isinstance(matter, Version) or matter.settled is None
    require(open_still and not matter.withdrawn, Reason.SETTLED)
    require(org != matter.org, Reason.OWN_ORG)
    taken_back = matter.settled is None and org in matter.approvals
    require(org not in matter.objections and not taken_back, Reason.ALREADY_SAID)
    matter.objections[org] = statement.id


def withdraw(state: State, statement: Statement, index: int) -> None:
    """An organisation takes back its objection, its approval or its transfer, unless that took effect."""
    consortium, org = state.consortia[statement.chain], speaks_for(state, statement)
    require(org.id in consortium.members, Reason.NOT_A_MEMBER)
    said = statement.body["of"]
    matter = _matter(state, consortium, state.spoken.get(said, said))
    if matter is None:
        return
    if said == matter.objections.get(org.id):
        del matter.objections[org.id]
    elif said == matter.approvals.get(org.id):
        require(matter.settled is None, Reason.SETTLED)
        del matter.approvals[org.id]
    else:
        proposed = isinstance(matter, Transfer) and (said, org.id) == (matter.id, matter.org)
        require(proposed, Reason.MATTER_UNKNOWN)
        require(matter.settled is None and not matter.withdrawn, Reason.SETTLED)
        matter.withdrawn = True
    settle(state, state.contributions[matter.contribution], index)


def settle(state: State, contribution: Contribution, index: int) -> None:
    """Lets everything of a contribution take effect that now can, in the order it was said."""
    pending = [*contribution.versions, *contribution.transfers]
    matters = sorted((state.versions.get(each) or state.transfers[each] for each in pending), key=_index)
    for matter in matters:
        if matter.settled is None and not matter.withdrawn and not matter.objections:
            if isinstance(matter, Version):
                _settle_version(contribution, matter, index)
            elif not disputed(state, contribution) and _agreed(contribution, matter):
                contribution.rights[matter.right] = Holding(matter.owners, matter.id)
                matter.settled = index


def _settle_version(contribution: Contribution, version: Version, index: int) -> None:
    """A version that names today's owners needs nobody's approval; one that names others sets them."""
    today = {right: holding.owners for right, holding in contribution.rights.items()}
    if version.rights == today:
        version.settled = index
    elif _agreed(contribution, version):
        kept = {
            right: contribution.rights[right] for right in today if version.rights.get(right) == today[right]
        }
        new = {right: Holding(owners, version.id) for right, owners in version.rights.items()}
        contribution.rights = new | kept
        version.settled = index


def _agreed(contribution: Contribution, matter: Matter) -> bool:
    return matter.needed <= matter.approvals.keys() and not overtaken(contribution, matter)


def _asked(state: State, statement: Statement) -> tuple[str, Matter | None]:
    """Who speaks about what: a member, or an owner who has left and is still asked."""
    consortium, org = state.consortia[statement.chain], speaks_for(state, statement)
    matter = _matter(state, consortium, statement.body["of"])
    if matter is not None:
        require(consortium.has(org.id) or org.id in matter.needed, Reason.NOT_A_MEMBER)
    return org.id, matter


def _matter(state: State, consortium: Consortium, id: str) -> Matter | None:
    """The version or transfer; nothing where its text is hidden from the reader."""
    matter = state.matter(id)
    if matter is None and state.partial:
        return None
    if matter is None or state.contributions[matter.contribution].consortium != consortium.id:
        raise Rejected(Reason.MATTER_UNKNOWN)
    return matter


def _index(matter: Matter) -> int:
    return matter.index
