"""At the door: who is here, who came without having registered, who is turned away."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import SYSTEM, Actor
from crosslab.core.errors import Refused
from crosslab.rules import N_, RegistrationState, Verb
from crosslab.sessions import queries
from crosslab.sessions.giving import fill
from crosslab.sessions.letters import tell
from crosslab.sessions.tables import OpenSession, Registration
from crosslab.workshops.tables import Presence

FULL = N_("{here} are here and there are {most} places. Add places first if the room holds more.")


def mark(
    db: Session, actor: Actor, registration: Registration, *, session: OpenSession, presence: Presence
) -> None:
    """Note that somebody is here, late or absent. Two at the door who tap the same are both right."""
    queries.hold(db, session)
    db.refresh(registration)
    with act(db, actor, Verb.SESSIONS_MARK, registration) as event:
        event.facts["what"] = session.title
        if presence is Presence.OUT:
            raise Refused(N_("To remove a person, turn them away."))
        registration.presence = presence


def seat(
    db: Session,
    actor: Actor,
    session: OpenSession,
    *,
    name: str = "",
    company: str = "",
    waits: Registration | None = None,
) -> Registration:
    """Let in somebody who has not registered, or who waits: as long as fewer are here than there are places."""
    queries.hold(db, session)
    with act(db, actor, Verb.SESSIONS_SEAT, session):
        here = queries.count_here(db, session)
        if session.capacity is not None and here >= session.capacity:
            raise Refused(FULL, here=here, most=session.capacity)
        who = waits or _walk_in(db, session, name, company)
        if who.state is not RegistrationState.WAITING:
            raise Refused(N_("This person does not wait."))
        _let_in(db, session, who)
    return who


def _let_in(db: Session, session: OpenSession, who: Registration) -> None:
    with act(db, SYSTEM, Verb.SESSIONS_ADMIT, who) as event:
        event.facts["what"] = session.title
        who.presence = Presence.HERE


def _walk_in(db: Session, session: OpenSession, name: str, company: str) -> Registration:
    if not name:
        raise Refused(N_("Write who it is."), field="name")
    return Registration(
        session_id=session.id,
        programme_id=session.programme_id,
        organisation_id=session.organisation_id,
        nth=queries.last_nth(db, session) + 1,
        name=name,
        company=company,
        walk_in=True,
    )


def turn_away(
    db: Session, actor: Actor, registration: Registration, *, session: OpenSession, reason: str
) -> None:
    """Take somebody's registration back, with a reason that they are told. The next in the queue gets the place."""
    queries.hold(db, session)
    db.refresh(registration)
    with act(db, actor, Verb.SESSIONS_TURN_AWAY, registration) as event:
        event.facts |= {"what": session.title, "reason": reason}
        registration.held_until = None
    tell(db, session, registration, "session_turned_away", reason=reason)
    fill(db, session)
