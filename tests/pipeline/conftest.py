"""The cards of the story, by the name of the consortium."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from crosslab.core.events import Event
from crosslab.pipeline.tables import Card


@pytest.fixture
def card(db: Session) -> Callable[[str], Card]:
    """`card("Amphi Nights")`"""
    return lambda name: db.exec(select(Card).where(Card.name == name)).one()


@pytest.fixture
def last(db: Session) -> Callable[[], Event]:
    """What happened last."""
    return lambda: db.exec(select(Event).order_by(Event.id.desc())).first()
