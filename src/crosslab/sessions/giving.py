"""Giving places away: in the order of the queue, never more than there are."""

from sqlmodel import Session

from crosslab.core.clock import now
from crosslab.core.jobs import enqueue
from crosslab.rules import RegistrationState, SessionState

from . import queries
from .actions.placing import admit, offer
from .letters import tell
from .queue import UNPROVEN_WAITS, answer_by, free_places
from .tables import OpenSession, Registration

GIVING = (SessionState.OPEN, SessionState.LIVE)


def fill(db: Session, session: OpenSession, *, asking: Registration | None = None) -> None:
    """Give what is free to whoever waits longest. Whoever holds the session (`queries.hold`) calls this.

    Whoever is `asking` just now needs no time to answer; others are offered the place until some time. Once the
    session has begun, only whoever is asking gets a place by itself: its host sees who else is at the door.
    """
    if session.state not in GIVING or session.ends_at <= now():
        return
    free = free_places(session.capacity, queries.count_taken(db, session))
    begun = session.starts_at <= now()
    queue = [each for each in queries.waiting(db, session) if not begun or each is asking]
    for registration in queue[:free]:
        _give(db, session, registration, asks=registration is asking)


def _give(db: Session, session: OpenSession, registration: Registration, *, asks: bool) -> None:
    proven = registration.proven_at is not None or not registration.email
    if not proven:
        offer(db, session, registration)
    elif asks or answer_by(now(), session.starts_at) is None:
        admit(db, session, registration)
    else:
        offer(db, session, registration)


def let_wait(db: Session, session: OpenSession, registration: Registration) -> None:
    """Everything is taken: they wait, and are told. An address that nobody proves waits a day alone."""
    if registration.proven_at is None:
        due = now() + UNPROVEN_WAITS
        enqueue(db, "sessions.lapse", due_at=due, registration_id=str(registration.id))
        tell(db, session, registration, "session_confirm", until="")
    else:
        nth = queries.place_in_queue(db, registration)
        tell(db, session, registration, "session_waiting", nth=nth)


def is_overdue(registration: Registration) -> bool:
    """Whether a place was kept long enough, or an address waited a day unproven."""
    if registration.state is RegistrationState.HELD:
        return registration.held_until is not None and registration.held_until <= now()
    unproven = registration.email and registration.proven_at is None
    return bool(
        registration.state is RegistrationState.WAITING
        and unproven
        and registration.registered_at + UNPROVEN_WAITS <= now()
    )
