"""What the tests of open sessions have at hand: a host, a session that is published, and people who register."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from crosslab.core import clock
from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.jobs import Job
from crosslab.people.tables import Organisation
from crosslab.people.tokens import new_token
from crosslab.sessions import actions
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import Registration
from crosslab.sessions.voices.tables import VoiceKind
from crosslab.sessions.voices.wordings import Terms


class Hall:
    """A session of Fjordlys, planned by its owner, and whoever comes."""

    def __init__(self, db, host, programme, **facts):
        self.db, self.host, self.programme = db, host, programme
        self.house = db.exec(select(Organisation).where(Organisation.name == "Fjordlys AS")).one()
        begins = now() + timedelta(days=10)
        given = {"title": "How to hang a lamp", "starts_at": begins, "ends_at": begins + timedelta(hours=2)}
        self.session = actions.plan(db, host, programme, organisation=self.house, **{**given, **facts})

    def published(self):
        """People can register."""
        self.has_terms()
        actions.publish(self.db, self.host, self.session)
        return self

    def has_terms(self, **facts):
        """Its host has said who may use what visitors suggest."""
        given = {"terms": Terms.YOURS, "shows_new": False, "warned": False, **facts}
        actions.set_terms(self.db, self.host, self.session, **given)
        return self

    def registers(self, name, **facts):
        """Somebody without an account types an address; nobody knows yet that it is theirs."""
        email = facts.pop("email", f"{name.lower()}@example.org")
        return actions.register(
            self.db, NOBODY_YET, self.session, name=name, email=email, token=new_token(), **facts
        )

    def comes(self, name, **facts):
        """Somebody registers and opens the link: what they are from then on."""
        one = self.registers(name, **facts)
        oneself = self.opens(one)
        actions.confirm(self.db, oneself, one, session=self.session)
        return self.opens(one)

    def opens(self, registration):
        """Whoever opens the newest link that went to them."""
        return with_sessions(self.db, NOBODY_YET, self.link(registration))

    def link(self, registration):
        """The token in the newest letter to somebody."""
        return re.search(r"/r/([\w-]+)", self.letters(registration)[-1].facts["facts"]["mine"]).group(1)

    def letters(self, registration=None, kind=None):
        """The letters that wait, the oldest first."""
        found = self.db.exec(select(Job).where(Job.name == "mail.send").order_by(col(Job.id))).all()
        return [
            job
            for job in found
            if job.facts
            and job.facts["letter"].startswith("session_")
            and (registration is None or job.facts["to"] == registration.email)
            and (kind is None or job.facts["letter"] == kind)
        ]

    def summaries(self):
        """The summaries in the queue: to whom, in which language, with what."""
        found = self.letters(kind="session_summary")
        return [job.facts for job in found if job.facts["facts"]["no"] == self.session.no]

    def of(self, name):
        """The registration of somebody, as it is now."""
        wanted = select(Registration).where(
            Registration.session_id == self.session.id, Registration.name == name
        )
        return self.db.exec(wanted).one()

    def states(self):
        """Who stands where, in the order they registered."""
        rows = select(Registration).where(Registration.session_id == self.session.id)
        return {
            each.name: str(each.state) for each in self.db.exec(rows.order_by(col(Registration.nth))).all()
        }


@pytest.fixture
def planned(db, world):
    """A session that is planned, for three."""
    return Hall(db, world.ane, world.programme, capacity=3)


@pytest.fixture
def hall(planned):
    """A session that is published, for three."""
    return planned.published()


@pytest.fixture
def field(db, world):
    """A session that is published, for as many as come."""
    return Hall(db, world.ane, world.programme).published()


@pytest.fixture
def later():
    """Let it be later: `with later(hours=3): …`."""
    return lambda **much: clock.at(now() + timedelta(**much))


@pytest.fixture
def over(field, later):
    """A session that is over; Liv asked something that was answered, Tom was silent, Kim waits unproven."""
    liv, _ = field.comes("Liv", language="no"), field.comes("Tom")
    field.registers("Kim")
    said = actions.say(
        field.db,
        liv,
        field.session,
        kind=VoiceKind.QUESTION,
        text="How heavy is it?",
        key="0123456789",
        agrees=True,
    )
    actions.answer(field.db, field.host, said, text="Four kilos.")
    with later(days=10, hours=3):
        actions.finish(field.db, field.host, field.session)
    return field
