"""What of the vault a person may be handed: their own chains, their organisations', their consortia's."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.ip_vault.replay import State, owner_orgs
from crosslab.ip_vault.statements.types import HIDDEN
from crosslab.ledger.tables import Statement
from crosslab.people.tables import Organisation, Person, Seat
from crosslab.rules import MembershipState, Role


@dataclass(frozen=True)
class Scope:
    """Vault ids: oneself, one's organisations, the chains one may follow, and the consortia one has left.

    Who has left a consortium keeps what was said before, what they say, and what they are asked about; of the
    sealed files, those of contributions they own. Nothing else of what comes after.
    """

    me: str
    mine: frozenset[str]
    chains: frozenset[str]
    left: Mapping[str, datetime]

    def reads(self, state: State, row: Statement) -> bool:
        """Whether the text may be shown: hidden kinds are for their parties alone."""
        if row.chain not in self.chains:
            return False
        if self._ones_own(row):
            return True
        if row.chain in self.left and row.at > self.left[row.chain] and not self._is_asked(state, row.id):
            return False
        if row.type == "person.request":
            return _body(row)["org"] in self.chains
        return row.type not in HIDDEN or _body(row).get("to") in {*self.mine, self.me}

    def opens(self, state: State, version: str) -> bool:
        """Whether a version's sealed files are handed out: to whom it was granted, until that is revoked."""
        known = state.versions.get(version)
        if known is None:
            return False
        contribution = state.contributions[known.contribution]
        chain, access = contribution.consortium, contribution.access
        if chain not in self.chains or (
            chain in self.left and not self.mine & owner_orgs(state, contribution)
        ):
            return False
        given = (access[party] for party in {*self.mine, self.me} if party in access)
        return any(version in each.grants and not each.revoked for each in given)

    def _ones_own(self, row: Statement) -> bool:
        if row.type == "org.wrap":
            return row.chain in self.mine
        return row.org in self.mine or (row.by == self.me and not row.org) or row.chain == self.me

    def _is_asked(self, state: State, id: str) -> bool:
        matter = state.matter(id)
        return matter is not None and bool(matter.needed & self.mine)


def scope_of(db: Session, actor: Actor, state: State) -> Scope:
    """The scope of a person, from their seats on the platform and the members in the vault."""
    me = db.exec(select(Person.vault_id).where(Person.id == actor.person_id)).first() or ""
    mine = _vault_ids(db, Organisation, actor.places)
    consortia = _vault_ids(db, Consortium, actor.places_as(Role.ONLOOKER))
    left = {chain: at for chain, at in _left(db, actor) if chain not in consortia}
    together = [state.consortia[each] for each in {*consortia, *left} if each in state.consortia]
    orgs = mine | _partners(db, actor) | {org for each in together for org in each.members}
    people = {
        person for each in orgs if each in state.organisations for person in state.organisations[each].people
    }
    chains = {me, *orgs, *consortia, *left, *people, *_colleagues(db, actor)} - {""}
    return Scope(me, frozenset(mine), frozenset(chains | _makers(db, chains)), left)


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


def _makers(db: Session, chains: set[str]) -> set[str]:
    """Everybody who ever signed on these chains, so that old signatures can still be checked."""
    return set(db.exec(select(Statement.by).where(col(Statement.chain).in_(chains)).distinct()).all())


def _body(row: Statement) -> Mapping[str, str]:
    """What a recorded statement says: its second line, which was checked when it was taken in."""
    said: Mapping[str, Mapping[str, str]] = json.loads(row.note.split("\n", 2)[1])
    return said["body"]
