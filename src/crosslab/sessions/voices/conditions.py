"""What must be so before something is said, supported or left in a session."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from crosslab.core.actor import SYSTEM, Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import N_, Role, SessionState
from crosslab.sessions.queries import counts
from crosslab.sessions.queue import free_places
from crosslab.sessions.tables import OpenSession, Registration

from . import queries
from .tables import TermsChosen, Voice
from .wordings import IN_FORCE, SHOW_WARNING, Terms

SILENT_AFTER = timedelta(days=14)
"""How long after its end a session still hears voices."""
MOST_GUESTS = 1_000
"""How many can come in with the code: more than any room holds, fewer than a machine makes."""
TERMS_OF = "terms "
"""What comes before a wording's key among the consents of a registration."""
NOT_IN = N_("You are not in this session yet. Come in first; no account is needed.")


def unnamed(actor: Actor) -> Actor:
    """The same seats without a name: what a guest does is told in no log by whom."""
    return replace(actor, person_id=None, name="")


def for_the_host(session_id: UUID) -> Actor:
    """The platform, where it does for a session's host what follows from something else."""
    return replace(SYSTEM, seats={session_id: frozenset({Role.FACILITATOR})})


def own_guest(db: Session, actor: Actor, session: OpenSession) -> Registration:
    """Who acts, as a guest with a place in the session. Raises `Forbidden` when they have none."""
    guest = queries.guest_of(db, actor, session)
    if guest is None:
        raise Forbidden(NOT_IN)
    return guest


def takes_in(db: Session, session: OpenSession) -> None:
    """Refuse the code before a session is published and after it, and where it would be a way around the queue.

    Once it has begun, whoever has the code is in the room; before, a place is a place.
    """
    if session.state not in (SessionState.OPEN, SessionState.LIVE):
        raise Refused(N_("This session takes nobody in just now."))
    if walked_in(db, session) >= MOST_GUESTS:
        raise Refused(N_("The room is full: {most} people are in it."), most=MOST_GUESTS)
    if session.state is SessionState.LIVE or session.starts_at <= now():
        return
    taken, waiting = counts(db, [session.id])
    if free_places(session.capacity, taken.get(session.id, 0)) == 0 or waiting:
        raise Refused(
            N_("Every place is taken until the session begins. Register, and you get a turn in the queue.")
        )


def walked_in(db: Session, session: OpenSession) -> int:
    """How many came in without having registered."""
    mine = Registration.session_id == session.id, col(Registration.walk_in).is_(True)
    return db.exec(select(func.count()).where(*mine)).one()


def still_hears(session: OpenSession) -> None:
    """Refuse voices before a session is published, when it is cancelled, and two weeks after its end."""
    if session.state in (SessionState.PLANNED, SessionState.CANCELLED):
        raise Refused(N_("This session takes no voices."))
    if now() > session.ends_at + SILENT_AFTER:
        raise Refused(N_("This session ended more than two weeks ago and takes no more voices."))


def hears(session: OpenSession) -> bool:
    """Whether something can be said in a session just now."""
    try:
        still_hears(session)
    except Refused:
        return False
    return True


def own_voice(guest: Registration, voice: Voice) -> None:
    """Refuse whoever did not say it, and everybody once it was answered."""
    if voice.registration_id != guest.id:
        raise Forbidden(N_("Only whoever said it can change it or take it back."))
    if voice.answered_at:
        raise Refused(
            N_("This was answered already, so it stays as it is. Say it anew if something is missing.")
        )


def chosen(db: Session, session: OpenSession) -> TermsChosen | None:
    """What the host chose last for the session; None while nothing is chosen."""
    of = select(TermsChosen).where(TermsChosen.session_id == session.id)
    return db.exec(of.order_by(col(TermsChosen.id).desc())).first()


def terms_of(db: Session, session: OpenSession) -> str:
    """The wording in force in a session. Until its host chooses, a suggestion stays its author's."""
    found = chosen(db, session)
    return found.terms if found else IN_FORCE[Terms.YOURS]


def has_agreed(guest: Registration, terms: str) -> bool:
    """Whether a guest has agreed to a wording before."""
    return TERMS_OF + terms in guest.consents


def agree(db: Session, guest: Registration, terms: str, agrees: bool) -> None:
    """Keep that a guest agrees to a wording. Raises `Refused` when they neither do nor did."""
    if has_agreed(guest, terms):
        return
    if not agrees:
        raise Refused(N_("Say first that you have read who may use what you suggest."), field="agrees")
    guest.consents = {**guest.consents, TERMS_OF + terms: now().isoformat()}
    db.add(guest)


def may_be_shown(db: Session, session: OpenSession) -> None:
    """Refuse to publish a session that shows something new before its host has read what that does to it."""
    found = chosen(db, session)
    if found is None:
        raise Refused(
            N_(
                "Say first who may use what visitors suggest, and whether something new is shown: under “Terms”."
            )
        )
    if found.shows_new and found.warning != SHOW_WARNING:
        raise Refused(N_("Read first what showing something new in public does to it: under “Terms”."))
