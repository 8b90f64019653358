"""Second chapter: five houses ask. One is deep in its story, one has just begun, one is over, two are unseen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import typst
from sqlmodel import Session

from crosslab.challenges import actions, documents, pictures
from crosslab.challenges.brief import Step
from crosslab.challenges.tables import Audience, Challenge
from crosslab.core.clock import now

from . import briefs
from .briefs import Brief
from .pictures import amphitheatre, sheets
from .story import Story
from .talk import ANSWERS, INTERESTS, QUESTIONS, UPDATES

FOLLOWERS = ("ane", "lars", "tom", "ingrid", "katrin", "mikkel", "beth")
Draw = Callable[[], bytes]


def tell(story: Story) -> None:
    """Eighty days ago the library asked its question; the others followed, each in its own language."""
    _published(story, 80, "amphitheatre", ("library", "helen"), briefs.AMPHITHEATRE, amphitheatre)
    _published(story, 60, "waiting room", ("ward", "marit"), briefs.WAITING_ROOM)
    _published(story, 12, "drawings", ("library", "helen"), briefs.DRAWINGS, sheets)
    _talked_about(story)
    _called(story)
    _in_review(story)
    _half_written(story)


def challenge(story: Story, db: Session, key: str) -> Challenge:
    """One of the challenges of the story, by the key under which this chapter keeps its id."""
    return db.get_one(Challenge, story.keys[key])


def _published(
    story: Story, days: float, key: str, by: tuple[str, str], brief: Brief, draw: Draw | None = None
) -> None:
    with story.days_ago(days + 3), story.chapter() as db:
        made = _written(story, db, by, brief, draw)
        story.keys[key] = made.id
        actions.submit(db, story.actor(db, by[1]), made)
    with story.days_ago(days, hour=9), story.chapter() as db:
        actions.publish(db, story.actor(db, "priya"), challenge(story, db, key))


def _written(story: Story, db: Session, by: tuple[str, str], brief: Brief, draw: Draw | None) -> Challenge:
    house, author = story.house(db, by[0]), story.actor(db, by[1])
    made = actions.draft(db, author, house, programme=story.programme(db), language=brief.language)
    for step, told in {**brief.steps, **_dated(story, brief)}.items():
        if step is not Step.PICTURE:
            actions.edit(db, author, made, step=step, opened=now(), told=told)
    if draw:
        ready, files, told = pictures.prepare(draw()), story.door.files, brief.steps[Step.PICTURE]
        actions.picture(db, author, made, files=files, made=ready, opened=now(), told=told)
    return made


def _dated(story: Story, brief: Brief) -> dict[Step, dict[str, object]]:
    """The step with the dates, at five in the afternoon of the house's own zone."""
    if not brief.days:
        return {}
    begins = story.begins.astimezone(ZoneInfo(brief.zone)).replace(hour=17, minute=0, second=0, microsecond=0)
    names = ("workshop_at", "closes_at", "develop_until", "decides_at")
    dates: dict[str, datetime | None] = {
        name: begins + timedelta(days=brief.days[name]) if name in brief.days else None for name in names
    }
    return {Step.DATES: {"zone": brief.zone, **dates}}


def _talked_about(story: Story) -> None:
    for days, who, text in QUESTIONS:
        with story.days_ago(days), story.chapter() as db:
            asked = actions.ask(db, story.actor(db, who), challenge(story, db, "amphitheatre"), text=text)
            if text in ANSWERS:
                helen = story.actor(db, "helen")
                found = challenge(story, db, "amphitheatre")
                actions.answer(db, helen, found, question=asked, text=ANSWERS[text])
    with story.days_ago(70), story.chapter() as db:
        for who in FOLLOWERS:
            actions.follow(db, story.actor(db, who), challenge(story, db, "amphitheatre"))
        _documents(story, db)
    for days, title, text in UPDATES:
        with story.days_ago(days), story.chapter() as db:
            omar = story.actor(db, "omar")
            actions.tell(db, omar, challenge(story, db, "amphitheatre"), title=title, text=text)


def _documents(story: Story, db: Session) -> None:
    omar, found, files = story.actor(db, "omar"), challenge(story, db, "amphitheatre"), story.door.files
    for title, name, content in (
        ("Site constraints", "constraints.pdf", typst.compile(CONSTRAINTS.encode())),
        ("Footfall by month", "footfall.csv", FOOTFALL.encode()),
    ):
        paper = documents.prepare(name, bytes(content))
        actions.attach(db, omar, found, files=files, paper=paper, title=title, language="en")


def _called(story: Story) -> None:
    with story.days_ago(36), story.chapter() as db:
        actions.call(
            db, story.actor(db, "helen"), challenge(story, db, "amphitheatre"),
            text="The workshop is over and sixteen links were found. Now find each other: form a consortium, agree "
            "on a charter, and tell us by the deadline what you would try in March.",
            minimum="Two firms from different sectors, one of them new to heritage. At least one within walking "
            "distance of the square.",
            roles=["Somebody who knows the neighbours", "Sound that stops at the last row", "A price for a season"],
            choice="We read every pitch, meet three consortia on site, and develop with up to two.",
        )  # fmt: skip
    for days, who, house, key, brings, seeks, shown in INTERESTS:
        with story.days_ago(days), story.chapter() as db:
            actions.interest(
                db, story.actor(db, who), challenge(story, db, key), organisation=story.house(db, house),
                brings=brings, seeks=seeks, shown=Audience(shown),
            )  # fmt: skip


def close(story: Story) -> None:
    """Four days ago the ward closed its challenge; by then its consortium had formed."""
    with story.days_ago(4), story.chapter() as db:
        marit, found = story.actor(db, "marit"), challenge(story, db, "waiting room")
        actions.close(db, marit, found, reason="Fristen er ute. Vi utvikler videre med ett konsortium.")


def _in_review(story: Story) -> None:
    with story.days_ago(6), story.chapter() as db:
        made = _written(story, db, ("archive", "karl"), briefs.READING_ROOM, None)
        story.keys["reading room"] = made.id
        actions.submit(db, story.actor(db, "karl"), made)
    with story.days_ago(2), story.chapter() as db:
        priya, found = story.actor(db, "priya"), challenge(story, db, "reading room")
        for step, text in (
            (Step.ASKS, "Could you say how cold a side room may become in the trial winter?"),
            (Step.BRINGS, "Is the data free to use for firms outside Germany?"),
        ):
            actions.comment(db, priya, found, step=step, text=text)


def _half_written(story: Story) -> None:
    with story.days_ago(1), story.chapter() as db:
        story.keys["coins"] = _written(story, db, ("museum", "grace"), briefs.COINS, None).id


CONSTRAINTS = """
#set document(title: "Site constraints")
#set text(lang: "en", size: 11pt)
#set page(margin: 25mm)
= Site constraints
The wall on the north side is listed. Nothing is fixed to it, leaned against it or lit from it.

== Loads
The seats carry 5 kN per square metre. The stage carries 7.5 kN. No vehicles beyond the paved court.

== Sound
Not more than 72 dB(A) at the nearest window, and silence after 21:00.

== Ways
The way from the tram stops to the library stays open at all times, at least 3 m wide and without steps.
"""
FOOTFALL = "month,people_counted\n2026-01,41210\n2026-02,39875\n2026-03,48102\n2026-04,55640\n2026-05,61377\n"
