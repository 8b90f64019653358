"""A challenge and what gathers around it."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index, UniqueConstraint, or_
from sqlalchemy.orm import aliased
from sqlmodel import Field, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import json_of, money, word
from crosslab.core.tables import Base, Governed, Row
from crosslab.rules import CHALLENGE, ChallengeState, Cycle, Role

PUBLIC = (ChallengeState.OPEN, ChallengeState.CALLED, ChallengeState.CLOSED, ChallengeState.WITHDRAWN)


class IpTerms(StrEnum):
    """Who owns what comes out; each has its effect in plain words on the page."""

    KEEP = "keep"
    KEEP_AND_LICENSE = "keep_and_license"
    SHARED = "shared"
    OPEN = "open"


class Audience(StrEnum):
    """Who may know that an organisation registered interest."""

    HOST = "host"
    INTERESTED = "interested"
    EVERYONE = "everyone"


class Challenge(Governed, table=True):
    """A question with a body behind it. `no` is its public number, `slug` only decorates the address."""

    __table_args__ = (Index("ix_challenge_state_id", "state", "id"),)
    lifecycle: ClassVar[Cycle] = CHALLENGE

    no: str = Field(max_length=12, unique=True)
    slug: str = Field(default="", max_length=80)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    state: ChallengeState = Field(default=CHALLENGE.start, sa_type=word(ChallengeState))

    question: str = Field(default="", max_length=120)
    lead: str = Field(default="", max_length=400)
    sector: str = Field(default="", max_length=40, index=True)
    language: str = Field(default="en", max_length=2)
    situation: str = Field(default="", max_length=4000)
    figures: list[dict[str, Any]] = Field(default_factory=list, sa_type=json_of())
    asks: list[str] = Field(default_factory=list, sa_type=json_of())
    brings: list[dict[str, Any]] = Field(default_factory=list, sa_type=json_of())
    budget_minor: int | None = Field(default=None, sa_type=money())
    currency: str = Field(default="GBP", max_length=3)
    size_from: int | None = None
    size_to: int | None = None
    contact: str = Field(default="", max_length=200)
    may_procure: bool = Field(default=False)

    ip_terms: IpTerms | None = Field(default=None, sa_type=word(IpTerms))
    ip_note: str = Field(default="", max_length=1000)

    zone: str = Field(default="Europe/London", max_length=40)
    workshop_at: datetime | None = None
    closes_at: datetime | None = Field(default=None, index=True)
    develop_until: datetime | None = None
    decides_at: datetime | None = None

    criteria: list[dict[str, Any]] = Field(default_factory=list, sa_type=json_of())
    deciders: str = Field(default="", max_length=600)

    image: str = Field(default="", max_length=100)
    image_alt: str = Field(default="", max_length=400)
    image_title: str = Field(default="", max_length=120)
    image_credit: str = Field(default="", max_length=200)
    image_rights: str = Field(default="", max_length=100)
    image_colour: str = Field(default="", max_length=7)
    image_decorative: bool = Field(default=False)
    image_width: int | None = None
    image_height: int | None = None

    call: str = Field(default="", max_length=2000)
    call_minimum: str = Field(default="", max_length=400)
    call_roles: list[str] = Field(default_factory=list, sa_type=json_of())
    call_choice: str = Field(default="", max_length=1000)
    reason: str = Field(default="", max_length=1000)
    created_at: datetime = Field(default_factory=now)
    published_at: datetime | None = Field(default=None, index=True)
    called_at: datetime | None = None
    ended_at: datetime | None = None
    edits: dict[str, dict[str, str]] = Field(
        default_factory=dict, sa_type=json_of(), description="who saved each step last, and when"
    )
    words: str = Field(
        default="", description="lower-case text for the catalogue's search; rebuilt on each edit"
    )

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.organisation_id, self.programme_id)

    @property
    def called(self) -> str:
        return self.question or self.no

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Published ones are for everyone; before that, the owner's people and, under review, the manager."""
        return or_(
            col(cls.state).in_(PUBLIC),
            col(cls.organisation_id).in_(actor.places),
            (col(cls.state) == ChallengeState.REVIEW)
            & col(cls.programme_id).in_(actor.places_as(Role.MANAGER)),
        )


class Comment(Row, table=True):
    """What the programme manager says beside a step of the wizard."""

    challenge_id: UUID = Field(foreign_key="challenge.id", index=True, ondelete="CASCADE")
    step: str = Field(max_length=20)
    text: str = Field(max_length=1000)
    by: str = Field(max_length=120)
    at: datetime = Field(default_factory=now)


class Document(Row, table=True):
    """A public file beside the brief. `key` names the bytes in the store."""

    challenge_id: UUID = Field(foreign_key="challenge.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=120)
    key: str = Field(max_length=120)
    media_type: str = Field(max_length=100)
    size: int
    language: str = Field(default="en", max_length=2)
    at: datetime = Field(default_factory=now)


class Question(Governed, table=True):
    """A question and its answer: public to all, so that nobody knows more than another."""

    challenge_id: UUID = Field(foreign_key="challenge.id", index=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", description="whose challenge it is")
    person_id: UUID = Field(foreign_key="person.id")
    asked_by: str = Field(
        default="", max_length=120, description="the organisation named, if the asker wished"
    )
    text: str = Field(max_length=1000)
    answer: str = Field(default="", max_length=4000)
    answered_by: str = Field(default="", max_length=120)
    asked_at: datetime = Field(default_factory=now)
    answered_at: datetime | None = None

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.organisation_id,)

    @property
    def called(self) -> str:
        return self.text[:80]

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Questions are as public as their challenge."""
        return col(cls.challenge_id).in_(select(Challenge.id).where(Challenge.visible_to(actor)))


class Update(Row, table=True):
    """News from the body that asks."""

    challenge_id: UUID = Field(foreign_key="challenge.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=120)
    text: str = Field(max_length=4000)
    by: str = Field(max_length=120)
    at: datetime = Field(default_factory=now)


class Follow(Base, table=True):
    """A person who wants to hear of a challenge."""

    challenge_id: UUID = Field(primary_key=True, foreign_key="challenge.id", ondelete="CASCADE")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)
    since: datetime = Field(default_factory=now)


class Interest(Governed, table=True):
    """An organisation says what it would bring and whom it seeks. The host sees it, and whom they chose."""

    __table_args__ = (UniqueConstraint("challenge_id", "organisation_id"),)

    challenge_id: UUID = Field(foreign_key="challenge.id", index=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    brings: str = Field(max_length=400)
    seeks: str = Field(default="", max_length=400)
    shown: Audience = Field(default=Audience.INTERESTED, sa_type=word(Audience))
    at: datetime = Field(default_factory=now)
    withdrawn_at: datetime | None = None

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.organisation_id,)

    @property
    def called(self) -> str:
        return self.brings[:80]

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """One's own, the host's, and those that chose to be known to everyone or to others who are interested."""
        hosted = select(Challenge.id).where(col(Challenge.organisation_id).in_(actor.places))
        managed = select(Challenge.id).where(col(Challenge.programme_id).in_(actor.places_as(Role.MANAGER)))
        public = select(Challenge.id).where(Challenge.visible_to(actor))
        other = aliased(Interest)
        among = select(other.challenge_id).where(
            col(other.organisation_id).in_(actor.places), col(other.withdrawn_at).is_(None)
        )
        return or_(
            col(cls.organisation_id).in_(actor.places),
            col(cls.challenge_id).in_(hosted),
            col(cls.challenge_id).in_(managed),
            (col(cls.shown) == Audience.INTERESTED) & col(cls.challenge_id).in_(among),
            (col(cls.shown) == Audience.EVERYONE) & col(cls.challenge_id).in_(public),
        )
