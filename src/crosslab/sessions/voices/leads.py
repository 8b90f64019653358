"""Leads: somebody in a session would like to hear from one organisation, and agreed to what that means."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index
from sqlmodel import Field, col

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import word
from crosslab.core.tables import Base, Governed, Row
from crosslab.rules import LEAD, Cycle, LeadState, Role

ANSWERS = (Role.SIGNATORY, Role.CONTRIBUTOR)
"""Who reads and works with an organisation's leads."""


class Intent(StrEnum):
    """What somebody would like to become."""

    PARTNER = "partner"
    CUSTOMER = "customer"
    JOB = "job"
    PRESS = "press"


class Outcome(StrEnum):
    """What became of a lead."""

    FOLLOWER = "follower"  # of a challenge
    MEMBER = "member"  # of the organisation's network
    CONSORTIUM = "consortium"
    CUSTOMER = "customer"
    HIRE = "hire"


class OfOneOrganisation:
    """What one organisation alone answers for in a session; the log calls it by the session's title."""

    if TYPE_CHECKING:
        organisation_id: UUID
        about: str

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.organisation_id,)

    @property
    def called(self) -> str:
        return self.about


class Lead(OfOneOrganisation, Governed, table=True):
    """One person's wish to hear from one organisation. Taken back or run out, its contact and words are gone.

    `consent` names the wording and `agreed_to` is the sentence as it was shown, in the language it was read in.
    `consortium_id` is the consortium they came to: a later room's, so it is kept as its id alone.
    """

    __table_args__ = (Index("ix_lead_organisation_state", "organisation_id", "state"),)
    lifecycle: ClassVar[Cycle] = LEAD

    session_id: UUID = Field(foreign_key="open_session.id", index=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", ondelete="CASCADE")
    registration_id: UUID | None = Field(
        default=None, foreign_key="registration.id", index=True, ondelete="SET NULL"
    )
    state: LeadState = Field(default=LEAD.start, sa_type=word(LeadState))
    about: str = Field(max_length=120, description="the title of the session, for the log")

    intent: Intent = Field(sa_type=word(Intent))
    name: str = Field(max_length=120)
    email: str = Field(max_length=320)
    words: str = Field(default="", max_length=600)
    language: str = Field(default="en", max_length=2)
    consent: str = Field(max_length=20)
    agreed_to: str = Field(max_length=600)
    left_at: datetime = Field(default_factory=now)
    erase_at: datetime = Field(index=True)
    ended_at: datetime | None = None

    assignee_id: UUID | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    next_step: str = Field(default="", max_length=200)
    next_on: date | None = None
    became: Outcome | None = Field(default=None, sa_type=word(Outcome))
    became_of: str = Field(default="", max_length=120)
    became_on: date | None = None
    challenge_id: UUID | None = Field(default=None, foreign_key="challenge.id", index=True)
    consortium_id: UUID | None = Field(default=None, index=True)

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Those who act for the organisation it was left to; nobody who runs the session or the programme."""
        return col(cls.organisation_id).in_(actor.places_as(*ANSWERS))


class LeadNote(Row, table=True):
    """What somebody of the organisation noted about a lead. It goes when the contact goes."""

    lead_id: UUID = Field(foreign_key="lead.id", index=True, ondelete="CASCADE")
    text: str = Field(max_length=1000)
    by: str = Field(max_length=120)
    sent: bool = Field(default=False, description="whether it is a letter that went to them")
    at: datetime = Field(default_factory=now)


class LeadKey(Base, table=True):
    """The token of a link that takes a lead back: every letter has its own. Only its hash is held."""

    __tablename__ = "lead_key"

    token_hash: str = Field(primary_key=True, max_length=64)
    lead_id: UUID = Field(foreign_key="lead.id", index=True, ondelete="CASCADE")
