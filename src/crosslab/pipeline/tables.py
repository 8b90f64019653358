"""A consortium's card on a programme's board."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index
from sqlmodel import Field, col

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import word
from crosslab.core.tables import Governed
from crosslab.rules import PIPELINE, Cycle, Role, Stage


class Card(Governed, table=True):
    """Where a consortium stands. The reason of the last move stays on the card; all moves stay in the log."""

    __table_args__ = (Index("ix_card_programme_id_state_id", "programme_id", "state", "id"),)
    lifecycle: ClassVar[Cycle] = PIPELINE

    consortium_id: UUID = Field(foreign_key="consortium.id", unique=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    name: str = Field(max_length=80, description="the consortium's name when it came on the board")
    state: Stage = Field(default=PIPELINE.start, sa_type=word(Stage))
    moved_at: datetime = Field(default_factory=now)
    reason: str = Field(default="", max_length=600)
    held_since: datetime | None = None
    next_step: str = Field(default="", max_length=200)
    next_on: date | None = None

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.consortium_id)

    @property
    def called(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """The board is the programme manager's."""
        return col(cls.programme_id).in_(actor.places_as(Role.MANAGER))
