"""Who hears the bell when a statement is handed in: everybody whose page of the vault may show something else now.

The bell says that something was recorded, and no more. It is no diary: a place that only hears remembers nothing.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.consortia.tables import Consortium
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import Statement as Said
from crosslab.people.tables import Organisation, Person

PARTIES = ("to", "org", "person")


def places(db: Session, state: State, said: Sequence[Said]) -> list[UUID]:
    """The people, organisations and consortia whom statements bear on, other than the one whose chain they are on."""
    chains = {chain for each in said for chain in concerned(state, each)}
    return [place for table in (Person, Organisation, Consortium) for place in _known(db, table, chains)]


def concerned(state: State, said: Said) -> set[str]:
    """Whom a statement names; and where it may change keys, everybody whom these keys work with.

    A consortium hears of its own chain already, and its members with it.
    """
    named = {str(said.body.get(key, "")) for key in PARTIES} - {""}
    if team := state.consortia.get(said.chain):
        return {each for each in named if not team.has(each)}
    if said.for_parties:
        return named
    houses = {each.id for each in state.organisations.values() if said.chain in {each.id, *each.people}}
    teams = {each.id for each in state.consortia.values() if any(each.has(org) for org in houses)}
    return {said.chain} | named | houses | teams


def _known(
    db: Session, table: type[Person] | type[Organisation] | type[Consortium], chains: Iterable[str]
) -> Iterable[UUID]:
    return db.exec(select(table.id).where(col(table.vault_id).in_(chains))).all() if chains else ()
