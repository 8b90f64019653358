"""What grew out of the eleven companies' wall: five business cases, their calls, and the two that became teams."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from crosslab.challenges.tables import Audience, Challenge
from crosslab.core.actor import NOBODY_YET, Actor
from crosslab.core.clock import now
from crosslab.workshops import actions, queries
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.skeletons import suggested
from crosslab.workshops.skeletons.suggested import Seed
from crosslab.workshops.skeletons.tables import Brings, Skeleton
from crosslab.workshops.tables import Card, Company, Theme, Workshop

from .cast import HOUSES
from .story import Story
from .wall_notes import WALK_IN
from .workshops import FIRST

SEASON = "A season that pays"
GLOW, SQUARE, DRAW = "Cloth that glows", "Gone by night, looked after by day", "We need light that can draw"
QUIET = "Evenings that neighbours like"
OUTLINE: dict[str, str] = {
    "network": "One offer to a town that wants evenings, instead of four that contradict each other.\n"
    "One list of partners for the next square.",
    "improve": "Lighting rigs without fixings\nSound that stops at the last row\nA price for one evening at a time",
    "customers": "Towns with open stages that stand empty\nFestivals that look for an autumn",
    "together": "A season of evenings in the amphitheatre of Canal Row: light that stands on its own, sound the "
    "neighbours do not hear, and sensors that count without cameras.",
    "gain_us": "A first season outdoors, measured.",
    "gain_them": "Numbers before they book, and a rig they can borrow.",
    "abroad": "Norway: towns with open stages and long evenings in August.\nGermany: festivals with steps.",
    "help": "Somebody who knows who licenses events there.",
    "problem": "The amphitheatre costs more than it earns, and every evening is planned anew from nothing.",
    "alternatives": "Single concerts with hired rigs; a third of the cost is the scaffold.",
    "segments": "The library pays for the first two weekends; Brightwater sells the rest.",
    "value": "Nothing is fixed to a listed building, and nobody is filmed.",
    "solution": "One rig for light and sound that two people set up in an hour.",
    "revenue": "Tickets by what people say an evening is worth; hire of the rig on other days.",
    "costs": "Two technicians, power, insurance, the rig over five seasons.",
    "offering": "Fjordlys: the rig\nNordlyd: the sound and its model\nTinker: the sensors\n"
    "Brightwater: licences, stewards, season",
    "pilot": "Two weekends in March, with the way to the library open throughout.",
    "risks": "Rain. Neighbours. A licence that comes late.",
    "decisions": "Who keeps the rig between seasons: all four, before the second weekend.",
    "trl": "6",
    "srl": "5",
}
"""The case of the season, as Ane wrote it in the weeks after the day."""
BEHIND = {"amphi nights": SEASON, "open square": SQUARE}


def tell(story: Story) -> None:
    """Sixty days ago five cases were drafted; two are taken up since, one has an open call, one was let go."""
    with story.days_ago(60, 15), story.chapter() as db:
        _belongs(story, db)
        story.keys |= {title: _drafted(story, db, title).id for title in (SEASON, SQUARE, GLOW, DRAW, QUIET)}
    with story.days_ago(58), story.chapter() as db:
        _handed(story, db)
    with story.days_ago(55), story.chapter() as db:
        _developed(story, db)
    with story.days_ago(54), story.chapter() as db:
        _called(story, db)
    with story.days_ago(52), story.chapter() as db:
        _answered(story, db)
    with story.days_ago(30), story.chapter() as db:
        actions.let_go(db, story.actor(db, "priya"), _case(story, db, DRAW))


def case_behind(story: Story, db: Session, consortium: str) -> Skeleton | None:
    """The business case that a consortium of the story began with."""
    title = BEHIND.get(consortium)
    return _case(story, db, title) if title else None


def seated(story: Story, db: Session, player: str) -> Actor:
    """One of the cast with the card they hold in the rooms they were in."""
    return with_workshops(db, story.actor(db, player), "")


def _workshop(db: Session) -> Workshop:
    return db.exec(select(Workshop).where(Workshop.title == FIRST)).one()


def _case(story: Story, db: Session, title: str) -> Skeleton:
    return db.exec(select(Skeleton).where(Skeleton.id == story.keys[title])).one()


def _company(db: Session, house: str) -> Company:
    name = next((each.name for each in HOUSES if each.key == house), WALK_IN[1])
    return db.exec(select(Company).where(Company.workshop_id == _workshop(db).id, Company.name == name)).one()


def _belongs(story: Story, db: Session) -> None:
    """The host has asked by now: the workshop belongs to its challenge."""
    asked = db.exec(select(Challenge).where(Challenge.id == story.keys["amphitheatre"])).one()
    actions.describe(db, seated(story, db, "mikkel"), _workshop(db), challenge=asked)


def _drafted(story: Story, db: Session, title: str) -> Skeleton:
    return actions.draft(db, seated(story, db, "mikkel"), _workshop(db), seed=_seed(db, title))


def _seed(db: Session, title: str) -> Seed:
    """The theme with this title, or the companies whose strongest thread says these words."""
    wall = queries.wall(db, _workshop(db))
    theme: Theme | None = next((each for each in wall.themes if each.title == title), None)
    if theme is not None:
        return suggested.of_theme(theme, wall.by_theme[theme.id])
    return next(talk.seed for talk in suggested.talks(wall) if any(tie.why == title for tie in talk.ties))


def _handed(story: Story, db: Session) -> None:
    """Each case has an owner and a day; the season wants Nordlyd too."""
    mikkel, workshop = seated(story, db, "mikkel"), _workshop(db)
    owners = (
        (SEASON, "fjordlys", 21),
        (SQUARE, "haugen", 28),
        (GLOW, "kaiserlicht", 70),
        (QUIET, "sorlandet", 75),
    )
    for title, house, days in owners:
        case = _case(story, db, title)
        companies = queries.involved(db, case.id) + ([_company(db, "nordlyd")] if title == SEASON else [])
        ane = _card(db, workshop, seated(story, db, "ane")) if title == SEASON else None
        hands: dict[str, Any] = {"company": _company(db, house), "card": ane, "companies": companies}
        due = (now() + timedelta(days=days)).date()
        actions.hand_over(db, mikkel, case, workshop=workshop, due_on=due, **hands)


def _card(db: Session, workshop: Workshop, actor: Actor) -> Card:
    return db.exec(select(Card).where(Card.id == actor.cards[workshop.id])).one()


def _developed(story: Story, db: Session) -> None:
    season, glow = _case(story, db, SEASON), _case(story, db, GLOW)
    ane, katrin = seated(story, db, "ane"), seated(story, db, "katrin")
    _write(db, ane, season, OUTLINE, 1_840_000, 2_360_000)
    words = {
        "together": "Gewebte Segel gegen Wind und Regen, die von innen warm leuchten.",
        "problem": OUTLINE["risks"],
    }
    _write(db, katrin, glow, words, None, None)
    workshop = _workshop(db)
    for words_, house, days in (
        ("Measure the noise at the last row before we promise anything", "nordlyd", 10),
        ("Ask the library which weekends in March are free", "brightwater", 14),
        ("Borrow two rigs from the store in Tromsø", "fjordlys", 40),
    ):
        due = (now() + timedelta(days=days)).date()
        made = actions.undertake(
            db, ane, season, workshop=workshop, words=words_, company=_company(db, house), due_on=due
        )
        if days < 20:
            actions.tick_off(db, seated(story, db, "beth"), season, action=made)


def _write(
    db: Session, actor: Actor, case: Skeleton, said: dict[str, str], income: int | None, cost: int | None
) -> None:
    facts: dict[str, Any] = {
        "title": case.title,
        "said": said,
        "currency": "GBP",
        "income_minor": income,
        "cost_minor": cost,
    }
    actions.develop(db, actor, case, version=case.version, **facts)


def _called(story: Story, db: Session) -> None:
    """The season calls in the room, the glowing cloth in public."""
    season, glow = _case(story, db, SEASON), _case(story, db, GLOW)
    actions.call(
        db,
        seated(story, db, "ane"),
        season,
        title="Evenings in the amphitheatre that pay for its days",
        words="Two weekends in March to try it. We have light, sound, numbers and somebody who sells tickets. We lack "
        "shelter, and a place where things can stand overnight.",
        seeks=["Shelter from wind and rain that needs no foundation", "A dry place within ten minutes"],
        public=False,
    )
    actions.call(
        db,
        seated(story, db, "katrin"),
        glow,
        title="Cloth that glows",
        words="Woven screens against wind and rain that give warm light from within. We look for a first place, and "
        "for somebody who knows how cloth is made safe in public.",
        seeks=["A square or a waiting place for a first trial", "Somebody who tests cloth against fire"],
        public=True,
    )


def _answered(story: Story, db: Session) -> None:
    """Joan has no account and says it by her card; others choose who sees it."""
    joan = with_workshops(db, NOBODY_YET, "a walk-in")
    _says(
        story,
        db,
        joan,
        SEASON,
        [Brings.EQUIPMENT],
        "Woven screens against wind and rain",
        Audience.INTERESTED,
    )
    sam = seated(story, db, "sam")
    _says(
        story,
        db,
        sam,
        SEASON,
        [Brings.PLACE, Brings.PEOPLE],
        "A workshop by the canal, dry, empty on weekdays",
        Audience.EVERYONE,
    )
    eli = seated(story, db, "eli")
    _says(story, db, eli, GLOW, [Brings.KNOW_HOW], "Frames that fold flat by night", Audience.INTERESTED)


def _says(
    story: Story, db: Session, actor: Actor, title: str, ticks: list[Brings], brings: str, shown: Audience
) -> None:
    call = queries.call_of(db, story.keys[title])
    if call is None:
        raise LookupError(f"{title} has no call")
    facts: dict[str, Any] = {"organisation": None, "ticks": ticks, "brings": brings, "seeks": ""}
    actions.interest(db, actor, call, shown=shown, **facts)
