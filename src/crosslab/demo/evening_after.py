"""What an open evening led to: slides to take along, a voice in a business case, a consortium, another who presents."""

import typst
from sqlmodel import Session, select

from crosslab.challenges import documents
from crosslab.consortia import actions as consortia
from crosslab.sessions import actions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices.leads import Lead
from crosslab.sessions.voices.tables import Voice
from crosslab.workshops.skeletons.tables import Skeleton

from .consortia import consortium
from .session_guests import LATER, OVER
from .skeletons import SEASON, seated
from .story import Story

SLIDES = b"""#set page("presentation-16-9", margin: 3em)
#set text(lang: "en", size: 26pt)
#set document(title: "What a lamp does to a square")
= What a lamp does to a square
Four metres instead of six: people stay longer, and nobody complains of glare.

Two squares in Bergen, one autumn. The colour is 2200 kelvin.
"""


def tell(story: Story) -> None:
    """The slides went up the day after the summary; two weeks later one who was there builds for a consortium."""
    with story.days_ago(19, 9), story.chapter() as db:
        _slides(story, db)
    with story.days_ago(14, 9), story.chapter() as db:
        _brought_in(story, db)
    with story.days_ago(8, 9), story.chapter() as db:
        _came_to_a_consortium(story, db)
    with story.days_ago(6, 9), story.chapter() as db:
        _presents(story, db)


def _session(db: Session, title: str) -> OpenSession:
    return db.exec(select(OpenSession).where(OpenSession.title == title)).one()


def _slides(story: Story, db: Session) -> None:
    made = typst.compile(SLIDES, format="pdf", ignore_system_fonts=True, timestamp=0)
    paper = documents.prepare("lamp.pdf", bytes(made))
    actions.attach(
        db, story.actor(db, "ane"), _session(db, OVER), files=story.door.files, paper=paper,
        title="What a lamp does to a square, slides", licence="cc-by-4.0",
    )  # fmt: skip


def _brought_in(story: Story, db: Session) -> None:
    """The harbour's four metres belong into the case of the season."""
    voice = db.exec(select(Voice).where(Voice.key == "evening-masts")).one()
    case = db.exec(select(Skeleton).where(Skeleton.id == story.keys[SEASON])).one()
    actions.bring_in(db, seated(story, db, "ane"), voice, case=case)


def _came_to_a_consortium(story: Story, db: Session) -> None:
    lead = db.exec(select(Lead).where(Lead.name == "Rune Berge")).one()
    team = consortium(story, db, "amphi nights")
    consortia.trace(db, story.actor(db, "ane"), lead, consortium=team, of="Builds the rigs of the season")


def _presents(story: Story, db: Session) -> None:
    """The neighbour presents on the evening after next; a firm from Cologne has not answered yet."""
    session, ane = _session(db, LATER), story.actor(db, "ane")
    nordlyd, rheinbild = (story.house(db, key) for key in ("nordlyd", "rheinbild"))
    asked = actions.ask_presenter(db, ane, session, organisation=nordlyd)
    actions.agree_presenting(db, story.actor(db, "ingrid"), asked, session=session)
    actions.ask_presenter(db, ane, session, organisation=rheinbild)
