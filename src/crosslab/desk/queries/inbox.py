"""What a person is told: the events at their places that the rule book lets them hear."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.core.events import Event, EventPlace
from crosslab.core.paging import Slice, cut, key_of
from crosslab.desk.rooms import places_of
from crosslab.desk.tables import ReadUntil
from crosslab.rules import N_, RULES, Role, Verb
from crosslab.workshops.after.erasing import SOMEBODY
from crosslab.workshops.queries import unnamed
from crosslab.workshops.seats import with_workshops

PAGE = 30


@dataclass(frozen=True, slots=True)
class Notice:
    """One event as the inbox shows it: what was done, the facts of the log's sentence, when, whether it is new."""

    id: UUID
    at: datetime
    verb: Verb
    facts: dict[str, Any]
    new: bool

    @property
    def log(self) -> str:
        return RULES[self.verb].log


def told(actor: Actor) -> ColumnElement[bool]:
    """The one rule of the inbox: an event is heard at a place by those whose role there the verb tells."""
    by_role: dict[Role, list[UUID]] = {}
    for place, roles in actor.seats.items():
        for role in roles:
            by_role.setdefault(role, []).append(place)
    heard = [
        and_(col(EventPlace.verb).in_(verbs), col(EventPlace.place_id).in_(places))
        for role, places in by_role.items()
        if (verbs := _telling(frozenset({role})))
    ]
    if actor.person_id:
        heard += [
            and_(col(EventPlace.verb).in_(_telling(frozenset({role}))), col(EventPlace.place_id).in_(places))
            for role, places in places_of(actor.person_id)
        ]
    everywhere = _telling(actor.everywhere)
    if everywhere:
        heard.append(col(EventPlace.verb).in_(everywhere))
    return or_(*heard) if heard else false()


def _telling(roles: frozenset[Role]) -> list[Verb]:
    return [verb for verb, rule in RULES.items() if rule.tell & roles]


def unread(db: Session, actor: Actor) -> int:
    """How many events a person was told of and has not seen; their own doings do not count."""
    seen = select(ReadUntil.event_id).where(ReadUntil.person_id == actor.person_id).scalar_subquery()
    heard = (
        select(func.count(func.distinct(col(EventPlace.event_id))))
        .join(Event, col(Event.id) == col(EventPlace.event_id))
        .where(told(actor), col(Event.person_id).is_distinct_from(actor.person_id))
        .where(or_(seen.is_(None), col(EventPlace.event_id) > seen))
    )
    return db.exec(heard).one()


def inbox(db: Session, actor: Actor, after: str | None = None, size: int = PAGE) -> Slice[Notice]:
    """What a person was told, newest first; their own doings are left out. Names that a room hides are left out too."""
    seen = read_until(db, actor)
    heard = select(EventPlace.event_id).where(told(actor))
    wanted = (
        select(col(Event.id), col(Event.at), col(Event.verb), col(Event.facts))
        .where(col(Event.id).in_(heard), col(Event.person_id).is_distinct_from(actor.person_id))
        .order_by(col(Event.id).desc())
        .limit(size + 1)
    )
    if key := key_of(after):
        wanted = wanted.where(col(Event.id) < key)
    rows = [Notice(*row, new=seen is None or row[0] > seen) for row in db.exec(wanted).all()]
    return cut(_as_known(db, actor, rows), size)


def _as_known(db: Session, actor: Actor, rows: list[Notice]) -> list[Notice]:
    """These notices; whoever took part in a room that hides names is named to those who run it alone."""
    cards = {each.id: UUID(each.facts["card"]) for each in rows if "card" in each.facts}
    hidden = unnamed(db, with_workshops(db, actor, ""), set(cards.values())) if cards else set()
    return [
        replace(each, facts={**each.facts, "who": SOMEBODY}) if cards.get(each.id) in hidden else each
        for each in rows
    ]


def read_until(db: Session, actor: Actor) -> UUID | None:
    """The last event a person has seen."""
    return db.exec(select(ReadUntil.event_id).where(ReadUntil.person_id == actor.person_id)).first()


def event_told(db: Session, actor: Actor, id: UUID) -> Event:
    """An event this person was told of. Raises `Missing` for every other one."""
    heard = select(EventPlace.event_id).where(told(actor))
    event = db.exec(select(Event).where(Event.id == id, col(Event.id).in_(heard))).first()
    if event is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return event


def newest(db: Session) -> UUID:
    """The last event there is, or the id before every event."""
    last = select(Event.id).order_by(col(Event.id).desc()).limit(1)
    return db.exec(last).first() or UUID(int=0)
