"""Two world cafés: one around the amphitheatre that is over, and one that is in its second round."""

from datetime import timedelta

from sqlmodel import Session, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.people.tables import Person
from crosslab.workshops import actions
from crosslab.workshops.cafe import queries
from crosslab.workshops.cafe.tables import Cafe
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.tables import Kind, Note, Workshop

from .cafe_cards import ABOUT, CARDS, CROWD, QUESTIONS, THEMES
from .cast import HOUSES
from .story import Story, person_id
from .wall_notes import GUESTS

OVER, OPEN = "A café around the amphitheatre", "Evenings on the square"


def tell(story: Story) -> None:
    """Fifty days ago thirty people sat at seven tables; since yesterday a second café is open."""
    with story.days_ago(58), story.chapter() as db:
        _planned(story, db, OVER, 8, 7)
    for turn in (1, 2, 3):
        with story.days_ago(50, 9 + turn), story.chapter() as db:
            _round(story, db, OVER, turn)
    with story.days_ago(50, 14), story.chapter() as db:
        _gathered(story, db)
    with story.days_ago(5), story.chapter() as db:
        _planned(story, db, OPEN, 4, 5)
    with story.days_ago(1, 9), story.chapter() as db:
        _round(story, db, OPEN, 1)
        actions.begin_round(db, _runs(story, db), _cafe(db, OPEN), workshop=_workshop(db, OPEN), turn=2)
        _kept(story, db, OPEN, 2, ended=False)


def _workshop(db: Session, title: str) -> Workshop:
    return db.exec(select(Workshop).where(Workshop.title == title)).one()


def _cafe(db: Session, title: str) -> Cafe:
    return db.exec(select(Cafe).where(Cafe.workshop_id == _workshop(db, title).id)).one()


def _runs(story: Story, db: Session) -> Actor:
    return with_workshops(db, story.actor(db, "mikkel"), "")


def _planned(story: Story, db: Session, title: str, days: int, tables: int) -> None:
    """Planned for some days later, with a question for each table."""
    priya, starts = story.actor(db, "priya"), now() + timedelta(days=days, hours=-1)
    workshop = actions.plan(
        db,
        priya,
        story.programme(db),
        title=title,
        kind=Kind.CAFE,
        lead="At small tables, round after round, with people one has not met.",
        about=ABOUT,
        starts_at=starts,
        closes_at=starts + timedelta(hours=5),
        address="The Boathouse, Canal Row, Birmingham",
        access="A ramp leads in from the towpath; table 1 is beside the door.",
    )
    mikkel = db.exec(select(Person).where(Person.id == person_id(db, "mikkel"))).one()
    actions.appoint(db, priya, workshop, person=mikkel)
    runs = _runs(story, db)
    cafe = actions.arrange(db, runs, workshop, tables=tables, rounds=3, minutes=20)
    for table, question in zip(queries.tables_of(db, workshop), QUESTIONS, strict=False):
        actions.furnish(db, runs, cafe, workshop=workshop, table=table, question=question, near=table.at == 1)


def _open(story: Story, db: Session, title: str) -> None:
    """The room opens: the cast come in with phones, the others get place cards, and everybody is told their seats."""
    workshop, runs, cafe = _workshop(db, title), _runs(story, db), _cafe(db, title)
    actions.begin(db, runs, workshop)
    for player, house in GUESTS:
        actor = story.actor(db, player)
        actions.join(
            db, actor, workshop, name=actor.name, company=_name(house), token=f"{player} at {workshop.no}",
            language=actor.language,
        )  # fmt: skip
    for house, names in CROWD.items():
        few = names[:1] if title == OPEN else names
        [first, *_] = actions.admit(db, runs, workshop, company=_name(house), names=few)
        if house == "haugen":
            actions.need(db, runs, workshop, card=first, near=True)
    actions.seat(db, runs, cafe, workshop=workshop)
    actions.announce(db, runs, cafe, workshop=workshop)


def _name(house: str) -> str:
    return next(each.name for each in HOUSES if each.key == house)


def _round(story: Story, db: Session, title: str, turn: int) -> None:
    """A round with its cards, from beginning to end."""
    if turn == 1:
        _open(story, db, title)
    workshop, cafe = _workshop(db, title), _cafe(db, title)
    actions.begin_round(db, _runs(story, db), cafe, workshop=workshop, turn=turn)
    _kept(story, db, title, turn)
    actions.end_round(db, _runs(story, db), cafe, workshop=workshop)


def _kept(story: Story, db: Session, title: str, turn: int, *, ended: bool = True) -> None:
    """The cards of a round; in one that is under way, only some tables have theirs."""
    workshop, cafe = _workshop(db, title), _cafe(db, title)
    named = {company.name: company for company in queries.companies_of(db, workshop).values()}
    for table in queries.tables_of(db, workshop)[: None if ended else 2]:
        idea, whom, needs, houses = CARDS[(turn, table.at)]
        actions.harvest(
            db, _runs(story, db), cafe, workshop=workshop, turn=turn, at=table.at, idea=idea, whom=whom,
            needs=needs, companies=[named[_name(house)] for house in houses],
        )  # fmt: skip


def _gathered(story: Story, db: Session) -> None:
    """The café ends; the cards are laid on themes, and the day is over."""
    workshop, runs = _workshop(db, OVER), _runs(story, db)
    actions.close_cafe(db, runs, _cafe(db, OVER), workshop=workshop)
    by_note = {note.id: note for note in db.exec(select(Note).where(Note.workshop_id == workshop.id)).all()}
    hung = {
        (each.turn, each.at): by_note[each.note_id] for each in queries.cards(db, workshop) if each.note_id
    }
    for _ in range(2):
        actions.advance(db, runs, workshop)
    for title, of in THEMES.items():
        actions.gather(db, runs, workshop, title=title, notes=[hung[each] for each in of])
    actions.finish(db, runs, workshop)
