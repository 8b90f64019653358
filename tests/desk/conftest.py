"""What the desk's tests share: the team of the story, a worker, the letters."""

import pytest
from sqlmodel import select

from crosslab.consortia.tables import Consortium
from crosslab.core.mail import Letter


@pytest.fixture
def team(db, world):
    """Amphi Nights: Fjordlys leads, Tinker & Tap, Nordlyd and Brightwater are in."""
    return db.exec(select(Consortium).where(Consortium.slug == "amphi-nights")).one()


@pytest.fixture
def letters(db):
    """`letters()`: everything that was written, as (to, subject, text)."""

    def found(to: str = ""):
        rows = db.exec(select(Letter)).all()
        return [(row.to, row.subject, row.text) for row in rows if not to or row.to == to]

    return found
