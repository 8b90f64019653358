"""What a person has a place in or runs: for their own calendar."""

from uuid import UUID

from sqlmodel import Session, col, or_, select

from crosslab.people.tables import Person
from crosslab.people.tokens import digest
from crosslab.rules import RegistrationState, SessionState
from crosslab.sessions.tables import Feed, OpenSession, Registration, SessionHost
from crosslab.workshops.tables import Card, Facilitator, Presence, Workshop


def feed_of(db: Session, person_id: UUID | None) -> Feed | None:
    """The calendar address of a person; what is kept of it does not tell it."""
    return db.exec(select(Feed).where(Feed.person_id == person_id)).one_or_none()


def person_fed(db: Session, token: str) -> Person | None:
    """Whose calendar address this is."""
    feed = select(Feed.person_id).where(Feed.token_hash == digest(token))
    return db.exec(select(Person).where(col(Person.id).in_(feed))).one_or_none()


def sessions_of(db: Session, person: Person) -> list[OpenSession]:
    """The sessions in which somebody has a place, and those they run. What is only planned is for who runs it."""
    placed = select(Registration.session_id).where(
        Registration.person_id == person.id, Registration.state == RegistrationState.REGISTERED
    )
    run = select(SessionHost.session_id).where(SessionHost.person_id == person.id)
    theirs = or_(
        col(OpenSession.id).in_(placed) & (OpenSession.state != SessionState.PLANNED),
        col(OpenSession.id).in_(run),
    )
    found = select(OpenSession).where(theirs).order_by(col(OpenSession.starts_at).desc())
    return list(db.exec(found.limit(200)).all())


def workshops_of(db: Session, person: Person) -> list[Workshop]:
    """The workshops to which somebody holds a card, and those they run."""
    cards = select(Card.workshop_id).where(Card.person_id == person.id, Card.presence != Presence.OUT)
    run = select(Facilitator.workshop_id).where(Facilitator.person_id == person.id)
    theirs = or_(col(Workshop.id).in_(cards), col(Workshop.id).in_(run))
    found = select(Workshop).where(theirs).order_by(col(Workshop.starts_at).desc())
    return list(db.exec(found.limit(200)).all())
