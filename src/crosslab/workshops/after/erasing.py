"""Forgetting somebody who came with a card: their name also goes out of what is remembered of the day.

Whose an event is, is known by the card or the account it was done with or done to, never by what they are called:
two people of one name are two.
"""

from typing import Any

from sqlmodel import Session, col, delete, select, update

from crosslab.core.events import Event, EventPlace
from crosslab.core.jobs import Job
from crosslab.rules import RULES, NoteState, Role
from crosslab.workshops.tables import Card, Note

from .tables import Answer, CardLetter

SOMEBODY = "…"


def forget(db: Session, card: Card) -> None:
    """Take a name out of the log of the room, and letters that wait out of the queue; close every link to the card.

    The words of notes that were taken back go as well: nobody else ever reads them again.
    """
    call_in_log(db, card, SOMEBODY)
    queued = select(CardLetter.queued).where(CardLetter.card_id == card.id)
    waiting = select(Job).where(col(Job.once).in_(queued), col(Job.done_at).is_(None))
    for job in db.exec(waiting).all():
        db.delete(job)
    db.exec(delete(CardLetter).where(col(CardLetter.card_id) == card.id))
    db.exec(delete(Answer).where(col(Answer.card_id) == card.id))
    taken_back = col(Note.card_id) == card.id, col(Note.state) == NoteState.TAKEN_BACK
    db.exec(update(Note).where(*taken_back).values(text=""))


def call_in_log(db: Session, card: Card, name: str) -> None:
    """The log of the room calls whoever holds a card otherwise: by a new name, or by none."""
    of_room = select(Event).join(EventPlace, col(EventPlace.event_id) == col(Event.id))
    for event in db.exec(of_room.where(EventPlace.place_id == card.workshop_id)).all():
        names = [key for key in _theirs(event, card) if name == SOMEBODY or event.facts[key] == card.name]
        if names:
            event.facts = {**event.facts, **dict.fromkeys(names, name)}
            db.add(event)


def _theirs(event: Event, card: Card) -> list[str]:
    """Which names of an event are theirs: who did it by this card or account, or whom it was done to."""
    facts: dict[str, Any] = event.facts
    took_part = Role.PARTICIPANT in RULES[event.verb].who
    by_account = card.person_id is not None and event.person_id == card.person_id and took_part
    did = facts.get("card") == str(card.id) or by_account
    had = facts.get("person_card") == str(card.id)
    return ["who"] * (did and "who" in facts) + ["person"] * (had and "person" in facts)
