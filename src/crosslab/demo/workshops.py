"""The room where it began: eleven companies, their notes, the threads between them; and a room that is open."""

from datetime import timedelta

from sqlmodel import Session, col, select

from crosslab.core.actor import NOBODY_YET, Actor
from crosslab.core.clock import now
from crosslab.people.tables import Person
from crosslab.workshops import actions
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.tables import Card, Note, Presence, Workshop

from .cast import HOUSES
from .story import Story, person_id
from .wall_notes import ABOUT, DOTS, GUESTS, NOTES, THEMES, TIES, TODAY, WALK_IN

FIRST, SECOND = "An amphitheatre and eleven companies", "Drawings that nobody sees"
ANNOUNCED = (
    ("fjordlys", "Randi Myhre", Presence.LATE),
    ("brightwater", "Dev Anand", Presence.ABSENT),
    ("kaiserlicht", "Uwe Brandt", Presence.ABSENT),
)
"""Who was expected beside those who came in with a phone, and whether they came."""
ACCESS = "A ramp leads in from the towpath; the doors open by themselves."


def tell(story: Story) -> None:
    """Sixty days ago eleven companies filled a wall; since yesterday a second one is open."""
    with story.days_ago(70), story.chapter() as db:
        _planned(story, db, FIRST, 10)
    with story.days_ago(62), story.chapter() as db:
        _expected(story, db)
    with story.days_ago(60, 9), story.chapter() as db:
        hung = _written(story, db)
        _tied(story, db, hung)
    with story.days_ago(60, 14), story.chapter() as db:
        _gathered(story, db)
    with story.days_ago(6), story.chapter() as db:
        _planned(story, db, SECOND, 5)
    with story.days_ago(1, 8), story.chapter() as db:
        _opened(story, db)


def _planned(story: Story, db: Session, title: str, days: int) -> None:
    """Planned by the manager for some days later, run by the facilitator."""
    priya, starts = story.actor(db, "priya"), now() + timedelta(days=days, hours=-1)
    workshop = actions.plan(
        db,
        priya,
        story.programme(db),
        title=title,
        lead="Companies write under their own names, walk the wall, and tie what fits.",
        about=ABOUT,
        starts_at=starts,
        closes_at=starts + timedelta(hours=7),
        address="The Boathouse, Canal Row, Birmingham",
        access=ACCESS,
    )
    mikkel = db.exec(select(Person).where(Person.id == person_id(db, "mikkel"))).one()
    actions.appoint(db, priya, workshop, person=mikkel)
    for _, house in GUESTS:
        actions.add_company(db, priya, workshop, name=_name(house), organisation=story.house(db, house))


def _workshop(db: Session, title: str) -> Workshop:
    return db.exec(select(Workshop).where(Workshop.title == title)).one()


def _name(house: str) -> str:
    return next((each.name for each in HOUSES if each.key == house), WALK_IN[1])


def _facilitator(story: Story, db: Session) -> Actor:
    return with_workshops(db, story.actor(db, "mikkel"), "")


def _came(story: Story, db: Session, workshop: Workshop, player: str, house: str) -> Actor:
    """One of the cast comes in; what they are from then on."""
    actor = story.actor(db, player)
    card = f"{player} at {workshop.no}"
    actions.join(
        db, actor, workshop, name=actor.name, company=_name(house), token=card, language=actor.language
    )
    return with_workshops(db, actor, card)


def _written(story: Story, db: Session) -> dict[tuple[str, int], tuple[Actor, Note]]:
    """Everybody writes for fifteen minutes."""
    workshop = _workshop(db, FIRST)
    actions.begin(db, _facilitator(story, db), workshop, minutes=15)
    there = {house: _came(story, db, workshop, player, house) for player, house in GUESTS}
    actions.join(db, NOBODY_YET, workshop, name=WALK_IN[0], company=WALK_IN[1], token="a walk-in")  # noqa: S106 - a demo's
    there["walk-in"] = with_workshops(db, NOBODY_YET, "a walk-in")
    return {
        (house, n): (
            there[house],
            actions.write(db, there[house], workshop, prompt=prompt, text=text, key=f"{house}-note-{n}"),
        )
        for house, notes in NOTES.items()
        for n, (prompt, text) in enumerate(notes)
    }


def _tied(story: Story, db: Session, hung: dict[tuple[str, int], tuple[Actor, Note]]) -> None:
    """They walk the wall and tie sixteen threads."""
    workshop = _workshop(db, FIRST)
    actions.advance(db, _facilitator(story, db), workshop, minutes=20)
    for n, (one, two, kind, why) in enumerate(TIES):
        actor, note = hung[one]
        actions.tie(db, actor, workshop, one=note, two=hung[two][1], kind=kind, why=why, key=f"thread-no-{n}")
        if n % 3 == 0:
            actions.mark_interesting(db, actor, hung[two][1], workshop=workshop)


def _expected(story: Story, db: Session) -> None:
    """Three who have announced themselves and carry no phone get a card."""
    workshop = _workshop(db, FIRST)
    for house, name, _ in ANNOUNCED:
        actions.admit(db, _facilitator(story, db), workshop, company=_name(house), names=[name])


def _gathered(story: Story, db: Session) -> None:
    """The afternoon: themes, dots, who was there after all, and an end."""
    workshop, mikkel = _workshop(db, FIRST), _facilitator(story, db)
    presences = {name: presence for _, name, presence in ANNOUNCED}
    for card in db.exec(select(Card).where(Card.workshop_id == workshop.id, col(Card.name).in_(presences))):
        actions.mark(db, mikkel, workshop, card=card, presence=presences[card.name])
    notes = {each.key: each for each in db.exec(select(Note).where(Note.workshop_id == workshop.id)).all()}
    actions.advance(db, mikkel, workshop)
    themes = {
        title: actions.gather(
            db, mikkel, workshop, title=title, notes=[notes[f"{h}-note-{n}"] for h, n in of]
        )
        for title, of in THEMES.items()
    }
    actions.advance(db, mikkel, workshop, minutes=5)
    for player, given in DOTS.items():
        actor = with_workshops(db, story.actor(db, player), "")
        for title in given:
            actions.vote(db, actor, workshop, theme=themes[title])
    actions.advance(db, mikkel, workshop)
    actions.finish(db, mikkel, workshop)


def _opened(story: Story, db: Session) -> None:
    """A second room: the wall is open and the first notes hang."""
    workshop = _workshop(db, SECOND)
    actions.begin(db, _facilitator(story, db), workshop)
    for n, (player, house, prompt, text) in enumerate(TODAY):
        actor = _came(story, db, workshop, player, house)
        actions.write(db, actor, workshop, prompt=prompt, text=text, key=f"today-note-{n}")
