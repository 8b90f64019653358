"""At the door: who is here, who came without having registered, who is turned away."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import SYSTEM, Actor
from crosslab.core.errors import Refused
from crosslab.rules import N_, RegistrationState, Verb
from crosslab.sessions import queries
from crosslab.sessions.giving import fill
from crosslab.sessions.letters import tell
from crosslab.sessions.pairs import pair
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
    """Take somebody's registration back, with a reason that they are told. The next in the queue gets the place.

    A second phone they walked in with is turned away too.
    """
    queries.hold(db, session)
    db.refresh(registration)
    with act(db, actor, Verb.SESSIONS_TURN_AWAY, registration) as event:
        event.facts |= {"what": session.title, "reason": reason}
        registration.held_until = None
    for phone in queries.phones_of(db, registration):
        turn_away(db, actor, phone, session=session, reason=reason)
    tell(db, session, registration, "session_turned_away", reason=reason)
    fill(db, session)


def join(
    db: Session, actor: Actor, walk_in: Registration, *, registration: Registration, session: OpenSession
) -> None:
    """Somebody who registered also walked in on another phone: from now on both are one person, who is here.

    Each phone keeps what it said and may read that alone, so a mistake at the door tells nobody anything.
    """
    queries.hold(db, session)
    db.refresh(walk_in)
    with act(db, actor, Verb.SESSIONS_JOIN, walk_in) as event:
        event.facts["what"] = session.title
        _is_ones_second(db, walk_in, registration)
        pair(walk_in, registration)
        db.add(registration)


def _is_ones_second(db: Session, walk_in: Registration, registration: Registration) -> None:
    if not walk_in.walk_in:
        raise Refused(N_("Choose somebody who came without having registered."))
    if registration.session_id != walk_in.session_id or registration.id == walk_in.id:
        raise Refused(N_("Choose somebody else of this session."), field="registration")
    if registration.same_as_id or queries.phones_of(db, walk_in):
        raise Refused(N_("One of the two is put together with somebody already."), field="registration")
    if registration.state is not RegistrationState.REGISTERED:
        raise Refused(N_("They have no place yet. Let them in first."), field="registration")


def part(db: Session, actor: Actor, walk_in: Registration, *, session: OpenSession) -> None:
    """They are two people after all, and both are here."""
    queries.hold(db, session)
    db.refresh(walk_in)
    with act(db, actor, Verb.SESSIONS_PART, walk_in) as event:
        event.facts["what"] = session.title
        if walk_in.same_as_id is None:
            raise Refused(N_("They count as two already."))
        walk_in.same_as_id = None
