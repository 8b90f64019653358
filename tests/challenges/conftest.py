"""What the tests of challenges have at hand: the challenges of the story, and pictures to send."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image
from sqlmodel import select

from crosslab.challenges.tables import Challenge

SHORT = {
    "How could our amphitheatre earn its keep?": "amphitheatre",
    "Who will look at 4,200 drawings?": "drawings",
    "Kan et venterom være rolig?": "waiting",
    "Wie wird ein Lesesaal ohne Gas warm?": "reading",
    "How do you hold a coin nobody may touch?": "coins",
}


@pytest.fixture
def asked(db, world):
    """`asked.amphitheatre`: the challenges of the story, one in each state."""
    return SimpleNamespace(**{SHORT[each.question]: each for each in db.exec(select(Challenge)).all()})


def a_picture(width=800, height=600, kind="PNG"):
    """A picture of that size."""
    out = BytesIO()
    Image.new("RGB", (width, height), "#245663").save(out, kind)
    return out.getvalue()


def last_event(db, thing):
    """The newest event about a thing."""
    from crosslab.core.events import Event

    found = db.exec(select(Event).where(Event.thing_id == thing.id).order_by(Event.id.desc())).first()
    return found.verb if found else None
