"""What is kept of the time after a workshop: its results, which letters went out, and what people answered."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Field, col

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import json_of, word
from crosslab.core.tables import Base, Governed
from crosslab.rules import RESULTS, Cycle, ResultsState, Role


class Audience(StrEnum):
    """Who sees the results once they are published."""

    ROOM = "room"  # those who were there
    EVERYONE = "everyone"  # anyone, without the words of the notes


class LetterKind(StrEnum):
    """Each goes to a card once."""

    NOTES = "notes"  # what became of each note
    AFTER = "after"  # what came of it, weeks later
    REMINDER = "reminder"  # the same again, to those who have not answered
    REMOVED = "removed"  # that they were removed, why, and where what is held of them is


class Outcome(StrEnum):
    """What came of a workshop for somebody, weeks later; the furthest of it."""

    NOTHING = "nothing"
    CONTACT = "contact"
    MEETING = "meeting"
    DEAL = "deal"


class Results(Governed, table=True):
    """What came of a workshop, as it is told: drafted and published by whoever runs it."""

    __tablename__ = "workshop_results"
    lifecycle: ClassVar[Cycle] = RESULTS

    workshop_id: UUID = Field(foreign_key="workshop.id", unique=True, ondelete="CASCADE")
    programme_id: UUID = Field(foreign_key="programme.id")
    state: ResultsState = Field(default=RESULTS.start, sa_type=word(ResultsState))
    audience: Audience = Field(default=Audience.ROOM, sa_type=word(Audience))
    summary: str = Field(default="", max_length=3000)
    next_at: datetime | None = None
    next_words: str = Field(default="", max_length=300)
    published_at: datetime | None = None
    told_at: datetime | None = Field(default=None, description="when authors were last written to")
    after_at: datetime | None = Field(default=None, description="when they are asked what came of it")

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.workshop_id)

    @property
    def called(self) -> str:
        """The action says the workshop's title."""
        return ""

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Drafts are for whoever runs the workshop; published ones for those who were there, or for everyone."""
        return or_(
            col(cls.workshop_id).in_(actor.places_as(Role.FACILITATOR)),
            col(cls.programme_id).in_(actor.places_as(Role.MANAGER)),
            and_(
                col(cls.state) == ResultsState.PUBLISHED,
                or_(col(cls.audience) == Audience.EVERYONE, col(cls.workshop_id).in_(actor.places)),
            ),
        )


class CardLetter(Base, table=True):
    """That a letter of a kind was put in the queue for a card. Its link opens the card; of it the hash is held."""

    __tablename__ = "card_letter"

    card_id: UUID = Field(primary_key=True, foreign_key="place_card.id", ondelete="CASCADE")
    kind: LetterKind = Field(primary_key=True, sa_type=word(LetterKind))
    token_hash: str = Field(max_length=64, unique=True)
    queued: str = Field(
        max_length=120, description="what its job is called, for whoever looks whether it left"
    )
    at: datetime = Field(default_factory=now)


class Answer(Base, table=True):
    """What somebody said came of a workshop. A second answer replaces the first."""

    __tablename__ = "workshop_answer"

    card_id: UUID = Field(primary_key=True, foreign_key="place_card.id", ondelete="CASCADE")
    outcome: Outcome = Field(sa_type=word(Outcome))
    companies: list[str] = Field(default_factory=list, sa_type=json_of())
    words: str = Field(default="", max_length=300)
    at: datetime = Field(default_factory=now)
