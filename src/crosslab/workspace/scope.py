"""What of the vault a person may be handed: their own chains, their organisations', their consortia's."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.challenges.tables import Challenge
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.ip_vault.replay import State, may_open, owner_orgs
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ip_vault.statements.types import HIDDEN
from crosslab.ledger.tables import Statement
from crosslab.people.tables import Organisation, Person, Seat
from crosslab.rules import MembershipState, Role

from .windows import Window, body, concerned, ever_in, is_membership, windows


@dataclass(frozen=True)
class Scope:
    """Vault ids: oneself, one's organisations, the chains one may follow, the consortia one has left, and windows.

    Who has left a consortium keeps what was said before, what they say, what they are asked about, and what is
    said of contributions they own (`kept`); of the sealed files, those of contributions they own. Who was never
    in it sees through the windows of what is released to them, as long as that lasts.
    """

    me: str
    mine: frozenset[str]
    chains: frozenset[str]
    left: Mapping[str, datetime]
    kept: frozenset[str] = frozenset()
    windows: tuple[Window, ...] = ()
    at: str = ""

    @property
    def parties(self) -> frozenset[str]:
        """As whom one is given access: oneself and one's organisations."""
        return self.mine | {self.me}

    def follows(self, chain: str) -> bool:
        """Whether the ids of a chain may be shown."""
        return chain in self.chains or any(chain in {each.chain, *each.chains} for each in self.windows)

    def reads(self, state: State, row: Statement) -> bool:
        """Whether the text may be shown: hidden kinds are for their parties, and for those who own it."""
        if row.chain in self.chains and self._reads_inside(state, row):
            return True
        seen = any(each.shows(state, row) for each in self.windows)
        return seen and (row.type not in HIDDEN or self._is_party(row))

    def opens(self, state: State, version: str) -> bool:
        """Whether a version's sealed files are handed out: to whom it is granted, until that ends."""
        known = state.versions.get(version)
        if known is None:
            return False
        contribution = state.contributions[known.contribution]
        chain, owns = contribution.consortium, self.mine & owner_orgs(state, contribution)
        inside = chain in self.chains and (chain not in self.left or owns)
        given = (each for each in self.parties if may_open(state, version, each, self.at))
        return any(inside or version in contribution.access[each].under for each in given)

    def unseals(self, state: State, row: Statement, name: str) -> bool:
        """Whether a small file of a readable statement is handed out; one under a release only while it lasts."""
        if row.type != "grant" or row.org in self.mine:
            return True
        told = body(row)
        named = (each["version"] for each in told["items"] if each["sha256"] == name)
        return told["to"] in self.parties and all(self._lasts(state, each, told["to"]) for each in named)

    def _lasts(self, state: State, version: str, to: str) -> bool:
        access = state.contributions[state.versions[version].contribution].access[to]
        return version not in access.under or may_open(state, version, to, self.at)

    def _reads_inside(self, state: State, row: Statement) -> bool:
        if self._ones_own(row):
            return True
        if row.chain in self.left and row.at > self.left[row.chain] and not self._keeps(state, row):
            return False
        if row.type == "person.request":
            return body(row)["org"] in self.chains
        return row.type not in HIDDEN or self._is_party(row) or self._owns(state, row)

    def _ones_own(self, row: Statement) -> bool:
        if row.type == "org.wrap":
            return row.chain in self.mine
        return row.org in self.mine or (row.by == self.me and not row.org) or row.chain == self.me

    def _is_party(self, row: Statement) -> bool:
        return self._ones_own(row) or body(row).get("to") in self.parties

    def _owns(self, state: State, row: Statement) -> bool:
        """Owners read who was given what of theirs, whoever gave it."""
        if row.type == "org.wrap":
            return False
        about = (state.contributions[each] for each in concerned(state, row))
        return any(self.mine & owner_orgs(state, each) for each in about)

    def _keeps(self, state: State, row: Statement) -> bool:
        """What somebody who has left still reads: what they are asked, and all that bears on what they own."""
        matter = state.matter(row.id)
        if matter is not None and matter.needed & self.mine:
            return True
        theirs = self.kept & set(state.consortia[row.chain].contributions)
        return bool(theirs) and (is_membership(state, row) or bool(theirs & concerned(state, row)))


def scope_of(db: Session, actor: Actor, state: State) -> Scope:
    """The scope of a person, from their seats on the platform and the members in the vault."""
    me = db.exec(select(Person.vault_id).where(Person.id == actor.person_id)).first() or ""
    mine = _vault_ids(db, Organisation, actor.places)
    consortia = _vault_ids(db, Consortium, actor.places_as(Role.ONLOOKER))
    left = {chain: at for chain, at in _left(db, actor) if chain not in consortia}
    together = [state.consortia[each] for each in {*consortia, *left} if each in state.consortia]
    shown_to = {state.releases[release].to for each in together for release in each.releases}
    orgs = {
        *mine,
        *_partners(db, actor),
        *_hosts(db, actor),
        *shown_to,
        *(o for c in together for o in c.members),
    }
    chains = {me, *orgs, *consortia, *left, *ever_in(state, orgs), *_colleagues(db, actor)} - {""}
    at = now().strftime(TIME)
    return Scope(
        me,
        frozenset(mine),
        frozenset(chains | _makers(db, chains)),
        left,
        frozenset(_kept(state, mine, left)),
        tuple(
            replace(each, chains=each.chains | _makers(db, each.chains))
            for each in windows(state, {*mine, me}, at)
        ),
        at,
    )


def _kept(state: State, mine: Collection[str], left: Collection[str]) -> set[str]:
    """The contributions that still bear on somebody who has left: what they own, and what is shown along with it."""
    together = [state.consortia[each] for each in left if each in state.consortia]
    contributions = (
        state.contributions[each] for consortium in together for each in consortium.contributions
    )
    owned = {each.id for each in contributions if owner_orgs(state, each) & set(mine)}
    releases = (state.releases[each] for consortium in together for each in consortium.releases)
    along = (each.contributions for each in releases if owned & set(each.contributions))
    return owned.union(*along)


def _vault_ids(db: Session, kind: type[Organisation] | type[Consortium], ids: Iterable[UUID]) -> set[str]:
    found = db.exec(select(kind.vault_id).where(col(kind.id).in_(list(ids)))).all()
    return {each for each in found if each}


def _partners(db: Session, actor: Actor) -> set[str]:
    """The vault ids of the organisations in the same consortia."""
    found = db.exec(
        select(Organisation.vault_id)
        .join(Membership, col(Membership.organisation_id) == col(Organisation.id))
        .where(
            col(Membership.consortium_id).in_(actor.places_as(Role.ONLOOKER)),
            Membership.state == MembershipState.ACTIVE,
        )
    ).all()
    return {each for each in found if each}


def _colleagues(db: Session, actor: Actor) -> set[str]:
    """Who holds a seat in the same organisations: their request to join it in the vault is to be answered."""
    found = db.exec(
        select(Person.vault_id)
        .join(Seat, col(Seat.person_id) == col(Person.id))
        .where(col(Seat.place_id).in_(actor.places))
    ).all()
    return {each for each in found if each}


def _left(db: Session, actor: Actor) -> list[tuple[str, datetime]]:
    """The consortia that the actor's organisations were in, and when the last of them left."""
    found = db.exec(
        select(Consortium.vault_id, func.max(Membership.until))
        .join(Membership, col(Membership.consortium_id) == col(Consortium.id))
        .where(
            col(Membership.organisation_id).in_(actor.places),
            col(Membership.since).is_not(None),
            col(Membership.until).is_not(None),
        )
        .group_by(col(Consortium.vault_id))
    ).all()
    return [(chain, at) for chain, at in found if chain and at]


def _hosts(db: Session, actor: Actor) -> set[str]:
    """The vault ids of the bodies behind the challenges of one's consortia: to whom something may be released."""
    found = db.exec(
        select(Organisation.vault_id)
        .join(Challenge, col(Challenge.organisation_id) == col(Organisation.id))
        .join(Consortium, col(Consortium.challenge_id) == col(Challenge.id))
        .where(col(Consortium.id).in_(actor.places_as(Role.ONLOOKER)))
    ).all()
    return {each for each in found if each}


def _makers(db: Session, chains: Collection[str]) -> set[str]:
    """Everybody who ever signed on these chains, so that old signatures can still be checked."""
    return set(db.exec(select(Statement.by).where(col(Statement.chain).in_(chains)).distinct()).all())
