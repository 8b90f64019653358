"""Who somebody is in an open session: its host, a participant with a place, or themselves alone."""

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, select

from crosslab.core.actor import Actor
from crosslab.people.tokens import digest
from crosslab.rules import RegistrationState, Role

from .tables import SessionHost, held_by


def with_sessions(db: Session, actor: Actor, token: str) -> Actor:
    """The actor with their seats in sessions: two queries for those with an account, one for others.

    Whoever registered answers for their own registration, whatever became of it; a participant is who has a place.
    """
    roles: dict[UUID, set[Role]] = defaultdict(set)
    cards: dict[UUID, UUID] = {}
    for session_id, registration_id, state in db.exec(held_by(actor.person_id, digest(token))).all():
        roles[registration_id].add(Role.SELF)
        if state is RegistrationState.REGISTERED:
            roles[session_id].add(Role.PARTICIPANT)
        if state is RegistrationState.REGISTERED or session_id not in cards:
            cards[session_id] = registration_id
    if actor.person_id:
        run = select(SessionHost.session_id).where(SessionHost.person_id == actor.person_id)
        for session_id in db.exec(run).all():
            roles[session_id].add(Role.FACILITATOR)
    if not roles:
        return actor
    seats = {**actor.seats, **{place: frozenset(held) for place, held in roles.items()}}
    return replace(actor, seats=seats, cards={**actor.cards, **cards})
