"""Who sits where: the people of an organisation, its invitations, the people of the programmes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Missing
from crosslab.core.find import seen_by
from crosslab.people.tables import EVERYWHERE, Invitation, Organisation, Person, Programme, Seat
from crosslab.people.tokens import digest
from crosslab.rules import N_, RULES, Role, Verb


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person in their seat."""

    id: UUID
    name: str
    email: str
    role: Role
    since: datetime


def people_of(db: Session, actor: Actor, organisation: Organisation) -> list[Sitting]:
    """Everyone with a seat at an organisation. Those without one, the steward apart, do not see them."""
    if not actor.seats.get(organisation.id) and not actor.is_everywhere(Role.STEWARD):
        raise Forbidden(N_("Only the people of {name} see who holds a seat there."), name=organisation.name)
    wanted: list[Any] = [Person.id, Person.name, Person.email, Seat.role, Seat.since]
    rows = db.exec(
        select(*wanted)
        .join(Seat, col(Seat.person_id) == col(Person.id))
        .where(Seat.place_id == organisation.id, Person.visible_to(actor))
        .order_by(col(Seat.since), col(Person.id))
    ).all()
    return [Sitting(*row) for row in rows]


def seat_of(db: Session, organisation: Organisation, person_id: UUID) -> Seat | None:
    """The seat of a person at an organisation."""
    at = select(Seat).where(Seat.place_id == organisation.id, Seat.person_id == person_id)
    return db.exec(at).first()


def sole_signatory(db: Session, organisation: Organisation, person_id: UUID) -> bool:
    """Whether the person is the only signatory. Holds the organisation still, so that two cannot go at once."""
    db.exec(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update()).one()
    signatories = select(Seat.person_id).where(Seat.place_id == organisation.id, Seat.role == Role.SIGNATORY)
    return set(db.exec(signatories).all()) == {person_id}


def person_by(db: Session, email: str) -> Person | None:
    """Whoever has this address."""
    return db.exec(select(Person).where(Person.email == email)).first()


def invitations_of(db: Session, actor: Actor, organisation: Organisation) -> list[Invitation]:
    """The invitations that wait for an answer, newest first, for those who may invite."""
    open_ones = seen_by(actor, Invitation).where(
        Invitation.organisation_id == organisation.id,
        col(Invitation.taken_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        Invitation.ends_at > now(),
    )
    return list(db.exec(open_ones.order_by(col(Invitation.id).desc())).all())


def invitation_of(db: Session, token: str) -> tuple[Invitation, Organisation]:
    """The invitation with this token and who invites. Raises `Missing` for a token we never sent."""
    found = db.exec(
        select(Invitation, Organisation)
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .where(Invitation.token_hash == digest(token))
    ).first()
    if found is None:
        raise Missing(
            N_(
                "This invitation is not one of ours, or its link was cut short. Ask your colleague for another."
            )
        )
    return found[0], found[1]


def programmes(db: Session, actor: Actor) -> list[Programme]:
    """All programmes, for those who may found one."""
    if not actor.everywhere & RULES[Verb.PEOPLE_FOUND].who:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return list(db.exec(seen_by(actor, Programme).order_by(col(Programme.name))).all())


def managers(db: Session) -> dict[UUID, list[str]]:
    """The managers of each programme."""
    rows = db.exec(
        select(Seat.place_id, Person.name)
        .join(Person, col(Person.id) == col(Seat.person_id))
        .where(Seat.role == Role.MANAGER)
        .order_by(col(Person.name))
    ).all()
    named: dict[UUID, list[str]] = defaultdict(list)
    for place, name in rows:
        named[place].append(name)
    return named


def stewards(db: Session) -> list[str]:
    """The names of those who run the platform."""
    held = (
        select(Person.name)
        .join(Seat, col(Seat.person_id) == col(Person.id))
        .where(Seat.place_id == EVERYWHERE)
        .order_by(col(Person.name))
    )
    return list(db.exec(held).all())
