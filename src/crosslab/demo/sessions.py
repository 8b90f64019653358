"""A firm that opened its own trainings: a series with a date that is over, one that is full, one with places."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from crosslab.core.actor import NOBODY_YET, Actor
from crosslab.core.clock import now
from crosslab.people.tables import Person
from crosslab.people.tokens import new_token
from crosslab.sessions import actions
from crosslab.sessions.forms import CONSENT
from crosslab.sessions.letters import new_key
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import OpenSession, Registration, Series
from crosslab.sessions.voices.wordings import Terms
from crosslab.workshops.tables import Presence

from .session_guests import ABOUT, FULL, GUESTS, LATER, LIGHT, OVER, SERIES, SOUND, Guest
from .story import Story, person_id

OSLO = ZoneInfo("Europe/Oslo")
PLACE = "Fjordlys AS, Strandgaten 18, Bergen"
ACCESS = "The workshop is on street level; a lift goes to the gallery. A hearing loop is in the front rows."


def tell(story: Story) -> None:
    """Two months ago the firm began; three weeks ago it met; the next date is full, the one after has places."""
    with story.days_ago(64), story.chapter() as db:
        series = _began(story, db)
        first = _planned(story, db, series, OVER, days=42)
        _registered(story, db, first, GUESTS[:6])
    with story.days_ago(22, 17), story.chapter() as db:
        _took_place(story, db)
    with story.days_ago(12), story.chapter() as db:
        _next_dates(story, db)
    with story.days_ago(5), story.chapter() as db:
        _registered(story, db, _session(db, FULL), GUESTS)
        _registered(story, db, _session(db, LATER), GUESTS[4:9])
    with story.days_ago(1, 20), story.chapter() as db:
        _one_left(db, _session(db, FULL))


def _began(story: Story, db: Session) -> Series:
    return actions.start_series(
        db, story.actor(db, "ane"), story.programme(db), organisation=story.house(db, "fjordlys"), **SERIES
    )


def _planned(
    story: Story,
    db: Session,
    series: Series | None,
    title: str,
    days: int,
    house: str = "fjordlys",
    **facts: Any,
) -> OpenSession:
    """Planned and published by its host for so many days later, at five in the afternoon in Oslo."""
    host = {"fjordlys": "ane", "nordlyd": "ingrid"}[house]
    starts = _at_five(days)
    given = {
        "address": PLACE, "access": ACCESS, "lead": LIGHT[title], "about": ABOUT, "capacity": 8,
        "online": "https://meet.fjordlys.example/open-evening", **facts,
    }  # fmt: skip
    made = actions.plan(
        db, story.actor(db, host), story.programme(db), organisation=story.house(db, house), series=series,
        title=title, starts_at=starts, ends_at=starts + timedelta(hours=2), zone="Europe/Oslo", **given,
    )  # fmt: skip
    terms, news = Terms.SHARED if title == OVER else Terms.YOURS, title == FULL
    actions.set_terms(db, story.actor(db, host), made, terms=terms, shows_new=news, warned=news)
    actions.publish(db, story.actor(db, host), made)
    return made


def _at_five(days: int) -> datetime:
    day = (now().astimezone(OSLO) + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, 17, tzinfo=OSLO)


def _session(db: Session, title: str) -> OpenSession:
    return db.exec(select(OpenSession).where(OpenSession.title == title)).one()


def _next_dates(story: Story, db: Session) -> None:
    """Two further evenings of the series, and one of a neighbour for as many as come."""
    series = db.exec(select(Series)).one()
    _planned(story, db, series, FULL, days=21)
    made = _planned(story, db, series, LATER, days=35, capacity=12)
    lars = db.exec(select(Person).where(Person.id == person_id(db, "lars"))).one()
    actions.appoint(db, story.actor(db, "ane"), made, person=lars)
    _planned(
        story, db, None, SOUND, days=28, house="nordlyd", capacity=None, language="nb",
        address="Nordlyd AS, Fjordgata 9, Trondheim", access="Inngang fra gaten uten trinn.", about="",
    )  # fmt: skip


def _registered(story: Story, db: Session, session: OpenSession, guests: tuple[Guest, ...]) -> None:
    """They register one after the other; whoever comes too late waits."""
    for guest in guests:
        actor = story.actor(db, guest.player) if guest.player else NOBODY_YET
        made = actions.register(
            db, actor, session, name=guest.name, email=guest.email, company=guest.company, access=guest.access,
            listed=guest.listed, language=guest.language, token=new_token(),
            consents={CONSENT: now().isoformat()},
        )  # fmt: skip
        if made.proven_at is None and guest.opens:
            actions.confirm(db, _oneself(db, made), made, session=session)


def _oneself(db: Session, registration: Registration) -> Actor:
    """Whoever opened the link in their letter."""
    return with_sessions(db, NOBODY_YET, new_key(db, registration))


def _one_left(db: Session, session: OpenSession) -> None:
    """Somebody gives up a place, and the first of the queue is asked."""
    leaves = db.exec(
        select(Registration).where(Registration.session_id == session.id, Registration.name == "Tor")
    ).one()
    actions.leave(db, _oneself(db, leaves), leaves, session=session)


def _took_place(story: Story, db: Session) -> None:
    """The evening that is over: who came, who came late, who did not."""
    ane, session = story.actor(db, "ane"), _session(db, OVER)
    actions.begin(db, ane, session)
    rows = db.exec(select(Registration).where(Registration.session_id == session.id)).all()
    came = (Presence.HERE, Presence.HERE, Presence.LATE, Presence.HERE, Presence.HERE, Presence.ABSENT)
    for one, presence in zip(rows, came, strict=False):
        actions.mark(db, ane, one, session=session, presence=presence)
    phone = {"token": new_token(), "email": "margit@olsen.example", "language": "no"}
    actions.come_in(db, NOBODY_YET, session, name="Margit", **phone)
    actions.seat(db, ane, session, name="A neighbour", company="From across the street")
    actions.finish(db, ane, session)
