"""A workshop: its room, its companies and people, their notes, what ties them, and the themes they lie on."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index, UniqueConstraint, or_, text, true
from sqlmodel import Field, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import json_of, serial, word
from crosslab.core.tables import Base, Governed, Row
from crosslab.rules import NOTE, WORKSHOP, Cycle, NoteState, Role, Step

from .links import LinkKind


class Presence(StrEnum):
    """Whether somebody who was expected is in the room."""

    EXPECTED = "expected"
    HERE = "here"
    LATE = "late"
    ABSENT = "absent"
    OUT = "out"  # removed by the facilitator


class Kind(StrEnum):
    """What a workshop is made of; decided before it begins."""

    WALL = "wall"
    CAFE = "cafe"
    BOTH = "both"


class Workshop(Governed, table=True):
    """A day in a room. It is itself the place of its facilitators' and participants' seats.

    `seq` numbers what happens on the wall: the live channel replays from any number. The clock of a step
    runs until `ends_at`; while it is paused, `left` seconds remain.
    """

    lifecycle: ClassVar[Cycle] = WORKSHOP

    no: str = Field(max_length=12, unique=True)
    slug: str = Field(default="", max_length=80)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    challenge_id: UUID | None = Field(default=None, foreign_key="challenge.id", index=True)
    state: Step = Field(default=WORKSHOP.start, sa_type=word(Step))
    kind: Kind = Field(default=Kind.WALL, sa_type=word(Kind), sa_column_kwargs={"server_default": "wall"})

    title: str = Field(max_length=120)
    lead: str = Field(default="", max_length=400)
    about: str = Field(default="", max_length=4000)
    language: str = Field(default="en", max_length=2)
    zone: str = Field(default="Europe/London", max_length=40)
    starts_at: datetime = Field(index=True)
    closes_at: datetime
    address: str = Field(default="", max_length=300)
    access: str = Field(default="", max_length=600, description="how to get in without steps")
    online: str = Field(default="", max_length=300, description="told to those who are registered")
    listed: bool = Field(default=True, description="whether the calendar shows it")
    code: str = Field(max_length=8, unique=True)

    prompts: list[dict[str, str]] = Field(default_factory=list, sa_type=json_of())
    dots: int = Field(default=3, description="how many dots each participant may give")
    locked: bool = Field(default=False)
    names_hidden: bool = Field(default=False)
    ends_at: datetime | None = None
    left: int | None = None
    seq: int = Field(default=0, sa_type=serial())
    created_at: datetime = Field(default_factory=now)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.id)

    @property
    def called(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Listed ones are for everyone; others for those who run them or hold a card."""
        return or_(
            col(cls.listed).is_(true()),
            col(cls.id).in_(actor.places),
            col(cls.programme_id).in_(actor.places_as(Role.MANAGER)),
        )


class Facilitator(Base, table=True):
    """A person who runs a workshop."""

    workshop_id: UUID = Field(primary_key=True, foreign_key="workshop.id", ondelete="CASCADE")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)


class Company(Row, table=True):
    """A heading on the wall. It keeps its place when it is renamed."""

    __table_args__ = (UniqueConstraint("workshop_id", "name"),)

    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=120)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    at: int = Field(default=0, description="its place among the headings")


class Card(Row, table=True):
    """A place card: a person in the room, with or without an account. The cookie's token is held as its hash."""

    __tablename__ = "place_card"
    __table_args__ = (
        UniqueConstraint("workshop_id", "person_id"),
        UniqueConstraint("workshop_id", "token_hash"),
    )

    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    company_id: UUID = Field(foreign_key="company.id", index=True)
    name: str = Field(max_length=120)
    email: str = Field(default="", max_length=254)
    language: str = Field(default="en", max_length=2)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    token_hash: str = Field(index=True, max_length=64)
    presence: Presence = Field(default=Presence.HERE, sa_type=word(Presence))
    near: bool = Field(
        default=False,
        description="needs a table that is reached without steps",
        sa_column_kwargs={"server_default": text("false")},
    )
    reason: str = Field(
        default="",
        max_length=300,
        description="why they were removed",
        sa_column_kwargs={"server_default": ""},
    )
    came_at: datetime = Field(default_factory=now)
    seated_at: datetime | None = Field(default=None, description="since when under this company, if moved")
    stopped_at: datetime | None = Field(default=None, description="since when they want no letters")
    erased_at: datetime | None = Field(default=None, description="since when nobody knows whose it was")


class Departed(Governed):
    """Whoever was removed, at the one place that is left to them: their own card."""

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.id,)


class OfAWall(Governed):
    """What hangs on a wall is seen by those in the room; what is over and listed, by everyone."""

    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    programme_id: UUID = Field(foreign_key="programme.id")

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.workshop_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Those in the room, and whoever runs it."""
        return or_(
            col(cls.workshop_id).in_(actor.places),
            col(cls.programme_id).in_(actor.places_as(Role.MANAGER)),
        )


class Note(OfAWall, table=True):
    """A post-it: what somebody of a company wrote under a prompt. `key` is made by the phone and sent once."""

    __table_args__ = (UniqueConstraint("workshop_id", "key"), Index("ix_note_wall", "workshop_id", "state"))
    lifecycle: ClassVar[Cycle] = NOTE

    key: str = Field(max_length=40)
    company_id: UUID = Field(foreign_key="company.id", index=True)
    card_id: UUID | None = Field(default=None, foreign_key="place_card.id", index=True)
    theme_id: UUID | None = Field(default=None, foreign_key="theme.id", index=True)
    prompt: str = Field(max_length=1)
    text: str = Field(max_length=140)
    on_paper: bool = Field(default=False)
    at: float = Field(default=0.0, description="its place under its company and prompt")
    state: NoteState = Field(default=NOTE.start, sa_type=word(NoteState))
    reason: str = Field(default="", max_length=300)
    written_at: datetime = Field(default_factory=now)
    edited_at: datetime | None = None

    @property
    def called(self) -> str:
        return self.text


class Theme(OfAWall, table=True):
    """A pile of notes with a title. Merged ones lead to what they became part of, split ones to what they were."""

    title: str = Field(max_length=80)
    into_id: UUID | None = Field(default=None, foreign_key="theme.id")
    from_id: UUID | None = Field(default=None, foreign_key="theme.id")
    made_at: datetime = Field(default_factory=now)
    ended_at: datetime | None = None

    @property
    def called(self) -> str:
        return self.title


class Laid(Row, table=True):
    """That a note lay on a theme, from when until when: what keeps the sources of a theme through everything."""

    note_id: UUID = Field(foreign_key="note.id", index=True, ondelete="CASCADE")
    theme_id: UUID = Field(foreign_key="theme.id", index=True, ondelete="CASCADE")
    since: datetime = Field(default_factory=now)
    until: datetime | None = None


class Tie(OfAWall, table=True):
    """A thread from a note of one company to a note of another, with a kind and a few words."""

    __table_args__ = (UniqueConstraint("workshop_id", "key"),)

    key: str = Field(max_length=40)
    from_id: UUID = Field(foreign_key="note.id", index=True)
    to_id: UUID = Field(foreign_key="note.id", index=True)
    kind: LinkKind = Field(sa_type=word(LinkKind))
    why: str = Field(default="", max_length=80)
    card_id: UUID | None = Field(default=None, foreign_key="place_card.id")
    tied_at: datetime = Field(default_factory=now)
    untied_at: datetime | None = None

    @property
    def called(self) -> str:
        return self.why or self.kind


class Liking(Base, table=True):
    """That somebody who walked the wall found a note interesting."""

    __tablename__ = "note_liking"

    card_id: UUID = Field(primary_key=True, foreign_key="place_card.id", ondelete="CASCADE")
    note_id: UUID = Field(primary_key=True, foreign_key="note.id", ondelete="CASCADE", index=True)


class Dot(Row, table=True):
    """A dot given to a theme. Several of one person may lie on one theme."""

    card_id: UUID = Field(foreign_key="place_card.id", index=True, ondelete="CASCADE")
    theme_id: UUID = Field(foreign_key="theme.id", index=True, ondelete="CASCADE")
    came: list[str] = Field(
        default_factory=list,
        sa_type=json_of(),
        sa_column_kwargs={"server_default": "[]"},
        description="ids of the themes it was given to or went along with before, the first first",
    )
    given_at: datetime = Field(default_factory=now)


class Change(Base, table=True):
    """One thing that happened on a wall, numbered without a gap: what the live channel sends and replays."""

    __tablename__ = "wall_change"

    workshop_id: UUID = Field(primary_key=True, foreign_key="workshop.id", ondelete="CASCADE")
    seq: int = Field(primary_key=True, sa_type=serial())
    kind: str = Field(max_length=20)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=json_of())
    at: datetime = Field(default_factory=now)


class Numbering(Base, table=True):
    """The last number given out in a year: workshops and open sessions share one sequence."""

    year: int = Field(primary_key=True)
    last: int = Field(default=0)


def run_by(actor: Actor) -> ColumnElement[bool]:
    """The workshops a person runs."""
    return or_(
        col(Workshop.id).in_(actor.places_as(Role.FACILITATOR)),
        col(Workshop.programme_id).in_(actor.places_as(Role.MANAGER)),
    )


def signed(card: Card) -> dict[str, str]:
    """Who acts by a card, as the log keeps it: what they are called, and whose card it was."""
    return {"who": card.name, "card": str(card.id)}


def cards_of(person_id: UUID | None, token_hash: str) -> Any:
    """The cards somebody holds, by who they are or by the token in their cookie; also one they were removed with."""
    mine = col(Card.token_hash) == token_hash
    own = or_(mine, col(Card.person_id) == person_id) if person_id else mine
    return select(Card.workshop_id, Card.id, Card.presence).where(own)
