"""A session like another: the same words at another time. Places and people are not copied."""

from datetime import datetime

from sqlmodel import Session

from crosslab.people.tokens import new_token
from crosslab.workshops.codes import new_code
from crosslab.workshops.numbers import next_no

from .tables import OpenSession

COPIED = (
    *("programme_id", "organisation_id", "challenge_id", "series_id", "title", "lead", "about", "language"),
    *("zone", "address", "access", "online", "capacity", "listed"),
)


def like(db: Session, session: OpenSession, starts_at: datetime) -> OpenSession:
    """A session of the same words at another time; registration closes as long before it as it did."""
    closes = session.closes_at and starts_at - (session.starts_at - session.closes_at)
    return OpenSession(
        **{name: getattr(session, name) for name in COPIED},
        no=next_no(db, starts_at.year),
        slug=session.slug,
        starts_at=starts_at,
        ends_at=starts_at + (session.ends_at - session.starts_at),
        closes_at=closes,
        code=new_code(),
        invite=new_token()[:24],
    )
