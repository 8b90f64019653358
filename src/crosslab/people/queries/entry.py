"""Who is there, and by which link they came."""

from collections import defaultdict
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.actor import NOBODY_YET, SIGNED_IN, Actor
from crosslab.core.clock import now
from crosslab.core.errors import Missing
from crosslab.people.tables import EVERYWHERE, Person, Presence, Seat, SignInLink
from crosslab.people.tokens import digest
from crosslab.rules import N_, Role


def who(db: Session, token: str) -> Actor:
    """The person behind a session cookie with every seat they hold, in one query; a visitor if it ended."""
    found = db.exec(
        select(Person, col(Seat.place_id), col(Seat.role))
        .join(Presence, col(Presence.person_id) == col(Person.id))
        .outerjoin(Seat, col(Seat.person_id) == col(Person.id))
        .where(
            Presence.token_hash == digest(token), col(Presence.ended_at).is_(None), Presence.ends_at > now()
        )
    ).all()
    return _actor(found[0][0], [(place, role) for _, place, role in found]) if found else NOBODY_YET


def actor_for(db: Session, person_id: UUID) -> Actor:
    """The same for a person known by id: for jobs, the demo world and tests."""
    found = db.exec(
        select(Person, col(Seat.place_id), col(Seat.role))
        .outerjoin(Seat, col(Seat.person_id) == col(Person.id))
        .where(Person.id == person_id)
    ).all()
    return _actor(found[0][0], [(place, role) for _, place, role in found]) if found else NOBODY_YET


def _actor(person: Person, held: list[tuple[UUID | None, Role | None]]) -> Actor:
    seats: dict[UUID, set[Role]] = defaultdict(set, {person.id: {Role.SELF}})
    for place, role in held:
        if place and role:
            seats[place].add(role)
    everywhere = SIGNED_IN | frozenset(seats.pop(EVERYWHERE, set()))
    return Actor(
        person_id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        seats={place: frozenset(roles) for place, roles in seats.items()},
        everywhere=everywhere,
    )


def link_of(db: Session, token: str) -> SignInLink:
    """The sign-in link with this token. Raises `Missing` for a token we never sent."""
    link = db.exec(select(SignInLink).where(SignInLink.token_hash == digest(token))).first()
    if link is None:
        raise Missing(N_("This link is not one of ours, or it was cut short in the mail. Ask for a new one."))
    return link


def name_known(db: Session, email: str) -> bool:
    """Whether somebody with this address has been here before."""
    return db.exec(select(Person.id).where(Person.email == email)).first() is not None
