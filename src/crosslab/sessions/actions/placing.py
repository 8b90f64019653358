"""Single places, given and taken back by the platform itself. In which order, `crosslab.sessions.giving` says."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import SYSTEM
from crosslab.core.clock import now
from crosslab.core.jobs import enqueue
from crosslab.rules import Verb
from crosslab.sessions.letters import tell
from crosslab.sessions.queue import answer_by, prove_by
from crosslab.sessions.tables import OpenSession, Registration


def admit(db: Session, session: OpenSession, registration: Registration) -> None:
    """The place is theirs."""
    with act(db, SYSTEM, Verb.SESSIONS_ADMIT, registration) as event:
        event.facts["what"] = session.title
        registration.held_until = None
    tell(db, session, registration, "session_place", calendar=True)


def offer(db: Session, session: OpenSession, registration: Registration) -> None:
    """A place is kept for them until some time; then the next is asked. Told once."""
    proven = registration.proven_at is not None
    until = answer_by(now(), session.starts_at) if proven else prove_by(now(), session.starts_at)
    with act(db, SYSTEM, Verb.SESSIONS_OFFER, registration) as event:
        event.facts["what"] = session.title
        registration.held_until = until
    letter = "session_offer" if proven else "session_confirm"
    tell(db, session, registration, letter, until=until.isoformat() if until else "")
    enqueue(db, "sessions.lapse", due_at=until, registration_id=str(registration.id))


def lapse(db: Session, session: OpenSession, registration: Registration) -> None:
    """Nobody answered in time: the place is free again."""
    with act(db, SYSTEM, Verb.SESSIONS_LAPSE, registration) as event:
        event.facts["what"] = session.title
        registration.held_until = None
    if registration.proven_at is not None:
        tell(db, session, registration, "session_lapsed")
