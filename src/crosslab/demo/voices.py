"""What was said on the firm's open evenings: questions, experiences, an error, ideas; and what came of it."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from crosslab.core.actor import NOBODY_YET, Actor
from crosslab.core.clock import now
from crosslab.people.tables import Person
from crosslab.sessions import actions
from crosslab.sessions.letters import new_key
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import OpenSession, Registration
from crosslab.sessions.voices import inbox
from crosslab.sessions.voices.leads import Lead, Outcome
from crosslab.sessions.voices.tables import Voice
from crosslab.sessions.voices.wordings import CONSENT, CONSENTS, KEPT

from .evening import ANSWERS, COMING, RATED, SAID, SUPPORT, WISHES
from .session_guests import FULL, OVER
from .story import Story, person_id


def tell(story: Story) -> None:
    """Said on the evening, answered the next day, summed up two days later; the next evening is asked already."""
    with story.days_ago(22, 18), story.chapter() as db:
        _said(db)
        _wished(story, db)
    with story.days_ago(21, 9), story.chapter() as db:
        _answered(story, db)
    with story.days_ago(20, 9), story.chapter() as db:
        _summed_up(story, db)
    with story.days_ago(15, 9), story.chapter() as db:
        _worked_with(story, db)
    with story.days_ago(3, 9), story.chapter() as db:
        _asked_ahead(db)


def _session(db: Session, title: str) -> OpenSession:
    return db.exec(select(OpenSession).where(OpenSession.title == title)).one()


def _guest(db: Session, session: OpenSession, name: str) -> Actor:
    """Whoever opened the link in their letter."""
    wanted = select(Registration).where(Registration.session_id == session.id, Registration.name == name)
    return with_sessions(db, NOBODY_YET, new_key(db, db.exec(wanted).one()))


def _voice(db: Session, key: str) -> Voice:
    return db.exec(select(Voice).where(Voice.key == f"evening-{key}")).one()


def _said(db: Session) -> None:
    session = _session(db, OVER)
    for key, name, kind, named, language, text in SAID:
        actions.say(
            db, _guest(db, session, name), session, kind=kind, text=text, key=f"evening-{key}", named=named,
            agrees=True, warned=True, language=language,
        )  # fmt: skip
    for key, names in SUPPORT.items():
        for name in names:
            actions.support(db, _guest(db, session, name), _voice(db, key), session=session)


def _answered(story: Story, db: Session) -> None:
    """Two are one, one is no experience, three are answered, and an idea goes on to a challenge."""
    ane = story.actor(db, "ane")
    actions.group(db, ane, _voice(db, "cold"), into=_voice(db, "battery"))
    actions.hide(
        db, ane, _voice(db, "advert"), reason="An advertisement. What you have done yourself is welcome."
    )
    for key, text in ANSWERS.items():
        actions.answer(db, ane, _voice(db, key), text=text)
    actions.mark_answered(db, ane, _voice(db, "daylight"))
    challenge = inbox.open_challenges(db, ane)[-1]
    actions.hand_on(db, ane, _voice(db, "bench"), challenge=challenge, asks=False)


def _summed_up(story: Story, db: Session) -> None:
    ane, session = story.actor(db, "ane"), _session(db, OVER)
    words = "You found an error, told us of four metres, and left with fewer answers than we had hoped. Come again."
    slides = "https://fjordlys.example/open-evening/what-a-lamp-does.pdf"
    actions.prepare(db, ane, session, words=words, slides=slides, licence="cc-by-4.0")
    actions.sum_up(db, ane, session)
    for name, worth, took, otherwise in RATED:
        actions.rate(db, _guest(db, session, name), session, worth=worth, took=took, otherwise=otherwise)


def _wished(story: Story, db: Session) -> None:
    """Five leave their address with the firm."""
    session, house = _session(db, OVER), story.house(db, "fjordlys")
    agreed = CONSENTS[CONSENT].format(organisation=house.name, day=f"{now() + KEPT:%-d %b %Y}")
    for name, email, intent, words in WISHES:
        actions.leave_lead(
            db, _guest(db, session, name), session, organisation=house, intent=intent, name=name, email=email,
            words=words, agreed_to=agreed,
        )  # fmt: skip


def _worked_with(story: Story, db: Session) -> None:
    """The firm rings, notes and plans; one took it back; one became a customer, one follows a challenge."""
    ane, lars = story.actor(db, "ane"), story.actor(db, "lars")
    engineer = db.exec(select(Person).where(Person.id == person_id(db, "lars"))).one()
    sam, margit, tor, katrin = (
        _lead(db, name) for name in ("Sam Locke", "Margit Olsen", "Tor", "Katrin Sommer")
    )
    actions.talk(db, lars, sam)
    actions.note_lead(
        db, lars, sam, text="Rang on Monday. The lock belongs to the trust; they ask them in March."
    )
    step: dict[str, Any] = {
        "next_step": "Send the drawings of the small rig",
        "next_on": (now() + timedelta(days=18)).date(),
    }
    actions.plan_lead(db, lars, sam, assignee=engineer, **step)
    actions.become(db, ane, margit, became=Outcome.CUSTOMER, of="Two lamps, delivered in week 46")
    actions.withdraw_lead(db, NOBODY_YET, tor)
    actions.become(db, ane, katrin, became=Outcome.FOLLOWER, challenge=inbox.open_challenges(db, ane)[-1])


def _lead(db: Session, name: str) -> Lead:
    return db.exec(select(Lead).where(Lead.name == name)).one()


def _asked_ahead(db: Session) -> None:
    """The next evening is full, and what people want to know stands on its page already."""
    session = _session(db, FULL)
    for n, (name, kind, text) in enumerate(COMING):
        actions.say(
            db, _guest(db, session, name), session, kind=kind, text=text, key=f"ahead-no-{n}", named=True, agrees=True
        )  # fmt: skip
    actions.support(
        db, _guest(db, session, "Sam Locke"),
        db.exec(select(Voice).where(Voice.key == "ahead-no-2")).one(), session=session,
    )  # fmt: skip
