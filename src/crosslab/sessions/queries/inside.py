"""Questions the actions ask: who waits, how many places are taken, who is this already."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from crosslab.core.jobs import Job
from crosslab.people.tables import Organisation
from crosslab.people.tokens import digest
from crosslab.rules import STANDING, RegistrationState
from crosslab.sessions.tables import OpenSession, Registration, RegistrationKey, Series, counts_once
from crosslab.workshops.tables import Presence

TAKING = (RegistrationState.HELD, RegistrationState.REGISTERED)
"""Whoever takes a place: those who have it, and those for whom it is kept."""


def hold(db: Session, session: OpenSession) -> None:
    """Let nobody else give places of this session away until the transaction ends, and see it as it is now."""
    db.exec(select(OpenSession.id).where(OpenSession.id == session.id).with_for_update()).one()
    db.refresh(session)


def count_taken(db: Session, session: OpenSession) -> int:
    """How many places are taken or kept."""
    db.flush()
    taken = col(Registration.state).in_(TAKING)
    here = Registration.session_id == session.id
    return db.exec(select(func.count()).where(here, taken, counts_once())).one()


def waiting(db: Session, session: OpenSession) -> list[Registration]:
    """The queue, whoever waits longest first."""
    queue = select(Registration).where(
        Registration.session_id == session.id, Registration.state == RegistrationState.WAITING
    )
    return list(db.exec(queue.order_by(col(Registration.nth))).all())


def place_in_queue(db: Session, registration: Registration) -> int:
    """How many wait up to and with this one."""
    before = select(func.count()).where(
        Registration.session_id == registration.session_id,
        Registration.state == RegistrationState.WAITING,
        col(Registration.nth) <= registration.nth,
    )
    return db.exec(before).one()


def last_nth(db: Session, session: OpenSession) -> int:
    """The last place in the queue that was ever given out."""
    return db.exec(select(func.max(Registration.nth)).where(Registration.session_id == session.id)).one() or 0


def registered_as(
    db: Session, session: OpenSession, email: str, person_id: UUID | None
) -> Registration | None:
    """The registration under an address, or of a person."""
    same = []
    if email:
        same.append(col(Registration.email) == email)
    if person_id:
        same.append(col(Registration.person_id) == person_id)
    if not same:
        return None
    mine = col(Registration.person_id) == person_id
    found = select(Registration).where(Registration.session_id == session.id, or_(*same))
    return db.exec(found.order_by(mine.desc() if person_id else col(Registration.id))).first()


def keyed(db: Session, session: OpenSession, token: str) -> Registration | None:
    """The registration that this browser holds here."""
    key = select(RegistrationKey.registration_id).where(RegistrationKey.token_hash == digest(token))
    mine = select(Registration).where(Registration.session_id == session.id, col(Registration.id).in_(key))
    return db.exec(mine.order_by(col(Registration.id).desc())).first()


def keys_made_since(db: Session, registration: Registration, at: datetime) -> int:
    """How many links were made for a registration since then: how often it was written to."""
    made = select(func.count()).where(
        RegistrationKey.registration_id == registration.id, col(RegistrationKey.made_at) >= at
    )
    return db.exec(made).one()


def standing(db: Session, session: OpenSession) -> list[Registration]:
    """Everybody who has a place, is kept one, or waits."""
    there = select(Registration).where(
        Registration.session_id == session.id, col(Registration.state).in_(STANDING)
    )
    return list(db.exec(there.order_by(col(Registration.nth))).all())


def is_in(registration: Registration) -> bool:
    """Whether somebody has a place."""
    return registration.state is RegistrationState.REGISTERED


def count_here(db: Session, session: OpenSession) -> int:
    """How many came through the door."""
    db.flush()
    came = col(Registration.presence).in_((Presence.HERE, Presence.LATE))
    here = Registration.session_id == session.id
    return db.exec(select(func.count()).where(here, came, counts_once())).one()


def host_of(db: Session, session: OpenSession | Series) -> Organisation:
    """The organisation that invites."""
    return db.exec(select(Organisation).where(Organisation.id == session.organisation_id)).one()


def session_of(db: Session, registration: Registration) -> OpenSession:
    """The session of a registration."""
    return db.exec(select(OpenSession).where(OpenSession.id == registration.session_id)).one()


def was_told(db: Session, once: str) -> bool:
    """Whether a letter that is sent once was put in the queue before."""
    return db.exec(select(Job.id).where(Job.once == once)).first() is not None


def opened_by(db: Session, token: str) -> Registration | None:
    """The registration that a link's token opens."""
    key = select(RegistrationKey.registration_id).where(RegistrationKey.token_hash == digest(token))
    return db.exec(select(Registration).where(col(Registration.id).in_(key)).limit(1)).first()


def attendance(db: Session, session: OpenSession) -> dict[str, int]:
    """How many had a place, how many of them came, and how many of those without having registered before."""
    db.flush()
    rows = db.exec(
        select(Registration.presence, Registration.walk_in).where(
            Registration.session_id == session.id,
            Registration.state == RegistrationState.REGISTERED,
            counts_once(),
        )
    ).all()
    came = [walked_in for presence, walked_in in rows if presence in (Presence.HERE, Presence.LATE)]
    return {"placed": len(rows), "came": len(came), "walked_in": sum(came)}


def phones_of(db: Session, registration: Registration) -> list[Registration]:
    """The further phones somebody walked in with."""
    rows = select(Registration).where(Registration.same_as_id == registration.id)
    return list(db.exec(rows.order_by(col(Registration.id))).all())
