"""What happens around open sessions by itself. Right when late, and when twice."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select, update

from crosslab.core.clock import now
from crosslab.rules import RegistrationState, SessionState

from . import actions, queries
from .giving import fill, is_overdue
from .letters import tell
from .tables import OpenSession, Registration

A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
WINDOWS = (("week", A_WEEK, timedelta(days=4)), ("day", A_DAY, timedelta(hours=2)))
"""Each reminder, how long before the session it is due, and how long before it would only be late."""
NEEDS_KEPT, ADDRESSES_KEPT = timedelta(days=30), timedelta(days=180)
"""How long after a session needs and addresses are kept: told beside the form."""


def lapse(db: Session, registration_id: str) -> None:
    """Let a place go that was kept long enough, and give it to the next."""
    wanted = select(Registration).where(Registration.id == UUID(registration_id))
    registration = db.exec(wanted).first()
    if registration is None:
        return
    session = queries.session_of(db, registration)
    queries.hold(db, session)
    db.refresh(registration)
    if is_overdue(registration):
        actions.lapse(db, session, registration)
        fill(db, session)


def remind(db: Session) -> None:
    """Write to those who have a place: a week before and a day before, once each.

    It looks at what is so now: whoever left is not written to, a session that was moved reminds anew. What is
    long overdue, because nothing ran for days, is left out; so is a reminder due before somebody registered.
    """
    for word, before, until in WINDOWS:
        soon = (col(OpenSession.starts_at) <= now() + before) & (col(OpenSession.starts_at) > now() + until)
        on = OpenSession.state == SessionState.OPEN
        for session in db.exec(select(OpenSession).where(on, soon)).all():
            _remind(db, session, word, session.starts_at - before)


def _remind(db: Session, session: OpenSession, word: str, due: datetime) -> None:
    placed = select(Registration).where(
        Registration.session_id == session.id,
        Registration.state == RegistrationState.REGISTERED,
        Registration.email != "",
        col(Registration.registered_at) < due,
    )
    for registration in db.exec(placed).all():
        once = f"{word} {registration.id} {session.starts_at:%Y%m%dT%H%M}"
        if not queries.was_told(db, once):
            tell(db, session, registration, "session_reminder", once=once, online=session.online)


def forget(db: Session) -> None:
    """Blank what nobody needs any more: needs a month after a session, names' addresses half a year after it."""
    for blank, kept in (({"access": ""}, NEEDS_KEPT), ({"email": "", "person_id": None}, ADDRESSES_KEPT)):
        over = select(OpenSession.id).where(col(OpenSession.ends_at) < now() - kept)
        column = getattr(Registration, next(iter(blank)))
        old = update(Registration).where(col(Registration.session_id).in_(over), col(column) != "")
        db.exec(old.values(**blank))
