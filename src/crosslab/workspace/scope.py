"""What of the vault a person may be handed: their own chains, their organisations', their consortia's."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ip_vault.statements.types import HIDDEN
from crosslab.ledger.tables import Statement
from crosslab.people.tables import Organisation, Person
from crosslab.rules import MembershipState, Role


@dataclass(frozen=True)
class Scope:
    """Vault ids: oneself, one's organisations, the chains one may follow."""

    me: str
    mine: frozenset[str]
    chains: frozenset[str]

    def reads(self, said: Said) -> bool:
        """Whether the text may be shown: hidden kinds are for their parties alone."""
        if said.chain not in self.chains:
            return False
        if said.type not in HIDDEN:
            return True
        if said.type == "org.wrap":
            return said.chain in self.mine
        return said.org in self.mine or said.person == self.me or said.body.get("to") in {*self.mine, self.me}

    def opens(self, state: State, version: str) -> bool:
        """Whether a version's sealed files may be fetched: a party of this scope was granted access."""
        known = state.versions.get(version)
        if known is None:
            return False
        access = state.contributions[known.contribution].access
        return any(version in access[party].grants for party in {*self.mine, self.me} if party in access)


def scope_of(db: Session, actor: Actor, state: State) -> Scope:
    """The scope of a person, from their seats on the platform and the members in the vault."""
    me = db.exec(select(Person.vault_id).where(Person.id == actor.person_id)).first() or ""
    mine = _vault_ids(db, Organisation, actor.places)
    consortia = _vault_ids(db, Consortium, actor.places_as(Role.ONLOOKER))
    partners = _partners(db, actor) | {org for each in consortia for org in state.consortia[each].members}
    orgs = mine | partners
    people = {
        person for each in orgs if each in state.organisations for person in state.organisations[each].people
    }
    chains = {me, *orgs, *consortia, *people} - {""}
    return Scope(me, frozenset(mine), frozenset(chains | _makers(db, chains)))


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


def _makers(db: Session, chains: set[str]) -> set[str]:
    """Everybody who ever signed on these chains, so that old signatures can still be checked."""
    return set(db.exec(select(Statement.by).where(col(Statement.chain).in_(chains)).distinct()).all())
