"""A consortium of four, a rival, and an application that is as complete as a test needs it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from sqlmodel import Session, select

from crosslab.challenges.tables import Challenge
from crosslab.consortia.seats import with_consortia
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.demo.world import World, world_in
from crosslab.funding import actions, queries
from crosslab.funding.catalogue import catalogue
from crosslab.funding.sums import Cost
from crosslab.funding.tables import Application
from crosslab.people.queries import actor_for
from crosslab.rules import ChallengeState, MembershipState

PARTNERS = {"fjordlys": "ane", "tinker": "tom", "nordlyd": "ingrid", "brightwater": "beth"}


@dataclass
class Team:
    """Lantern Walk: Fjordlys leads, Tinker, Nordlyd and Brightwater take part; Rheinbild leads the rival."""

    db: Session
    world: World
    consortium: Consortium
    rival: Consortium

    def __getattr__(self, key: str) -> Actor:
        found = self.world.people[key]
        return with_consortia(self.db, actor_for(self.db, found.person_id))

    def start(self, scheme: str = "eurostars-3", **facts) -> Application:
        found = catalogue().get(scheme)
        given = {"title": "Lantern Walk", "starts_on": date(2027, 5, 1), **facts}
        return actions.start(self.db, self.ane, self.consortium, scheme=found, **given)

    def write_all(self, application: Application) -> None:
        for section in queries.sections(self.db, application):
            actions.write(
                self.db, self.ane, application, section, text=f"About {section.key}.", version=section.version
            )

    def budget(self, application: Application, house: str, *lines: Cost, rate=Fraction(1, 2), **more) -> None:
        sheet = self.sheet(application, house).budget
        who = getattr(self, PARTNERS[house])
        actions.budget(self.db, who, application, sheet, lines=lines, rate=rate, **more)

    def sheet(self, application: Application, house: str):
        return queries.whole(self.db, application).sheet_of(self.world.houses[house].id)

    def complete(self, **facts) -> Application:
        """Everything written and reckoned, and the partners asked to sign."""
        application = self.start(**facts)
        self.write_all(application)
        for n, house in enumerate(PARTNERS, 1):
            self.budget(application, house, Cost("staff", 1, "Two people", n * 10_000_01))
        actions.fix(self.db, self.ane, application)
        return application

    def sign(self, application: Application, *houses: str) -> None:
        for house in houses or PARTNERS:
            digest = queries.whole(self.db, application).digest
            who = getattr(self, PARTNERS[house])
            actions.sign(self.db, who, application, self.sheet(application, house).budget, digest=digest)


def build(db: Session) -> Team:
    """The team in any copy of the world."""
    world = world_in(db)
    asks = Challenge(
        no="HIP-T9",
        organisation_id=world.houses["library"].id,
        programme_id=world.programme.id,
        state=ChallengeState.CALLED,
        question="How could lanterns lead people through the old town?",
    )
    db.add(asks)
    db.flush()
    made = _consortium(db, world, asks, "Lantern Walk", list(PARTNERS))
    rival = _consortium(db, world, asks, "Far Shore", ["rheinbild"])
    db.commit()
    return Team(db, world, made, rival)


def _consortium(db: Session, world: World, asks: Challenge, name: str, houses: list[str]) -> Consortium:
    slug = name.lower().replace(" ", "-")
    lead = world.houses[houses[0]].id
    told = {"challenge_id": asks.id, "programme_id": world.programme.id, "name": name, "slug": slug}
    made = Consortium(ref=f"T-{slug}"[:20], lead_id=lead, **told)
    db.add(made)
    db.flush()
    for house in houses:
        active = {"state": MembershipState.ACTIVE, "task": f"What {house} does"}
        seat = Membership(consortium_id=made.id, organisation_id=world.houses[house].id, **active)
        db.add(seat)
    db.flush()
    return made


@pytest.fixture
def team(db: Session) -> Team:
    """Lantern Walk, its partners and its rival."""
    return build(db)


@pytest.fixture
def events(db: Session):
    """The verbs that were done to a thing, in order."""
    from crosslab.core.events import Event

    return lambda thing: list(
        db.exec(select(Event.verb).where(Event.thing_id == thing.id).order_by(Event.at, Event.id))
    )
