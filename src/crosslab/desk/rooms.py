"""Who is told of what happens in workshops and sessions: seats there are no rows of the seat table."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from crosslab.rules import RegistrationState, Role
from crosslab.sessions.tables import Registration, SessionHost
from crosslab.workshops.tables import Card, Facilitator, Presence

_REGISTERED = col(Registration.state) == RegistrationState.REGISTERED
SEATS: tuple[tuple[Role, Any, Any, tuple[Any, ...]], ...] = (
    (Role.FACILITATOR, Facilitator.workshop_id, Facilitator.person_id, ()),
    (Role.PARTICIPANT, Card.workshop_id, Card.person_id, (col(Card.presence) != Presence.OUT,)),
    (Role.FACILITATOR, SessionHost.session_id, SessionHost.person_id, ()),
    (Role.PARTICIPANT, Registration.session_id, Registration.person_id, (_REGISTERED,)),
    (Role.SELF, Registration.id, Registration.person_id, ()),
)
"""The role, where it is held, by whom, and under which conditions."""


def places_of(person_id: UUID) -> Iterator[tuple[Role, Any]]:
    """For each role in a room a query for the places at which somebody with an account holds it."""
    return ((role, select(place).where(person == person_id, *more)) for role, place, person, more in SEATS)


def people_at(places: Collection[UUID], roles: Collection[Role]) -> list[Any]:
    """The queries for those with an account who hold one of these roles at one of these places."""
    return [
        select(person).where(col(place).in_(places), col(person).is_not(None), *more)
        for role, place, person, more in SEATS
        if role in roles
    ]
