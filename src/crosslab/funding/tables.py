"""An application of a consortium to a funding programme: its sections, its budget, its sign-offs."""

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, UniqueConstraint, or_
from sqlmodel import Field, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import json_of, money, word
from crosslab.core.tables import Governed, Row
from crosslab.rules import APPLICATION, ApplicationState, Cycle, Role


class CostCategory(StrEnum):
    """The kinds of cost that funders ask to see apart."""

    STAFF = "staff"
    SUBCONTRACTING = "subcontracting"
    TRAVEL = "travel"
    EQUIPMENT = "equipment"
    MATERIALS = "materials"
    OTHER = "other"
    OVERHEADS = "overheads"


class Application(Governed, table=True):
    """What a consortium hands in to a funder. `scheme` names the funding programme in the reference data."""

    lifecycle: ClassVar[Cycle] = APPLICATION

    no: str = Field(max_length=20, unique=True)
    consortium_id: UUID = Field(foreign_key="consortium.id", index=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    scheme: str = Field(max_length=60)
    scheme_name: str = Field(max_length=200)
    title: str = Field(max_length=120)
    acronym: str = Field(default="", max_length=20)
    currency: str = Field(max_length=3)
    language: str = Field(default="en", max_length=2, description="the language the funder reads")
    starts_on: date | None = None
    months: int = Field(default=12)
    state: ApplicationState = Field(default=APPLICATION.start, sa_type=word(ApplicationState))
    started_at: datetime = Field(default_factory=now)
    due_at: datetime | None = None
    asked_digest: str = Field(default="", max_length=64, description="what the partners were asked to sign")
    submitted_at: datetime | None = None
    submitted_digest: str = Field(default="", max_length=64)
    submitted_content: str = Field(default="", description="the canonical text that was signed and submitted")
    funder_reference: str = Field(default="", max_length=80)
    decided_at: datetime | None = None
    awarded_minor: int | None = Field(default=None, sa_type=money())
    outcome: str = Field(default="", max_length=1000)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.consortium_id, self.programme_id)

    @property
    def called(self) -> str:
        return self.scheme_name

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """The members of the consortium and the programme's manager."""
        return or_(
            col(cls.consortium_id).in_(actor.places_as(Role.ONLOOKER)),
            col(cls.programme_id).in_(actor.places_as(Role.MANAGER)),
        )


class Section(Row, table=True):
    """One part of the application's text. `version` lets the second of two writers know."""

    __table_args__ = (UniqueConstraint("application_id", "key"),)

    application_id: UUID = Field(foreign_key="application.id", index=True, ondelete="CASCADE")
    key: str = Field(max_length=40)
    place: int = 0
    title: str = Field(max_length=120)
    ask: str = Field(default="", max_length=600, description="what the funder wants to read here")
    most_words: int = 500
    text: str = Field(default="")
    version: int = 1
    written_by: str = Field(default="", max_length=120)
    written_at: datetime | None = None


class PartnerBudget(Governed, table=True):
    """What one partner organisation costs and asks for. The rate is an exact fraction of its eligible cost."""

    __tablename__ = "partner_budget"
    __table_args__ = (UniqueConstraint("application_id", "organisation_id"),)

    application_id: UUID = Field(foreign_key="application.id", index=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    rate_num: int = 1
    rate_den: int = 2
    no_costs: bool = Field(default=False, description="the partner takes part without costs of its own")
    note: str = Field(default="", max_length=600)
    changed_at: datetime | None = None
    changed_by: str = Field(default="", max_length=120)

    @property
    def rate(self) -> Fraction:
        return Fraction(self.rate_num, self.rate_den)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.organisation_id,)

    @property
    def called(self) -> str:
        return ""

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """As visible as its application: partners see each other's figures."""
        return col(cls.application_id).in_(select(Application.id).where(Application.visible_to(actor)))


class BudgetLine(Row, table=True):
    """One cost of one partner in one year, in minor units of the application's currency."""

    __tablename__ = "budget_line"

    partner_budget_id: UUID = Field(foreign_key="partner_budget.id", index=True, ondelete="CASCADE")
    place: int = Field(default=0, description="the order in which the lines were typed")
    category: CostCategory = Field(sa_type=word(CostCategory))
    year: int = 1
    what: str = Field(max_length=160)
    cost_minor: int = Field(sa_type=money())


class Signature(Row, table=True):
    """A partner's sign-off of exactly what `digest` names. When the application changes, it has lapsed."""

    application_id: UUID = Field(foreign_key="application.id", index=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    signed_by: str = Field(max_length=120)
    digest: str = Field(max_length=64)
    parts: dict[str, str] = Field(
        default_factory=dict,
        sa_type=json_of(),
        description="a digest of each part, to tell later what changed",
    )
    signed_at: datetime = Field(default_factory=now)
    taken_back_at: datetime | None = None
