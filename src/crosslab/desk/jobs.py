"""What the desk does by itself: letters about what happened, a digest a day, and sweeping up."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from crosslab.consortia.seats import with_consortia
from crosslab.core.clock import now
from crosslab.core.events import Event
from crosslab.core.jobs import Job
from crosslab.core.mail import post
from crosslab.ledger.tables import Blob, BlobUse
from crosslab.people.queries import actor_for
from crosslab.people.tables import Person
from crosslab.rules import RULES
from crosslab.web.tables import Sent

from .hearers import hearers
from .queries import inbox
from .tables import ReadUntil

MOST_LINES = 20
LATE = timedelta(days=2)


def tell(db: Session, event_id: str) -> None:
    """Write at once to those who are told of an event that concerns them directly, unless it is old news."""
    event = db.exec(select(Event).where(Event.id == UUID(event_id))).one()
    if event.at < now() - LATE:
        return
    for person in hearers(db, event):
        if person.digest != "never":
            post(
                db,
                person.email,
                person.language,
                "notice",
                log=RULES[event.verb].log,
                told=event.facts,
                url=f"/notices/{event.id}",
            )


def digest(db: Session) -> None:
    """Once a day: what is new to each person who wants to know. Never an empty letter, never twice the same."""
    newest = db.exec(select(func.max(Event.id))).one()
    for person in db.exec(select(Person).where(Person.digest == "daily")).all():
        mark = db.exec(select(ReadUntil).where(ReadUntil.person_id == person.id)).first()
        mark = mark or ReadUntil(person_id=person.id, event_id=UUID(int=0))
        actor = with_consortia(db, actor_for(db, person.id))
        since = mark.mailed_id or UUID(int=0)
        fresh = [each for each in inbox(db, actor, size=MOST_LINES).rows if each.new and each.id > since]
        if fresh:
            lines = [{"log": each.log, "told": each.facts} for each in fresh]
            post(db, person.email, person.language, "digest", lines=lines, url="/inbox")
        mark.mailed_id = newest
        db.add(mark)


def sweep(db: Session) -> None:
    """Forget forms sent more than a day ago, done jobs of last month, and sealed files no version names."""
    a_day, a_month = now() - timedelta(days=1), now() - timedelta(days=30)
    db.execute(delete(Sent).where(col(Sent.at) < a_day))
    db.execute(delete(Job).where(col(Job.done_at) < a_month))
    unused = col(Blob.sha256).not_in(select(BlobUse.sha256))
    db.execute(delete(Blob).where(unused, col(Blob.stored_at) < a_day))
