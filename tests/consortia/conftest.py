"""The consortia of the story, by name."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from crosslab.challenges.tables import Challenge
from crosslab.consortia.queries import membership_in
from crosslab.consortia.seats import with_consortia
from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.actor import Actor
from crosslab.core.events import Event
from crosslab.demo.world import World
from crosslab.people.queries import actor_for
from crosslab.rules import ChallengeState


@pytest.fixture
def team(db: Session) -> Callable[[str], Consortium]:
    """`team("Open Square")`"""
    return lambda name: db.exec(select(Consortium).where(Consortium.name == name)).one()


@pytest.fixture
def place(db: Session, world: World) -> Callable[[Consortium, str], Membership]:
    """`place(square, "twolocks")`: where an organisation stands in a consortium."""

    def found(consortium: Consortium, house: str) -> Membership:
        row = membership_in(db, consortium.id, world.houses[house].id)
        assert row is not None
        return row

    return found


@pytest.fixture
def amphitheatre(db: Session) -> Challenge:
    """The challenge on which consortia form."""
    return db.exec(select(Challenge).where(Challenge.state == ChallengeState.CALLED)).first()


@pytest.fixture
def again(db: Session) -> Callable[[Actor], Actor]:
    """The same person with the seats they hold by now."""
    return lambda actor: with_consortia(db, actor_for(db, actor.person_id))


@pytest.fixture
def last(db: Session) -> Callable[[], Event]:
    """What happened last."""
    return lambda: db.exec(select(Event).order_by(Event.id.desc())).first()
