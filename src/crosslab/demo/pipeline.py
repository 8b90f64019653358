"""The programme manager's chapter: every consortium stands somewhere on the board, and each move has its reason."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, select

from crosslab.core.clock import at
from crosslab.core.events import Event
from crosslab.pipeline import actions, jobs, queries
from crosslab.pipeline.tables import Card
from crosslab.rules import Verb

from .story import Story

MOVES = (
    (46, "calm rooms", actions.advance, "Two partners, and the ward has said when it can try."),
    (38, "calm rooms", actions.advance, "Charter accepted by both."),
    (30, "amphi nights", actions.advance, "Three firms from three trades."),
    (26, "echo steps", actions.advance, "Loudspeakers and data: two firms."),
    (23, "open square", actions.advance, "The neighbours are in."),
    (20, "amphi nights", actions.advance, "Charter accepted by all four. The trial weekends are booked."),
    (19, "amphi nights", actions.advance, "The application to Eurostars was started."),
    (
        12,
        "echo steps",
        actions.stop,
        "The seats may not be drilled into, and nothing else carries the loudspeakers.",
    ),
    (1, "drawn out", actions.hold, "Waits for the library to say which drawings may travel."),
)
NOTES = (
    (4, "amphi nights", "The last sign-off, from Brightwater", 5),
    (4, "open square", "Ask Eli how the search for a maker goes", 3),
    (4, "calm rooms", "First report to the funder", 40),
)


def tell(story: Story) -> None:
    """The consortia came onto the board when they were started; Priya moved them since."""
    _follow(story, jobs.enter, Verb.CONSORTIA_START)
    for days, key, step, reason in MOVES:
        with story.days_ago(days, hour=16), story.chapter() as db:
            step(db, story.actor(db, "priya"), _card(story, db, key), reason=reason)
    for days, key, words, ahead in NOTES:
        with story.days_ago(days, hour=17), story.chapter() as db:
            by = (story.begins + timedelta(days=ahead)).date()
            actions.note(db, story.actor(db, "priya"), _card(story, db, key), next_step=words, next_on=by)
    _follow(story, jobs.follow, Verb.FUNDING_SUBMIT)
    _follow(story, jobs.follow, Verb.FUNDING_AWARD)


def _follow(story: Story, job: Callable[[Session, str], None], verb: Verb) -> None:
    """Do at once, at the time it would have been done, what the queue holds for the worker."""
    with story.chapter() as db:
        found = db.exec(select(Event.id, Event.at).where(Event.verb == verb)).all()
    for event_id, when in found:
        with at(when), story.chapter() as db:
            job(db, str(event_id))


def _card(story: Story, db: Session, key: str) -> Card:
    card = queries.card_of_consortium(db, story.keys[key])
    if card is None:
        raise LookupError(f"{key} is not on the board")
    return card
