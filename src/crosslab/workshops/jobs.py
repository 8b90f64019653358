"""What the room does by itself weeks later: ask what came of it, and once more those who did not answer."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.clock import now
from crosslab.core.jobs import enqueue
from crosslab.rules import ResultsState

from .after import letters, queries
from .after.tables import LetterKind, Results
from .tables import Workshop

A_WEEK = timedelta(days=7)


def ask(db: Session, results_id: str, at: str) -> None:
    """On the day that was set, everybody who wrote is asked. A day that was moved since asks nobody."""
    results, workshop = _of(db, results_id)
    if (
        results.state is not ResultsState.PUBLISHED
        or results.after_at is None
        or results.after_at.isoformat() != at
    ):
        return
    for author in queries.authors(db, workshop, LetterKind.AFTER):
        if author.reached and author.letter is None:
            facts = letters.after_facts(workshop, author, again=False)
            letters.queue(db, author, LetterKind.AFTER, facts)
    once = f"workshop remind {results_id}"
    enqueue(db, "workshops.remind", due_at=now() + A_WEEK, once=once, results_id=results_id)


def remind(db: Session, results_id: str) -> None:
    """A week after they were asked, those who have not answered are asked a second and last time."""
    results, workshop = _of(db, results_id)
    if results.state is not ResultsState.PUBLISHED:
        return
    asked = queries.letters_of(db, workshop, LetterKind.AFTER)
    for author in queries.authors(db, workshop, LetterKind.REMINDER):
        silent = author.card.id in asked and queries.answer_of(db, author.card) is None
        if silent and author.reached and author.letter is None:
            facts = letters.after_facts(workshop, author, again=True)
            letters.queue(db, author, LetterKind.REMINDER, facts)


def _of(db: Session, results_id: str) -> tuple[Results, Workshop]:
    rows = select(Results, Workshop).join(Workshop, col(Workshop.id) == col(Results.workshop_id))
    return db.exec(rows.where(Results.id == UUID(results_id))).one()
