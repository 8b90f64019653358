"""One's own place: registering without an account, saying yes, changing, giving it up, erasing it."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, update

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.core.events import Event
from crosslab.core.jobs import call_off
from crosslab.rules import N_, STANDING, RegistrationState, SessionState, Verb
from crosslab.sessions import queries
from crosslab.sessions.giving import fill, let_wait
from crosslab.sessions.letters import keep, may_write, tell
from crosslab.sessions.tables import OpenSession, Registration
from crosslab.sessions.voices.own import forget

CLOSED = N_("Registration is closed. Write to the host if you would still like to come.")
ADDRESS = N_("Places are few here, so we write to you when one is yours. Add an e-mail address.")
TURNED_AWAY = N_("The host has taken this registration back.")


def register(
    db: Session,
    actor: Actor,
    session: OpenSession,
    *,
    name: str,
    email: str = "",
    token: str = "",
    **facts: Any,
) -> Registration:
    """Register for a session: a place when one is free, else one in the queue. Again is the same place.

    A person with an account is registered under their own address, which is proven. Whoever types an address
    proves it by a link; until then the place is kept and this browser learns nothing of it. Without an address,
    where places are not few, the browser's token is what shows that the place is theirs.
    """
    queries.hold(db, session)
    _takes_names(session)
    email = actor.email if actor.signed_in else email
    there = _there(db, actor, session, email, token)
    if there is not None and there.state not in (RegistrationState.LEFT, RegistrationState.LAPSED):
        return _again(db, actor, session, there)
    if session.capacity is not None and not email:
        raise Refused(ADDRESS, field="email")
    made = there or _new(session, name)
    with act(db, _nameless(actor), Verb.SESSIONS_REGISTER, made, at=session) as event:
        event.facts["what"] = session.title
        _write_down(db, actor, session, made, name=name, email=email, **facts)
    if not email:
        keep(db, made, token)
    _place(db, session, made)
    return made


def _takes_names(session: OpenSession) -> None:
    if session.state not in (SessionState.OPEN, SessionState.LIVE):
        raise Refused(CLOSED)
    if (session.closes_at or session.ends_at) <= now():
        raise Refused(CLOSED)


def _nameless(actor: Actor) -> Actor:
    """Who registers for what is nobody's business but the host's: the log keeps no name."""
    return replace(actor, person_id=None, name="")


def _there(db: Session, actor: Actor, session: OpenSession, email: str, token: str) -> Registration | None:
    if email or actor.signed_in:
        return queries.registered_as(db, session, email, actor.person_id)
    return queries.keyed(db, session, token) if token else None


def _again(db: Session, actor: Actor, session: OpenSession, there: Registration) -> Registration:
    """Whoever shows it is theirs goes on with it. To an address alone we write, and say nothing here."""
    mine = actor.signed_in or there.id in actor.cards.values()
    if mine and there.state is RegistrationState.TURNED_AWAY:
        raise Forbidden(TURNED_AWAY)
    if actor.signed_in:
        there.person_id, there.proven_at = actor.person_id, there.proven_at or now()
        db.add(there)
    elif not mine and may_write(db, there):
        tell(db, session, there, "session_again")
    return there


def _new(session: OpenSession, name: str) -> Registration:
    return Registration(
        session_id=session.id,
        programme_id=session.programme_id,
        organisation_id=session.organisation_id,
        name=name,
    )


def _write_down(db: Session, actor: Actor, session: OpenSession, made: Registration, **facts: Any) -> None:
    for field, value in facts.items():
        setattr(made, field, value)
    made.nth = queries.last_nth(db, session) + 1
    made.person_id = actor.person_id or made.person_id
    made.registered_at, made.held_until = now(), None
    made.proven_at = now() if actor.signed_in else None


def _place(db: Session, session: OpenSession, made: Registration) -> None:
    fill(db, session, asking=made)
    if made.state is RegistrationState.WAITING:
        let_wait(db, session, made)


def confirm(db: Session, actor: Actor, registration: Registration, *, session: OpenSession) -> None:
    """Say that the address is one's own, and take the place that is kept. Whoever waits goes on waiting, proven."""
    queries.hold(db, session)
    db.refresh(registration)
    with act(db, _nameless(actor), Verb.SESSIONS_CONFIRM, registration) as event:
        event.facts["what"] = session.title
        if session.state not in (SessionState.OPEN, SessionState.LIVE):
            raise Refused(CLOSED)
        kept = registration.state is RegistrationState.HELD
        if kept and registration.held_until and registration.held_until <= now():
            raise Refused(
                N_("The place was kept until the time we told you. Register again to join the queue.")
            )
        registration.proven_at, registration.held_until = registration.proven_at or now(), None
    if kept:
        tell(db, session, registration, "session_place", calendar=True)
    else:
        _place(db, session, registration)


def amend(
    db: Session, actor: Actor, registration: Registration, *, session: OpenSession, **facts: Any
) -> None:
    """Change what one wrote: name, company, needs, whether others see it. The address stays as it was proven."""
    with act(db, _nameless(actor), Verb.SESSIONS_AMEND, registration) as event:
        event.facts["what"] = session.title
        for field, value in facts.items():
            setattr(registration, field, value)


def leave(db: Session, actor: Actor, registration: Registration, *, session: OpenSession) -> None:
    """Give up one's place, or one's turn. The next in the queue gets it at once."""
    queries.hold(db, session)
    db.refresh(registration)
    with act(db, _nameless(actor), Verb.SESSIONS_LEAVE, registration) as event:
        event.facts["what"] = session.title
        registration.held_until = None
    tell(db, session, registration, "session_left")
    fill(db, session)


def erase(db: Session, actor: Actor, registration: Registration, *, session: OpenSession) -> None:
    """Erase everything held of a registration: name, address, needs, links, letters. A place goes to the next."""
    queries.hold(db, session)
    with act(db, _nameless(actor), Verb.SESSIONS_ERASE, session, at=registration):
        standing = registration.state in STANDING
        of_it = col(Event.thing_id) == registration.id
        db.exec(update(Event).where(of_it).values(person_id=None, organisation_id=None))
        forget(db, registration)
        call_off(db, str(registration.id))
        db.delete(registration)
        db.flush()
    if standing:
        fill(db, session)
