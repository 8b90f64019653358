"""The calendar: workshops and open sessions in one list, as far as whoever asks may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.find import seen_by
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import RegistrationState, SessionState, Step
from crosslab.sessions.queue import free_places
from crosslab.sessions.tables import OpenSession, Registration, counts_once
from crosslab.workshops.tables import Workshop

from .inside import TAKING

MOST, MOST_PAST = 200, 24
SHOWN = (SessionState.OPEN, SessionState.LIVE, SessionState.OVER, SessionState.CANCELLED)


@dataclass(frozen=True)
class Wish:
    """What somebody looks for: a programme's, in a language, in a month (2026-11), of a series."""

    programme_id: UUID | None = None
    language: str = ""
    month: str = ""
    series_id: UUID | None = None


@dataclass(frozen=True)
class Coming:
    """One line of the calendar."""

    thing: OpenSession | Workshop
    host: str
    ends_at: datetime
    free: int | None
    waiting: int

    @property
    def starts_at(self) -> datetime:
        return self.thing.starts_at

    @property
    def is_session(self) -> bool:
        return isinstance(self.thing, OpenSession)

    @property
    def is_off(self) -> bool:
        return self.thing.state in (SessionState.CANCELLED, Step.CANCELLED)

    @property
    def month(self) -> str:
        return f"{self.starts_at.astimezone(ZoneInfo(self.thing.zone)):%Y-%m}"


def coming(db: Session, actor: Actor, wish: Wish) -> list[Coming]:
    """What is still to come or running, the next first; with a month, everything in it."""
    lines = [*_sessions(db, actor, wish, past=False), *_workshops(db, actor, wish, past=False)]
    return sorted(lines, key=lambda each: (each.starts_at, each.thing.no))


def past(db: Session, actor: Actor, wish: Wish) -> list[Coming]:
    """What took place, the last one first."""
    lines = [*_sessions(db, actor, wish, past=True), *_workshops(db, actor, wish, past=True)]
    return sorted(lines, key=lambda each: each.starts_at, reverse=True)[:MOST_PAST]


def listed_sessions(db: Session, actor: Actor, wish: Wish) -> list[OpenSession]:
    """The sessions of a feed: published and listed, cancelled ones too, so that calendars hear of it."""
    found = seen_by(actor, OpenSession).where(
        col(OpenSession.listed).is_(True), col(OpenSession.state).in_(SHOWN), *_wanted(OpenSession, wish)
    )
    return list(db.exec(found.order_by(col(OpenSession.starts_at).desc()).limit(MOST)).all())


def listed_workshops(db: Session, actor: Actor, wish: Wish) -> list[Workshop]:
    """The workshops of a feed. A series has none."""
    if wish.series_id:
        return []
    found = seen_by(actor, Workshop).where(col(Workshop.listed).is_(True), *_wanted(Workshop, wish))
    return list(db.exec(found.order_by(col(Workshop.starts_at).desc()).limit(MOST)).all())


def _wanted(kind: type[OpenSession] | type[Workshop], wish: Wish) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if wish.programme_id:
        parts.append(col(kind.programme_id) == wish.programme_id)
    if wish.language:
        parts.append(col(kind.language) == wish.language)
    if wish.series_id and issubclass(kind, OpenSession):
        parts.append(col(OpenSession.series_id) == wish.series_id)
    return [*parts, *_in_month(kind, wish.month)]


def _in_month(kind: type[OpenSession] | type[Workshop], month: str) -> list[ColumnElement[bool]]:
    if not month:
        return []
    year, number = (int(part) for part in month.split("-"))
    begin = datetime(year, number, 1, tzinfo=UTC)
    end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    return [col(kind.starts_at) >= begin, col(kind.starts_at) < end]


def _sessions(db: Session, actor: Actor, wish: Wish, *, past: bool) -> Iterable[Coming]:
    over = (col(OpenSession.ends_at) < now()) | (OpenSession.state == SessionState.OVER)
    time = over & (OpenSession.state != SessionState.CANCELLED) if past else ~over
    rows = (
        select(OpenSession, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(OpenSession.organisation_id))
        .where(OpenSession.visible_to(actor))
        .where(col(OpenSession.listed).is_(True), col(OpenSession.state).in_(SHOWN), time)
        .where(*_wanted(OpenSession, wish))
        .order_by(col(OpenSession.starts_at).desc() if past else col(OpenSession.starts_at))
        .limit(MOST)
    )
    found = db.exec(rows).all()
    taken, waiting = counts(db, [each.id for each, _ in found])
    for each, host in found:
        free = free_places(each.capacity, taken.get(each.id, 0))
        yield Coming(each, host, each.ends_at, free, waiting.get(each.id, 0))


def counts(db: Session, ids: list[UUID]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """How many places are taken, and how many wait, for each session."""

    def counted(*states: RegistrationState) -> dict[UUID, int]:
        rows = select(Registration.session_id, func.count()).where(
            col(Registration.session_id).in_(ids), col(Registration.state).in_(states), counts_once()
        )
        return dict(db.exec(rows.group_by(col(Registration.session_id))).all())

    return counted(*TAKING), counted(RegistrationState.WAITING)


def _workshops(db: Session, actor: Actor, wish: Wish, *, past: bool) -> Iterable[Coming]:
    off = (Step.OVER, Step.CANCELLED)
    state = Workshop.state == Step.OVER if past else col(Workshop.state).not_in(off)
    rows = (
        select(Workshop, Programme.name)
        .join(Programme, col(Programme.id) == col(Workshop.programme_id))
        .where(Workshop.visible_to(actor))
        .where(col(Workshop.listed).is_(True), state, *_wanted(Workshop, wish))
        .order_by(col(Workshop.starts_at).desc() if past else col(Workshop.starts_at))
        .limit(MOST)
    )
    for each, host in [] if wish.series_id else db.exec(rows).all():
        yield Coming(each, host, each.closes_at, None, 0)


def months(lines: Iterable[Coming]) -> list[str]:
    """The months in which something is, in order."""
    return sorted({line.month for line in lines})
