"""Forgetting somebody who came without an account: their name also goes out of what is remembered of the day."""

from typing import Any

from sqlmodel import Session, col, delete, select

from crosslab.core.events import Event, EventPlace
from crosslab.core.jobs import Job
from crosslab.workshops.tables import Card

from .tables import Answer, CardLetter

SOMEBODY = "…"


def forget_name(db: Session, card: Card) -> None:
    """Take a name out of the log of the room, and letters that wait out of the queue; close every link to the card."""
    forget_in_log(db, card)
    queued = select(CardLetter.queued).where(CardLetter.card_id == card.id)
    waiting = select(Job).where(col(Job.once).in_(queued), col(Job.done_at).is_(None))
    for job in db.exec(waiting).all():
        db.delete(job)
    db.exec(delete(CardLetter).where(col(CardLetter.card_id) == card.id))
    db.exec(delete(Answer).where(col(Answer.card_id) == card.id))


def forget_in_log(db: Session, card: Card) -> None:
    """Take the name on a card out of the log of the room: when it is erased, and before it is put right."""
    of_room = select(Event).join(EventPlace, col(EventPlace.event_id) == col(Event.id))
    for event in db.exec(of_room.where(EventPlace.place_id == card.workshop_id)).all():
        if event.facts != (told := _without(event, card)):
            event.facts = told
            db.add(event)


def _without(event: Event, card: Card) -> dict[str, Any]:
    """The facts of an event without the name, where it was theirs: said by themselves, or of them by others."""
    theirs = event.person_id is None or event.person_id == card.person_id
    names = ("who", "person") if theirs else ("person",)
    return {
        key: SOMEBODY if key in names and value == card.name else value for key, value in event.facts.items()
    }
