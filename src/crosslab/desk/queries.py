"""What a person is told: the events at their places that the rule book lets them hear."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.core.events import Event, EventPlace
from crosslab.rules import RULES, Role, Verb

from .tables import ReadUntil


def told(actor: Actor) -> ColumnElement[bool]:
    """The one rule of the inbox: an event is heard at a place by those whose role there the verb tells."""
    by_role: dict[Role, list[UUID]] = {}
    for place, roles in actor.seats.items():
        for role in roles:
            by_role.setdefault(role, []).append(place)
    heard = [
        and_(col(EventPlace.verb).in_(verbs), col(EventPlace.place_id).in_(places))
        for role, places in by_role.items()
        if (verbs := [verb for verb, rule in RULES.items() if role in rule.tell])
    ]
    everywhere: list[Verb] = [verb for verb, rule in RULES.items() if rule.tell & actor.everywhere]
    if everywhere:
        heard.append(col(EventPlace.verb).in_(everywhere))
    return or_(*heard) if heard else false()


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
