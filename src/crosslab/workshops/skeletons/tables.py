"""A business case, what it was drafted from, who is in it, what is planned, its call, and who is interested."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index, UniqueConstraint, and_, func, or_, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crosslab.challenges.tables import Audience, Interest
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import json_of, money, word
from crosslab.core.tables import Base, Governed, Row
from crosslab.rules import SKELETON, Cycle, Role, SkeletonState
from crosslab.workshops.tables import Card, Presence

KEPT = text("state <> 'let_go'")
SHOWN = (SkeletonState.OPEN, SkeletonState.TAKEN_UP)


class Brings(StrEnum):
    """What somebody who is interested would bring."""

    PEOPLE = "people"
    KNOW_HOW = "know_how"
    EQUIPMENT = "equipment"
    PLACE = "place"
    CUSTOMERS = "customers"
    MONEY = "money"


class Skeleton(Governed, table=True):
    """A business case in outline. It belongs to a company of the room, or to one person of it.

    `origin` says what it was drafted from: the same suggestion is drafted once until it is let go. `taken_by` is
    the consortium it became: a later room's, so it is kept as its id alone.
    """

    __table_args__ = (
        Index(
            "ix_skeleton_one_of_an_origin",
            "workshop_id",
            "origin",
            unique=True,
            sqlite_where=KEPT,
            postgresql_where=KEPT,
        ),
    )
    lifecycle: ClassVar[Cycle] = SKELETON

    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    programme_id: UUID = Field(foreign_key="programme.id")
    origin: str = Field(max_length=160)
    state: SkeletonState = Field(default=SKELETON.start, sa_type=word(SkeletonState))
    title: str = Field(max_length=120)
    said: dict[str, str] = Field(default_factory=dict, sa_type=json_of(), description="the outline, by field")
    currency: str = Field(default="EUR", max_length=3)
    income_minor: int | None = Field(default=None, sa_type=money(), description="expected in the first year")
    cost_minor: int | None = Field(default=None, sa_type=money(), description="expected in the first year")
    company_id: UUID = Field(foreign_key="company.id", index=True, description="whose it is")
    card_id: UUID | None = Field(
        default=None, foreign_key="place_card.id", index=True, description="the one person"
    )
    due_on: date | None = None
    drafted_at: datetime = Field(default_factory=now)
    edited_at: datetime = Field(default_factory=now)
    taken_by: UUID | None = Field(default=None, index=True)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.workshop_id)

    @property
    def called(self) -> str:
        return self.title

    @property
    def gap_minor(self) -> int | None:
        """What the first year costs beyond what it brings in, in minor units; None while either is unsaid."""
        if self.income_minor is None or self.cost_minor is None:
            return None
        return max(0, self.cost_minor - self.income_minor)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Whoever runs the room, and the people of the companies that are in it. Nobody else in the room."""
        return or_(
            col(cls.workshop_id).in_(actor.places_as(Role.FACILITATOR)),
            col(cls.programme_id).in_(actor.places_as(Role.MANAGER)),
            col(cls.id).in_(_involving(actor)),
        )


class Involved(Base, table=True):
    """A company of the room that a business case is about."""

    skeleton_id: UUID = Field(primary_key=True, foreign_key="skeleton.id", ondelete="CASCADE")
    company_id: UUID = Field(primary_key=True, foreign_key="company.id", ondelete="CASCADE", index=True)


def _involving(actor: Actor) -> SelectOfScalar[UUID]:
    """The business cases somebody is in by the card they hold."""
    return seated().where(col(Card.id).in_(list(actor.cards.values())))


def seated() -> SelectOfScalar[UUID]:
    """The business cases, with the cards that are in them: whose one it is, and those of the companies in it.

    Companies are named by whoever comes in, so only those count who sat there before it was drafted: nobody reads
    a rival's case by taking a seat under its name.
    """
    before = func.coalesce(Card.seated_at, Card.came_at) <= Skeleton.drafted_at
    in_it = and_(
        col(Card.company_id) == col(Involved.company_id), or_(before, col(Card.id) == Skeleton.card_id)
    )
    rows = select(Skeleton.id).join(Involved, col(Involved.skeleton_id) == col(Skeleton.id))
    return rows.join(Card, in_it).where(Card.presence != Presence.OUT)


class Source(Row, table=True):
    """What a business case was drafted from: notes, the threads between them, the theme they lay on. For ever."""

    __tablename__ = "skeleton_source"

    skeleton_id: UUID = Field(foreign_key="skeleton.id", index=True, ondelete="CASCADE")
    at: int = Field(default=0, description="its place among the sources, the strongest first")
    note_id: UUID | None = Field(default=None, foreign_key="note.id", index=True, ondelete="CASCADE")
    tie_id: UUID | None = Field(default=None, foreign_key="tie.id", ondelete="CASCADE")
    theme_id: UUID | None = Field(default=None, foreign_key="theme.id", index=True, ondelete="CASCADE")


class PlannedAction(Row, table=True):
    """What somebody of the room does next for a business case, and by when."""

    __tablename__ = "planned_action"

    skeleton_id: UUID = Field(foreign_key="skeleton.id", index=True, ondelete="CASCADE")
    words: str = Field(max_length=200)
    company_id: UUID = Field(foreign_key="company.id")
    due_on: date | None = None
    done_at: datetime | None = None


class Call(Governed, table=True):
    """The call to action for a business case: all that those who are not in it learn of it, while it is open."""

    __tablename__ = "skeleton_call"

    skeleton_id: UUID = Field(foreign_key="skeleton.id", unique=True, ondelete="CASCADE")
    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    programme_id: UUID = Field(foreign_key="programme.id")
    title: str = Field(max_length=120)
    words: str = Field(default="", max_length=600)
    seeks: list[str] = Field(default_factory=list, sa_type=json_of())
    public: bool = Field(default=False, description="whether also people outside the room see it")
    opened_at: datetime = Field(default_factory=now)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.workshop_id)

    @property
    def called(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """While it is open, and once it is taken up: the room, or everyone. Always: those in it or interested in it."""
        shown = select(Skeleton.id).where(col(Skeleton.state).in_(SHOWN))
        inside = select(Skeleton.id).where(Skeleton.visible_to(actor))
        readers = or_(col(cls.public).is_(True), col(cls.workshop_id).in_(actor.places))
        keen = select(CallInterest.skeleton_id).where(
            own(CallInterest, actor), col(CallInterest.withdrawn_at).is_(None)
        )
        within = or_(col(cls.skeleton_id).in_(inside), col(cls.skeleton_id).in_(keen))
        return or_(and_(col(cls.skeleton_id).in_(shown), readers), within)


class CallInterest(Governed, table=True):
    """That somebody would take part: a participant with their card, or an organisation with an account.

    Where the workshop belongs to a challenge, an organisation's words are its interest in the challenge, said once
    (`interest_id`); here is then only what it ticked.
    """

    __tablename__ = "call_interest"
    __table_args__ = (
        UniqueConstraint("skeleton_id", "card_id"),
        UniqueConstraint("skeleton_id", "organisation_id"),
    )

    skeleton_id: UUID = Field(foreign_key="skeleton.id", index=True, ondelete="CASCADE")
    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    programme_id: UUID = Field(foreign_key="programme.id")
    card_id: UUID | None = Field(default=None, foreign_key="place_card.id", index=True, ondelete="CASCADE")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)
    interest_id: UUID | None = Field(default=None, foreign_key="interest.id", index=True)
    ticks: list[str] = Field(default_factory=list, sa_type=json_of())
    brings: str = Field(default="", max_length=200)
    seeks: str = Field(default="", max_length=200)
    shown: Audience = Field(default=Audience.INTERESTED, sa_type=word(Audience))
    at: datetime = Field(default_factory=now)
    withdrawn_at: datetime | None = None

    @property
    def places(self) -> tuple[UUID, ...]:
        own = (self.organisation_id,) if self.organisation_id else ()
        return (*own, self.programme_id, self.workshop_id)

    @property
    def called(self) -> str:
        return self.brings[:80]

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """One's own; all of it for those in the case; of others what they chose to show to whoever asks."""
        other = aliased(cls)
        mine = select(other.skeleton_id).where(own(other, actor), col(other.withdrawn_at).is_(None))
        inside = select(Skeleton.id).where(Skeleton.visible_to(actor))
        readable = select(Call.skeleton_id).where(Call.visible_to(actor))
        said = select(Interest.id).where(Interest.visible_to(actor), col(Interest.withdrawn_at).is_(None))
        apart = or_(
            and_(col(cls.shown) == Audience.INTERESTED, col(cls.skeleton_id).in_(mine)),
            and_(col(cls.shown) == Audience.EVERYONE, col(cls.skeleton_id).in_(readable)),
        )
        joined = and_(col(cls.skeleton_id).in_(readable), col(cls.interest_id).in_(said))
        return or_(
            own(cls, actor),
            and_(
                col(cls.withdrawn_at).is_(None),
                or_(col(cls.skeleton_id).in_(inside), and_(col(cls.interest_id).is_(None), apart), joined),
            ),
        )


def own(row: type[CallInterest], actor: Actor) -> ColumnElement[bool]:
    """One's own interests, by the card or by the organisation."""
    cards, houses = list(actor.cards.values()), actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR)
    return or_(col(row.card_id).in_(cards), col(row.organisation_id).in_(houses))
