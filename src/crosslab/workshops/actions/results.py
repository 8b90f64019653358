"""What came of the day: summed up, published, told to every author once, and asked after weeks later."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.jobs import enqueue
from crosslab.rules import N_, Step, Verb
from crosslab.workshops.after import letters, queries
from crosslab.workshops.after.becoming import became
from crosslab.workshops.after.tables import Audience, LetterKind, Results
from crosslab.workshops.queries.shown import wall
from crosslab.workshops.tables import Card, Workshop

FEWEST_DAYS, MOST_DAYS = 1, 180
NOT_OVER = N_("The workshop is not over. End it first; then its results can be published.")


def sum_up(
    db: Session,
    actor: Actor,
    workshop: Workshop,
    *,
    summary: str,
    audience: Audience,
    next_at: datetime | None = None,
    next_words: str = "",
) -> Results:
    """Whoever runs it writes what stands above the results, who may see them, and what is next."""
    results = queries.results_of(db, workshop) or Results(
        workshop_id=workshop.id, programme_id=workshop.programme_id
    )
    with act(db, actor, Verb.WORKSHOPS_SUM_UP, results) as event:
        event.facts["what"] = workshop.title
        results.summary, results.audience = summary, audience
        results.next_at, results.next_words = next_at, next_words
    return results


def publish(db: Session, actor: Actor, results: Results, *, workshop: Workshop) -> None:
    """The results are shown to their audience, once the workshop is over."""
    with act(db, actor, Verb.WORKSHOPS_PUBLISH, results) as event:
        event.facts["what"] = workshop.title
        if workshop.state is not Step.OVER:
            raise Refused(NOT_OVER)
        results.published_at = now()


def withdraw(db: Session, actor: Actor, results: Results, *, workshop: Workshop) -> None:
    """The results are for those who run it alone again. Letters that left cannot be taken back."""
    with act(db, actor, Verb.WORKSHOPS_WITHDRAW, results) as event:
        event.facts["what"] = workshop.title
        results.published_at = None


def feed_back(db: Session, actor: Actor, results: Results, *, workshop: Workshop) -> int:
    """Every author who can be reached gets one letter about their notes; who had one gets none. How many left."""
    with act(db, actor, Verb.WORKSHOPS_FEED_BACK, results) as event:
        waiting = [each for each in queries.authors(db, workshop) if each.reached and not each.letter]
        if not waiting:
            raise Refused(N_("Everybody with an address has had their letter."))
        event.facts |= {"what": workshop.title, "letters": len(waiting)}
        results.told_at = now()
        notes = became(db, workshop, wall(db, workshop, names=False), [each.card for each in waiting])
        for author in waiting:
            facts = letters.notes_facts(workshop, results, author, notes[author.card.id])
            letters.queue(db, author, LetterKind.NOTES, facts)
    return len(waiting)


def readdress(
    db: Session, actor: Actor, results: Results, *, workshop: Workshop, card: Card, email: str
) -> None:
    """An address that no letter could be delivered to is put right, and the letter goes there."""
    with act(db, actor, Verb.WORKSHOPS_READDRESS, results) as event:
        event.facts["what"] = workshop.title
        author = next((each for each in queries.authors(db, workshop) if each.card.id == card.id), None)
        if author is None or author.letter is None or author.sent != queries.FAILED:
            raise Refused(N_("This letter has not failed. Load the page again."))
        job = queries.job_called(db, author.letter.queued)
        if job is None:
            raise Refused(N_("This letter is no longer kept. It was given up more than a month ago."))
        card.email = email
        job.facts = {**job.facts, "to": email}
        job.failed_at, job.leased_until, job.tries, job.due_at = None, None, 0, now()


def ask_after(db: Session, actor: Actor, results: Results, *, workshop: Workshop, days: int) -> None:
    """In so many days everybody who wrote is asked what came of it, and those who do not answer once more."""
    with act(db, actor, Verb.WORKSHOPS_ASK_AFTER, results) as event:
        event.facts["what"] = workshop.title
        if not FEWEST_DAYS <= days <= MOST_DAYS:
            raise Refused(
                N_("Between {least} and {most} days."), field="days", least=FEWEST_DAYS, most=MOST_DAYS
            )
        if queries.letters_of(db, workshop, LetterKind.AFTER):
            raise Refused(N_("They have been asked already."))
        results.after_at = now() + timedelta(days=days)
        enqueue(
            db,
            "workshops.ask",
            due_at=results.after_at,
            results_id=str(results.id),
            at=_stamp(results.after_at),
        )


def _stamp(at: datetime) -> Any:
    """A day that was moved leaves the job of the old day without effect."""
    return at.isoformat()
