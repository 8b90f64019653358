"""What the desk does by itself: letters about what happened, a digest a day, and sweeping up."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from crosslab.challenges.pictures import FOLDER, picture_of
from crosslab.challenges.tables import Challenge
from crosslab.consortia.seats import with_consortia
from crosslab.core.clock import now
from crosslab.core.events import Event
from crosslab.core.files import Files
from crosslab.core.jobs import Job
from crosslab.core.mail import post
from crosslab.ledger import log
from crosslab.ledger.store import KEPT, key
from crosslab.ledger.tables import Blob, BlobUse
from crosslab.people.queries import actor_for
from crosslab.people.tables import Person
from crosslab.rules import RULES
from crosslab.web.tables import Sent

from .hearers import hearers
from .queries import Notice, inbox, newest
from .tables import ReadUntil

MOST_LINES, MOST_READ = 20, 200
DAILY, WEEKLY = "daily", "weekly"
MONDAY = 0
LATE = timedelta(days=2)


def tell(db: Session, event_id: str) -> None:
    """Write at once to those who are told of an event that concerns them directly, unless it is old news."""
    event = db.exec(select(Event).where(Event.id == UUID(event_id))).one()
    if event.at < now() - LATE:
        return
    for person in hearers(db, event):
        post(
            db,
            person.email,
            person.language,
            "notice",
            once=f"notice {event.id} {person.id}",
            log=RULES[event.verb].log,
            told=event.facts,
            url=f"/notices/{event.id}",
        )


def digest(db: Session) -> None:
    """What is new to each person who wants to know today. Never an empty letter, never twice the same."""
    last = newest(db)
    today = (DAILY, WEEKLY) if now().weekday() == MONDAY else (DAILY,)
    for person in db.exec(select(Person).where(col(Person.digest).in_(today))).all():
        mark = db.exec(select(ReadUntil).where(ReadUntil.person_id == person.id)).first()
        mark = mark or ReadUntil(person_id=person.id, event_id=UUID(int=0))
        if fresh := _fresh(db, person, mark.mailed_id or UUID(int=0), last):
            lines = [{"log": each.log, "told": each.facts} for each in fresh[:MOST_LINES]]
            more = len(fresh) - len(lines)
            post(db, person.email, person.language, "digest", lines=lines, more=more, url="/inbox")
        mark.mailed_id = last
        db.add(mark)


def _fresh(db: Session, person: Person, since: UUID, last: UUID) -> list[Notice]:
    """What a person has neither seen nor had a letter about."""
    told = inbox(db, with_consortia(db, actor_for(db, person.id)), size=MOST_READ).rows
    return [each for each in told if each.new and since < each.id <= last and not RULES[each.verb].mail]


def sweep(files: Files, db: Session) -> None:
    """Forget forms of yesterday, done jobs of last month, pictures nobody shows, sealed files no version names."""
    a_day, a_month = now() - timedelta(days=1), now() - timedelta(days=30)
    db.execute(delete(Sent).where(col(Sent.at) < a_day))
    db.execute(delete(Job).where(col(Job.done_at) < a_month))
    log.locked(db)  # no statement is taken in meanwhile that could name one of them
    named = select(BlobUse.sha256)
    unused = select(Blob).where(col(Blob.sha256).not_in(named), col(Blob.stored_at) < a_day)
    for blob in db.exec(unused.with_for_update()).all():
        files.delete(key(blob.sha256))
        db.delete(blob)
    _sweep_pictures(files, db, a_day)


def sweep_unfinished(files: Files) -> None:
    """Forget what has come of sealed files that nobody went on sending for a week; in a slow store it takes long."""
    files.unfinished.sweep(now() - KEPT)


def _sweep_pictures(files: Files, db: Session, before: datetime) -> None:
    """A picture that was replaced, or whose form was refused after its bytes were stored."""
    shown = set(db.exec(select(Challenge.image).where(col(Challenge.image) != "")).all())
    for name, stored in files.under(FOLDER):
        if stored < before and picture_of(name) not in shown:
            files.delete(name)
