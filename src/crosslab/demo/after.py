"""The morning after the first workshop: published, every author told; and a month later, what came of it."""

from datetime import timedelta

from sqlmodel import Session, select

from crosslab.workshops import actions, jobs
from crosslab.workshops.after import queries
from crosslab.workshops.after.tables import Audience, Outcome
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.tables import Company, Workshop

from .story import Story
from .workshops import FIRST

SUMMARY = (
    "Eleven companies wrote under their own names what they could do for the steps by the canal, walked the wall and "
    "tied sixteen threads between their notes.\n"
    "Most of them meet in one question: how evenings outdoors can be liked by those who live around the square, and "
    "pay for themselves. Light and the organiser need each other; sound and sensors do too."
)
NEXT = "The companies that tied threads meet on the steps, with light and sound to try out"
CAME: dict[str, tuple[Outcome, tuple[str, ...], str]] = {
    "ane": (Outcome.MEETING, ("Brightwater",), "We hung two lamps at their site. They hold."),
    "beth": (Outcome.DEAL, ("Fjordlys", "Nordlyd"), "Three evenings are booked."),
    "ingrid": (Outcome.MEETING, ("Brightwater", "Tinker"), ""),
    "tom": (Outcome.CONTACT, ("Nordlyd",), "A call every Thursday."),
    "eli": (Outcome.CONTACT, ("Two Locks",), ""),
    "jonas": (Outcome.NOTHING, (), ""),
}
"""Who answered what, with whom, in which words."""


def tell(story: Story) -> None:
    """Fifty-nine days ago it was published and told; a month later they were asked what came of it."""
    with story.days_ago(59, 9), story.chapter() as db:
        _published(story, db)
    with story.days_ago(29, 9), story.chapter() as db:
        results = queries.results_of(db, _workshop(db))
        if results and results.after_at:
            jobs.ask(db, str(results.id), results.after_at.isoformat())
    with story.days_ago(27, 15), story.chapter() as db:
        _answered(story, db)


def _workshop(db: Session) -> Workshop:
    return db.exec(select(Workshop).where(Workshop.title == FIRST)).one()


def _published(story: Story, db: Session) -> None:
    """Summed up, published, and a letter to everybody who wrote and can be reached."""
    workshop, mikkel = _workshop(db), with_workshops(db, story.actor(db, "mikkel"), "")
    results = actions.sum_up(
        db,
        mikkel,
        workshop,
        summary=SUMMARY,
        audience=Audience.ROOM,
        next_words=NEXT,
        next_at=(story.begins + timedelta(days=12)).replace(hour=10, minute=0, second=0, microsecond=0),
    )
    actions.publish(db, mikkel, results, workshop=workshop)
    actions.feed_back(db, mikkel, results, workshop=workshop)
    actions.ask_after(db, mikkel, results, workshop=workshop, days=30)


def _answered(story: Story, db: Session) -> None:
    """Six of ten say what came of it."""
    workshop = _workshop(db)
    companies = db.exec(select(Company).where(Company.workshop_id == workshop.id)).all()
    for player, (outcome, names, words) in CAME.items():
        actor = with_workshops(db, story.actor(db, player), "")
        met = [each.id for each in companies if each.name.startswith(names)] if names else []
        actions.answer(db, actor, workshop, outcome=outcome, companies=met, words=words)
