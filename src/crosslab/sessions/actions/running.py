"""The days of a session: published, registration closed and opened, begun, ended, cancelled."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, Role, Verb, Verification
from crosslab.sessions import queries
from crosslab.sessions.giving import fill
from crosslab.sessions.letters import tell
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices.conditions import may_be_shown

UNVERIFIED = N_("{name} is not verified yet. Until it is, a programme manager publishes its sessions.")


def publish(db: Session, actor: Actor, session: OpenSession) -> None:
    """Show a session in the calendar and let people register. A verified organisation does it by itself.

    Its host has said before who may use what visitors suggest, and knows what showing something new does.
    """
    with act(db, actor, Verb.SESSIONS_PUBLISH, session):
        if session.starts_at <= now():
            raise Refused(N_("The session would begin in the past. Change its time first."))
        may_be_shown(db, session)
        host = queries.host_of(db, session)
        manages = bool({session.programme_id} & set(actor.places_as(Role.MANAGER)))
        if host.state is not Verification.VERIFIED and not manages:
            raise Refused(UNVERIFIED, name=host.name)
        session.changed_at = now()


def close(db: Session, actor: Actor, session: OpenSession) -> None:
    """Take no more registrations. Whoever waits can still get a place that becomes free."""
    with act(db, actor, Verb.SESSIONS_CLOSE, session):
        if session.closes_at and session.closes_at <= now():
            raise Refused(N_("Registration is closed already."))
        session.closes_at = now()


def reopen(db: Session, actor: Actor, session: OpenSession) -> None:
    """Take registrations again, until the session is over."""
    queries.hold(db, session)
    with act(db, actor, Verb.SESSIONS_REOPEN, session):
        if session.closes_at is None or session.closes_at > now():
            raise Refused(N_("Registration is open already."))
        session.closes_at = None
    fill(db, session)


def begin(db: Session, actor: Actor, session: OpenSession) -> None:
    """The session begins: the door is open."""
    with act(db, actor, Verb.SESSIONS_BEGIN, session):
        pass


def finish(db: Session, actor: Actor, session: OpenSession) -> None:
    """The session is over. Whoever still waits is told nothing more."""
    with act(db, actor, Verb.SESSIONS_FINISH, session):
        if session.starts_at > now():
            raise Refused(N_("The session has not begun. To call it off, cancel it."))


def cancel(db: Session, actor: Actor, session: OpenSession, *, reason: str = "") -> None:
    """Call the session off. Everybody who has a place, is kept one or waits is told by mail, with the reason."""
    queries.hold(db, session)
    with act(db, actor, Verb.SESSIONS_CANCEL, session) as event:
        event.facts["reason"] = reason
        session.reason = reason
        session.edition, session.changed_at = session.edition + 1, now()
    for registration in queries.standing(db, session):
        inside = queries.is_in(registration)
        tell(db, session, registration, "session_cancelled", calendar=inside, reason=reason)
