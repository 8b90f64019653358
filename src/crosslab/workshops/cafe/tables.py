"""A café as it is kept: its plan, its tables, every seat of every round, and one harvest card a table and round."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from crosslab.core.clock import now
from crosslab.core.columns import json_of, word
from crosslab.core.tables import Base, Row
from crosslab.rules import CAFE, CafeState, Cycle
from crosslab.workshops.tables import OfAWall

LETTER = "H"
"""The letter under which harvest cards hang on the wall."""


class Cafe(OfAWall, table=True):
    """The café of a workshop: so many rounds of so many minutes. `turn` is the last round that began; none is 0.

    Its clock is the workshop's own.
    """

    __table_args__ = (UniqueConstraint("workshop_id"),)
    lifecycle: ClassVar[Cycle] = CAFE

    rounds: int = 3
    minutes: int = 20
    staying: bool = Field(default=True, description="whether hosts stay at their table")
    turn: int = 0
    rest: int | None = Field(default=None, description="seconds that were left when the last round was ended")
    state: CafeState = Field(default=CAFE.start, sa_type=word(CafeState))
    title: str = Field(default="", max_length=120)

    @property
    def called(self) -> str:
        return self.title


class CafeTable(Row, table=True):
    """A table: its number, its question, its host, and who writes its card when it is not the host."""

    __tablename__ = "cafe_table"
    __table_args__ = (UniqueConstraint("workshop_id", "at"),)

    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    at: int
    question: str = Field(default="", max_length=200)
    near: bool = Field(default=False, description="reached without steps")
    host_id: UUID | None = Field(default=None, foreign_key="place_card.id", index=True)
    writer_id: UUID | None = Field(default=None, foreign_key="place_card.id", index=True)


class Seat(Base, table=True):
    """That somebody sits at a table in a round. `was` is the table they had been told before it was mended."""

    __tablename__ = "cafe_seat"

    workshop_id: UUID = Field(primary_key=True, foreign_key="workshop.id", ondelete="CASCADE")
    turn: int = Field(primary_key=True)
    card_id: UUID = Field(primary_key=True, foreign_key="place_card.id", ondelete="CASCADE", index=True)
    at: int
    was: int | None = None


class Harvest(OfAWall, table=True):
    """What a table brought out of a round. A draft until the round ends; then its idea is a note on the wall."""

    __table_args__ = (UniqueConstraint("workshop_id", "turn", "at"),)

    turn: int
    at: int
    idea: str = Field(max_length=140)
    whom: str = Field(default="", max_length=200)
    needs: str = Field(default="", max_length=200)
    companies: list[str] = Field(
        default_factory=list, sa_type=json_of(), description="ids of those who could"
    )
    card_id: UUID | None = Field(default=None, foreign_key="place_card.id", index=True)
    note_id: UUID | None = Field(default=None, foreign_key="note.id", index=True)
    on_paper: bool = False
    written_at: datetime = Field(default_factory=now)

    @property
    def called(self) -> str:
        return self.idea
