"""Work that happens a little later: rows in the database, so that nothing is lost and nothing is done half.

A job is enqueued in the caller's transaction, taken by one worker at a time under a lease, tried again with
growing pauses, and correct when it runs late or twice.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, select

from .bell import Bell, commit
from .clock import now
from .columns import json_of
from .db import session, transaction
from .tables import Row

LEASE = timedelta(minutes=5)
MOST_TRIES = 8

Work = Callable[..., object]


@dataclass(frozen=True)
class Apart:
    """Work that waits for machines of others, or reads for long: done before the transaction that closes its job.

    It opens short ones of its own, so that nobody waits for it. It may be done twice, as any work may.
    """

    does: Work


@dataclass(frozen=True)
class Known:
    """Work that is told the id of its job before its facts: the same at every try."""

    does: Work


Works = Mapping[str, Work | Apart | Known]


class Job(Row, table=True):
    """One piece of work. `name` is the function's, `facts` its arguments; `once` forbids a second like it."""

    name: str = Field(max_length=60, index=True)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=json_of())
    once: str | None = Field(default=None, max_length=120, unique=True)
    due_at: datetime = Field(default_factory=now, index=True)
    leased_until: datetime | None = None
    tries: int = 0
    done_at: datetime | None = Field(default=None, index=True)
    failed_at: datetime | None = None
    trouble: str = ""


def enqueue(
    db: Session, name: str, *, due_at: datetime | None = None, once: str | None = None, **facts: Any
) -> None:
    """Put a job in the queue with the caller's own transaction. A second job with the same `once` is left out.

    Even when both are enqueued at the same moment: the second one then waits to see what becomes of the first.
    """
    job = Job(name=name, facts=facts, once=once, due_at=due_at or now())
    if once is None:
        db.add(job)
        return
    db.flush()
    if db.exec(select(col(Job.id)).where(col(Job.once) == once)).first() is None:
        with suppress(IntegrityError), db.begin_nested():
            db.add(job)


def call_off(db: Session, called: str) -> None:
    """Take whatever waits, or has failed, under a `once` that names this out of the queue."""
    waits = col(Job.done_at).is_(None)
    db.execute(delete(Job).where(col(Job.once).contains(called, autoescape=True), waits))


def take(db: Session) -> Job | None:
    """The next job that is due and not leased, now leased to the caller.

    One that was begun so many times and never came back has failed: it may be what ends the process.
    """
    while (job := _next(db)) and job.tries >= MOST_TRIES:
        job.failed_at, job.leased_until = now(), None
        job.trouble = job.trouble or "It was begun again and again and never came back."
        db.flush()
    if job:
        job.leased_until, job.tries = now() + LEASE, job.tries + 1
        db.flush()
    return job


def _next(db: Session) -> Job | None:
    waiting = (
        select(Job)
        .where(col(Job.done_at).is_(None), col(Job.failed_at).is_(None), col(Job.due_at) <= now())
        .where(or_(col(Job.leased_until).is_(None), col(Job.leased_until) < now()))
        .order_by(col(Job.due_at), col(Job.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return db.exec(waiting).first()


def run_next(engine: Engine, works: Works, bell: Bell) -> bool:
    """Take one job and do it in a transaction of its own, then ring for what happened. False when nothing was due.

    While it is done its row is locked, and a job that somebody else took over meanwhile is left to them: what
    it changes in the database is changed once, however slow a worker is.
    """
    with transaction(engine) as db:
        job = take(db)
    if job is None:
        return False
    try:
        work = works[job.name]
        if isinstance(work, Apart):
            work.does(**job.facts)
        with session(engine) as db:
            if ours := _still_ours(db, job):
                if isinstance(work, Known):
                    work.does(db, job.id, **job.facts)
                elif not isinstance(work, Apart):
                    work(db, **job.facts)
                _close(ours)
                commit(db, bell)
    except Exception as trouble:
        with transaction(engine) as db:
            if ours := _still_ours(db, job):
                _postpone(ours, trouble)
    return True


def _still_ours(db: Session, job: Job) -> Job | None:
    """The row, locked, unless its lease ran out and another worker has begun it again."""
    ours = select(Job).where(col(Job.id) == job.id, col(Job.tries) == job.tries, col(Job.done_at).is_(None))
    return db.exec(ours.with_for_update()).first()


def _close(job: Job) -> None:
    """Done. What it was about is forgotten, for it may hold an address or a link."""
    job.done_at, job.leased_until, job.trouble, job.facts = now(), None, "", {}


def _postpone(job: Job, trouble: Exception) -> None:
    job.leased_until, job.trouble = None, f"{type(trouble).__name__}: {trouble}"[:400]
    job.due_at = now() + timedelta(seconds=10 * 2**job.tries)
    if job.tries >= MOST_TRIES:
        job.failed_at = now()


def queue_age(db: Session) -> datetime | None:
    """Since when the oldest waiting job has been due. None when nothing is due."""
    waiting = select(func.min(Job.due_at)).where(
        col(Job.done_at).is_(None), col(Job.failed_at).is_(None), col(Job.due_at) <= now()
    )
    return db.exec(waiting).one()
