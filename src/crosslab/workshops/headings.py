"""Headings on a wall: how a company comes to hang there, alone, from a list or with whoever walks in."""

from uuid import UUID

from sqlmodel import Session

from crosslab.core.errors import Refused
from crosslab.rules import N_

from . import queries
from .arriving import MOST_COMPANIES
from .tables import Company, Workshop
from .wall import tell

TWICE = N_("{name} is on this wall already.")


def hang(db: Session, workshop: Workshop, name: str, organisation_id: UUID | None = None) -> Company:
    """The next heading of a wall. Raises `Refused` when it hangs there already, or no more fit."""
    if queries.company_named(db, workshop, name):
        raise Refused(TWICE, field="name", name=name)
    many = queries.count_companies(db, workshop)
    if many >= MOST_COMPANIES:
        raise Refused(
            N_("There are {most} companies on this wall. That is as many as fit."), most=MOST_COMPANIES
        )
    made = Company(
        workshop_id=workshop.id,
        name=name,
        at=many,
        organisation_id=organisation_id,
    )
    db.add(made)
    tell(db, workshop.id, "company", id=made.id, name=name)
    return made
