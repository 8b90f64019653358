"""Who would take part in what a call is for, and who will know that they said so."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import Session, col

from crosslab.challenges.tables import Interest
from crosslab.core.actor import Actor
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation
from crosslab.workshops.skeletons.tables import Call, CallInterest
from crosslab.workshops.tables import Card, Company, Workshop


@dataclass(frozen=True, slots=True)
class Interested:
    """Somebody who would take part, as far as the reader may know."""

    id: UUID
    name: str
    person: str
    organisation_id: UUID | None
    ticks: tuple[str, ...]
    brings: str
    seeks: str


def interested(db: Session, actor: Actor, call: Call) -> list[Interested]:
    """Who is interested, first come first. People are named to those in the room alone, not while names are hidden."""
    named = call.workshop_id in actor.places and not _hidden(db, call)
    rows: Any = (
        columns(CallInterest, col(Card.name), col(Company.name), col(Organisation.name))
        .outerjoin(Card, col(Card.id) == col(CallInterest.card_id))
        .outerjoin(Company, col(Company.id) == col(Card.company_id))
        .outerjoin(Organisation, col(Organisation.id) == col(CallInterest.organisation_id))
        .where(CallInterest.visible_to(actor), col(CallInterest.skeleton_id) == call.skeleton_id)
        .where(col(CallInterest.withdrawn_at).is_(None))
        .order_by(col(CallInterest.at), col(CallInterest.id))
    )
    found = db.execute(rows).all()
    words = _words(db, actor, [row[0].interest_id for row in found if row[0].interest_id])
    return [_told(row, words, named) for row in found]


def _told(row: Any, words: dict[UUID, Interest], named: bool) -> Interested:
    said, person, company, organisation = row
    there = words.get(said.interest_id)
    return Interested(
        said.id,
        organisation or (company if named else "") or "",
        (person or "") if named else "",
        said.organisation_id,
        tuple(said.ticks),
        there.brings if there else said.brings,
        there.seeks if there else said.seeks,
    )


def _words(db: Session, actor: Actor, ids: list[UUID]) -> dict[UUID, Interest]:
    """What was said to the challenge, as far as the reader may know it there."""
    rows = seen_by(actor, Interest).where(col(Interest.id).in_(ids), col(Interest.withdrawn_at).is_(None))
    return {each.id: each for each in db.exec(rows).all()}


def _hidden(db: Session, call: Call) -> bool:
    return bool(
        db.execute(columns(col(Workshop.names_hidden)).where(col(Workshop.id) == call.workshop_id)).scalar()
    )
