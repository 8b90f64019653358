"""The catalogue: found by words, sector, country and stage, in pages by key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.paging import Slice
from crosslab.people.tables import Organisation
from crosslab.rules import N_, ChallengeState

from .tables import Challenge

PAGE = 12
MOST_WORDS = 6
STAGES: dict[str, str] = {
    "open": N_("Open now"),
    "called": N_("Consortia form"),
    "closed": N_("Closed"),
    "all": N_("All"),
}
_KEY = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. A sector, country or stage that does not exist is left out, and said."""

    q: str = ""
    sector: str = ""
    country: str = ""
    stage: str = "open"

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.sector or self.country or self.stage != "open")


def find_some(db: Session, actor: Actor, wish: Wish, after: str = "") -> Slice[Any]:
    """One page of what matches, newest first: columns, not objects."""
    c, o = Challenge, Organisation
    rows = db.execute(
        columns(
            col(c.id), col(c.no), col(c.slug), col(c.question), col(c.lead), col(c.language), col(c.sector),
            col(c.state), col(c.closes_at), col(c.published_at), col(c.image), col(c.image_alt),
            col(c.image_width), col(c.image_height), col(o.name), col(o.town), col(o.country),
        )
        .join(o, col(o.id) == col(c.organisation_id))
        .where(*_matching(actor, wish), *_following(after))
        .order_by(col(c.published_at).desc(), col(c.id).desc())
        .limit(PAGE + 1)
    ).all()  # fmt: skip
    return _cut(rows)


def _cut(rows: Sequence[Any]) -> Slice[Any]:
    if len(rows) <= PAGE:
        return Slice(rows, None)
    last = rows[PAGE - 1]
    return Slice(rows[:PAGE], f"{last.published_at.astimezone(UTC).strftime(_KEY)}-{last.id.hex}")


def _following(after: str) -> list[ColumnElement[bool]]:
    """The rows after a key, or all of them when it is none."""
    moment, _, hexed = after.partition("-")
    try:
        at, key = datetime.strptime(moment, _KEY).replace(tzinfo=UTC), UUID(hexed)
    except ValueError:
        return []
    published = col(Challenge.published_at)
    return [or_(published < at, and_(published == at, col(Challenge.id) < key))]


def countries(db: Session, actor: Actor, wish: Wish) -> dict[str, int]:
    """How many match in each country, whichever country is asked for: one query gives counts and choices."""
    counted = (
        select(Organisation.country, func.count(col(Challenge.id)))
        .join(Organisation, col(Organisation.id) == col(Challenge.organisation_id))
        .where(*_matching(actor, replace(wish, country="")))
        .group_by(Organisation.country)
    )
    return dict(db.exec(counted).all())


def count(db: Session, actor: Actor, wish: Wish) -> int:
    """How many match."""
    found = countries(db, actor, wish)
    return found.get(wish.country, 0) if wish.country else sum(found.values())


def _matching(actor: Actor, wish: Wish) -> list[ColumnElement[bool]]:
    c = Challenge
    asked: list[ColumnElement[bool]] = [
        c.visible_to(actor),
        col(c.published_at).is_not(None),
        _at(wish.stage),
    ]
    if wish.sector:
        asked.append(col(c.sector) == wish.sector)
    if wish.country:
        asked.append(col(Organisation.country) == wish.country)
    words = wish.q.lower().split()[:MOST_WORDS]
    return asked + [col(c.words).contains(word, autoescape=True) for word in words]


def _at(stage: str) -> ColumnElement[bool]:
    """Open and called are what they are until the deadline; afterwards they count as closed."""
    c = Challenge
    in_time = or_(col(c.closes_at).is_(None), col(c.closes_at) > now())
    live = col(c.state).in_((ChallengeState.OPEN, ChallengeState.CALLED))
    if stage == "called":
        return and_(col(c.state) == ChallengeState.CALLED, in_time)
    if stage == "closed":
        return or_(col(c.state) == ChallengeState.CLOSED, and_(live, ~in_time))
    return and_(live, in_time) if stage == "open" else col(c.state) != ChallengeState.WITHDRAWN
