"""What the desk's tests share: the team of the story, a worker, the letters."""

import pytest
from sqlmodel import select

from crosslab.consortia.tables import Consortium
from crosslab.core.jobs import Job
from crosslab.core.mail import Letter
from crosslab.worker import Worker


@pytest.fixture
def team(db, world):
    """Amphi Nights: Fjordlys leads, Tinker & Tap, Nordlyd and Brightwater are in."""
    return db.exec(select(Consortium).where(Consortium.slug == "amphi-nights")).one()


@pytest.fixture
def worker(db, world, door):
    """The worker, after everything that the story left to do is done and its letters are thrown away."""
    for old in (*db.exec(select(Job)).all(), *db.exec(select(Letter)).all()):
        db.delete(old)
    db.commit()
    return Worker(door)


@pytest.fixture
def letters(db):
    """`letters()`: everything that was written, as (to, subject, text)."""

    def found(to: str = ""):
        rows = db.exec(select(Letter)).all()
        return [(row.to, row.subject, row.text) for row in rows if not to or row.to == to]

    return found
