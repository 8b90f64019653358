"""Who gets a letter when a key is handed over to somebody outside: that something waits, and nothing of what it is."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.clock import now
from crosslab.core.mail import post
from crosslab.ip_vault.replay import State
from crosslab.ip_vault.statements import Statement as Said
from crosslab.ip_vault.statements.types import BINDING_ROLES
from crosslab.people.tables import Organisation, Person, Seat


def tell(db: Session, state: State, said: Sequence[Said], by: UUID) -> None:
    """Write to whom a release was handed over, but not to who did it: once a day at most for each consortium."""
    for each in said:
        if each.type == "grant" and _is_for_outside(state, each):
            for person in _people(db, state, str(each.body["to"])):
                if person.id != by:
                    once = f"released {each.chain[:16]} {person.id} {now():%Y-%m-%d}"
                    letter = "something_released"
                    facts = {"name": person.name, "url": "/vault/#/released"}
                    post(db, person.email, person.language, letter, once=once, **facts)


def _is_for_outside(state: State, grant: Said) -> bool:
    releases = (state.releases[each] for each in state.consortia[grant.chain].releases)
    return any(grant.id in each.grants for each in releases)


def _people(db: Session, state: State, to: str) -> Sequence[Person]:
    """The recipient; of an organisation those who work there and speak for it in the vault."""
    if to not in state.organisations:
        return db.exec(select(Person).where(Person.vault_id == to)).all()
    speakers = [person for person, role in state.organisations[to].people.items() if role in BINDING_ROLES]
    house = select(Organisation.id).where(Organisation.vault_id == to)
    seated = select(Seat.person_id).where(col(Seat.place_id).in_(house))
    wanted = select(Person).where(col(Person.vault_id).in_(speakers), col(Person.id).in_(seated))
    return db.exec(wanted.order_by(col(Person.id))).all()
