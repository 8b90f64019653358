"""What happened, in order, for ever. The feed, the inbox, the audit and the bell read these tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, Session, select

from crosslab.rules import Verb

from .clock import now
from .columns import json_of, word
from .tables import Base, Row


class Event(Row, table=True):
    """One change: who, on whose behalf, did which verb to what. `facts` fill the log's sentence."""

    at: datetime = Field(default_factory=now, index=True)
    verb: Verb = Field(sa_type=word(Verb))
    person_id: UUID | None = Field(default=None, index=True)
    organisation_id: UUID | None = None
    kind: str = Field(max_length=40)
    thing_id: UUID = Field(index=True)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=json_of())


class EventPlace(Base, table=True):
    """A place where an event is heard. Who there may hear it is the rule book's `tell`."""

    __tablename__ = "event_place"
    __table_args__ = (Index("ix_event_place_place_id_event_id", "place_id", "event_id"),)

    event_id: UUID = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    place_id: UUID = Field(primary_key=True)
    verb: Verb = Field(sa_type=word(Verb))


@dataclass(frozen=True, slots=True)
class Ring:
    """What the bell will say after commit: that something happened at a place, and its verb alone."""

    place_id: UUID
    verb: Verb


def rings(db: Session) -> list[Ring]:
    """The rings this session owes after its commit."""
    owed: list[Ring] = db.info.setdefault("rings", [])
    return owed


def was_heard(db: Session, place_id: UUID, verb: Verb) -> bool:
    """Whether a place ever heard of `verb`: how an earlier room learns what a later one did to a thing of its own."""
    heard = select(EventPlace.event_id).where(EventPlace.place_id == place_id, EventPlace.verb == verb)
    return db.exec(heard.limit(1)).first() is not None
