"""How the house runs: facts for the steward's page and for the public one. Nothing that people wrote is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Missing
from crosslab.core.events import Event
from crosslab.core.jobs import Job, queue_age
from crosslab.ledger import checking, log
from crosslab.ledger.keeper import Halted, Keeper
from crosslab.ledger.tables import Blob, LogCheck
from crosslab.people.tables import Organisation, Person
from crosslab.rules import N_, RULES, Role, Verb, Verification

LATE = timedelta(minutes=10)
SHOWN = 20
LETTERS = "mail.send"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A job that failed for good."""

    id: UUID
    name: str
    at: datetime
    tries: int
    said: str


@dataclass(frozen=True, slots=True)
class Health:
    """What anyone may know: whether work is done, and how far the register has come."""

    well: bool
    oldest: datetime | None
    entries: int
    vouched: tuple[int, datetime] | None
    vkey: str
    halted: str


@dataclass(frozen=True, slots=True)
class Running:
    """What the steward knows besides."""

    health: Health
    database: str
    waiting: int
    failed: Sequence[Trouble]
    letters_waiting: int
    letters_failed: int
    last: dict[str, datetime | None]
    asked: int
    people: int
    organisations: int
    sealed: tuple[int, int]
    checked: LogCheck | None
    doings: Sequence[tuple[str, int]]


def health(db: Session, keeper: Keeper) -> Health:
    """Whether jobs are done in time, how long the register is, what it has vouched for and whether it still does."""
    oldest = queue_age(db)
    late = oldest is not None and oldest < now() - LATE
    vouched, halted = _vouched(db, keeper)
    well = not late and not halted
    return Health(well, oldest if late else None, log.count(db), vouched, keeper.vkey, halted)


def _vouched(db: Session, keeper: Keeper) -> tuple[tuple[int, datetime] | None, str]:
    """What was signed last, or why nothing is being signed."""
    try:
        keeper.check(db)
        return keeper.vouched, ""
    except Halted as halted:
        return None, halted.text


def running(db: Session, actor: Actor, keeper: Keeper) -> Running:
    """The whole state of the run, for stewards. Raises `Missing` for everybody else."""
    if not actor.is_everywhere(Role.STEWARD):
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return Running(
        health=health(db, keeper),
        database=db.get_bind().dialect.name,
        waiting=_count(db, *_open(), col(Job.due_at) <= now()),
        failed=_failed(db),
        letters_waiting=_count(db, *_open(), col(Job.name) == LETTERS),
        letters_failed=_count(db, col(Job.failed_at).is_not(None), col(Job.name) == LETTERS),
        last={name: _last(db, name) for name in ("desk.digest", "desk.sweep")},
        asked=db.exec(select(func.count()).where(Organisation.state == Verification.ASKED)).one(),
        people=db.exec(select(func.count()).select_from(Person)).one(),
        organisations=db.exec(select(func.count()).select_from(Organisation)).one(),
        sealed=_sealed(db),
        checked=checking.last(db),
        doings=_doings(db),
    )


def _open() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Job.done_at).is_(None), col(Job.failed_at).is_(None)


def _count(db: Session, *conditions: ColumnElement[bool]) -> int:
    return db.exec(select(func.count()).select_from(Job).where(*conditions)).one()


def _failed(db: Session) -> list[Trouble]:
    given_up = select(Job).where(col(Job.failed_at).is_not(None))
    rows = db.exec(given_up.order_by(col(Job.failed_at).desc()).limit(SHOWN)).all()
    return [
        Trouble(each.id, each.name, each.failed_at, each.tries, each.trouble)
        for each in rows
        if each.failed_at
    ]


def _last(db: Session, name: str) -> datetime | None:
    return db.exec(select(func.max(Job.done_at)).where(Job.name == name)).one()


def _sealed(db: Session) -> tuple[int, int]:
    """How many sealed files there are, and their bytes."""
    count, size = db.exec(select(func.count(), func.coalesce(func.sum(Blob.size), 0)).select_from(Blob)).one()
    return count, int(size)


def _doings(db: Session) -> list[tuple[str, int]]:
    """What was done in the last seven days, by the words on the button; not by whom and not to what."""
    rows = db.exec(
        select(Event.verb, func.count())
        .where(Event.at > now() - timedelta(days=7))
        .group_by(col(Event.verb))
        .order_by(func.count().desc(), col(Event.verb))
        .limit(SHOWN)
    ).all()
    return [(RULES[Verb(verb)].button, count) for verb, count in rows]
