"""Persons, organisations, programmes, seats, and how people get in."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, UniqueConstraint, exists, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Field, col

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import json_of, word
from crosslab.core.tables import Base, Governed, Row
from crosslab.rules import VERIFICATION, Cycle, Role, Verification


class OrganisationKind(StrEnum):
    """What an organisation is; the words of the funding rules (`org_type`)."""

    SME_BUSINESS = "sme_business"
    BUSINESS = "business"
    BUSINESS_SUPPORT = "business_support_org"
    RESEARCH = "research_org"
    HIGHER_EDUCATION = "higher_education"
    PUBLIC_BODY = "public_body"
    HERITAGE_PUBLIC = "heritage_public"
    HERITAGE_PRIVATE = "heritage_private"
    NONPROFIT = "nonprofit"
    SOCIAL_ENTERPRISE = "social_enterprise"
    SOLE_TRADER = "sole_trader"


class SizeClass(StrEnum):
    """Size by the EU definition (Recommendation 2003/361/EC and 2025/1099)."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    SMALL_MID_CAP = "small_mid_cap"
    LARGE = "large"
    NOT_APPLICABLE = "not_applicable"


class Person(Governed, table=True):
    """A human being with an e-mail address. `vault_id` is the id of their first key statement, once made."""

    email: str = Field(max_length=320, unique=True)
    name: str = Field(max_length=120)
    language: str = Field(default="en", max_length=2)
    created_at: datetime = Field(default_factory=now)
    vault_id: str | None = Field(default=None, max_length=64, unique=True)
    digest: str = Field(default="daily", max_length=10)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.id,)

    @property
    def called(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Oneself, colleagues at one's organisations, and everyone for a steward."""
        if actor.is_everywhere(Role.STEWARD):
            return true()
        colleague = aliased(Seat)
        shared = exists().where(col(colleague.person_id) == cls.id, col(colleague.place_id).in_(actor.places))
        return or_(col(cls.id) == actor.person_id, shared)


class Organisation(Governed, table=True):
    """What acts: a museum, a firm, a university. People hold seats in it."""

    lifecycle: ClassVar[Cycle] = VERIFICATION

    name: str = Field(max_length=120)
    slug: str = Field(max_length=80, unique=True)
    kind: OrganisationKind = Field(sa_type=word(OrganisationKind))
    country: str = Field(max_length=2)
    town: str = Field(default="", max_length=80)
    size: SizeClass = Field(default=SizeClass.NOT_APPLICABLE, sa_type=word(SizeClass))
    summary: str = Field(default="", max_length=600)
    offers: str = Field(default="", max_length=2000)
    needs: str = Field(default="", max_length=2000)
    sectors: list[str] = Field(default_factory=list, sa_type=json_of())
    website: str = Field(default="", max_length=200)
    listed: bool = Field(default=True)
    state: Verification = Field(default=VERIFICATION.start, sa_type=word(Verification))
    verified_at: datetime | None = None
    verified_by: str = Field(default="", max_length=120)
    verified_note: str = Field(default="", max_length=600)
    refusal: str = Field(default="", max_length=600)
    created_at: datetime = Field(default_factory=now)
    vault_id: str | None = Field(default=None, max_length=64, unique=True)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.id,)

    @property
    def called(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Those that chose to be listed, one's own, and all for a steward."""
        if actor.is_everywhere(Role.STEWARD):
            return true()
        return or_(col(cls.listed), col(cls.id).in_(actor.places))


class Identifier(Row, table=True):
    """A number an organisation is known by elsewhere: org-id, ISIL, PIC, ROR, LEI."""

    __table_args__ = (UniqueConstraint("scheme", "value"),)

    organisation_id: UUID = Field(foreign_key="organisation.id", index=True, ondelete="CASCADE")
    scheme: str = Field(max_length=20)
    value: str = Field(max_length=40)
    added_at: datetime = Field(default_factory=now)


class Programme(Governed, table=True):
    """What a programme manager runs: challenges are published in it and its board shows their consortia."""

    name: str = Field(max_length=120)
    slug: str = Field(max_length=80, unique=True)
    code: str = Field(max_length=8, unique=True)
    summary: str = Field(default="", max_length=600)
    currency: str = Field(default="GBP", max_length=3)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.id,)

    @property
    def called(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Programmes are public; what happens inside is not."""
        return true()


class Seat(Base, table=True):
    """One person, one role, at one place."""

    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    place_id: UUID = Field(primary_key=True, index=True)
    role: Role = Field(primary_key=True, sa_type=word(Role))
    since: datetime = Field(default_factory=now)


EVERYWHERE = UUID(int=0)
"""The place of those whose seat counts everywhere: the stewards."""


class Invitation(Governed, table=True):
    """A seat offered to an e-mail address. The link's token is kept as a hash alone."""

    organisation_id: UUID = Field(foreign_key="organisation.id", index=True, ondelete="CASCADE")
    email: str = Field(max_length=320)
    role: Role = Field(sa_type=word(Role))
    token_hash: str = Field(max_length=64, unique=True)
    invited_by: str = Field(max_length=120)
    made_at: datetime = Field(default_factory=now)
    ends_at: datetime
    taken_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken."""
        return not self.taken_at and not self.withdrawn_at and self.ends_at > now()

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.organisation_id,)

    @property
    def called(self) -> str:
        return ""

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """The signatories of the organisation; the invited person comes with the token."""
        return col(cls.organisation_id).in_(actor.places_as(Role.SIGNATORY))


class SignInLink(Governed, table=True):
    """A link sent by mail that signs one person in once. The token is kept as a hash alone."""

    __tablename__ = "sign_in_link"

    email: str = Field(max_length=320, index=True)
    token_hash: str = Field(max_length=64, unique=True)
    next: str = Field(default="", max_length=400)
    made_at: datetime = Field(default_factory=now)
    ends_at: datetime
    used_at: datetime | None = None

    @property
    def is_spent(self) -> bool:
        """Whether it was used, or its twenty minutes are over."""
        return bool(self.used_at) or self.ends_at <= now()

    @property
    def places(self) -> tuple[UUID, ...]:
        return ()

    @property
    def called(self) -> str:
        return ""

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Anyone who holds the token; without it nothing is found."""
        return true()


class Presence(Governed, table=True):
    """A person signed in on one browser, until they or we end it."""

    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    browser: str = Field(default="", max_length=200)
    began_at: datetime = Field(default_factory=now)
    ends_at: datetime
    ended_at: datetime | None = None

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.person_id,)

    @property
    def called(self) -> str:
        return self.browser

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Only one's own."""
        return col(cls.person_id) == actor.person_id
