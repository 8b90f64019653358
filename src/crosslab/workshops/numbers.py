"""The public numbers of what takes place: 2026-004. Workshops and open sessions share one sequence a year."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select, update

from .tables import Numbering, Workshop

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def next_no(db: Session, year: int) -> str:
    """The next number of a year. Two who ask at once take turns, and neither gets the other's."""
    mine = col(Numbering.year) == year
    counted = update(Numbering).where(mine).values(last=col(Numbering.last) + 1)
    if db.exec(counted).rowcount == 0:
        fresh = INSERTS[db.get_bind().dialect.name](Numbering).values(year=year, last=_given(db, year))
        db.execute(fresh.on_conflict_do_nothing())
        db.exec(counted)
    return f"{year}-{db.exec(select(Numbering.last).where(mine)).one():03}"


def _given(db: Session, year: int) -> int:
    """The last number that a workshop of the year got before numbers were counted here."""
    start = f"{year}-"
    taken = db.exec(select(func.max(Workshop.no)).where(col(Workshop.no).startswith(start))).one()
    return int(taken.removeprefix(start)) if taken else 0
