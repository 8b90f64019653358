"""Letters to those who wrote: each kind goes to a card once, whoever presses how often."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crosslab.core.jobs import enqueue
from crosslab.people.tokens import digest, new_token
from crosslab.web.formats import day, moment
from crosslab.web.languages import BY_CODE, ENGLISH
from crosslab.workshops.tables import Workshop

from .becoming import Became
from .queries import Author
from .tables import CardLetter, LetterKind, Results

TEMPLATES = {
    LetterKind.NOTES: "workshop_notes",
    LetterKind.AFTER: "workshop_after",
    LetterKind.REMINDER: "workshop_after",
    LetterKind.REMOVED: "workshop_removed",
}


def queue(
    db: Session, author: Author, kind: LetterKind, facts: dict[str, Any], *, due_at: datetime | None = None
) -> None:
    """Put a letter in the queue with the caller's transaction. Its link opens the card; we keep its hash.

    The row's key is card and kind: of two who press at once, one is told that it was done already.
    """
    token, queued = new_token(), f"workshop {kind} {author.card.id}"
    db.add(CardLetter(card_id=author.card.id, kind=kind, token_hash=digest(token), queued=queued))
    send(db, author, kind, {**facts, "path": f"/l/{token}"}, queued, due_at=due_at)


def send(
    db: Session,
    author: Author,
    kind: LetterKind,
    facts: dict[str, Any],
    queued: str,
    *,
    due_at: datetime | None = None,
) -> None:
    """Hand a letter to the post."""
    enqueue(
        db,
        "mail.send",
        due_at=due_at,
        once=queued,
        to=author.address,
        language=author.card.language,
        letter=TEMPLATES[kind],
        facts=facts,
    )


def notes_facts(workshop: Workshop, results: Results, author: Author, notes: list[Became]) -> dict[str, Any]:
    """What the letter about somebody's notes says."""
    return {
        "title": workshop.title,
        "day": _day(workshop, author),
        "name": author.card.name,
        "company": author.company,
        "notes": [each.told for each in notes],
        "next_words": results.next_words,
        "next_at": moment(results.next_at, _locale(author), workshop.zone) if results.next_at else "",
    }


def after_facts(workshop: Workshop, author: Author, *, again: bool) -> dict[str, Any]:
    """What the letter says that asks, weeks later, what came of it."""
    return {
        "title": workshop.title,
        "day": _day(workshop, author),
        "name": author.card.name,
        "again": again,
    }


def removed_facts(workshop: Workshop, author: Author) -> dict[str, Any]:
    """What the letter to somebody who was removed says: nothing that was said in the room."""
    return {
        "title": workshop.title,
        "day": _day(workshop, author),
        "name": author.card.name,
        "reason": author.card.reason,
    }


def _day(workshop: Workshop, author: Author) -> str:
    return day(workshop.starts_at.astimezone(ZoneInfo(workshop.zone)).date(), _locale(author))


def _locale(author: Author) -> str:
    return BY_CODE.get(author.card.language, ENGLISH).locale
