"""A consortium, its members, the roles it seeks, its charter."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index, UniqueConstraint, and_, or_, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import word
from crosslab.core.tables import Governed, Row
from crosslab.rules import CONSORTIUM, MEMBERSHIP, ConsortiumState, Cycle, MembershipState, Role

WAITING = (MembershipState.INVITED, MembershipState.ASKED)
PRESENT = (*WAITING, MembershipState.ACTIVE)
ONE_AT_A_TIME = text("state IN ('invited', 'asked', 'active')")
LIVES = text("state <> 'dissolved'")


class Consortium(Governed, table=True):
    """A team of organisations. `pitch` is what the host may read; `vault_id` its chain in the vault.

    `skeleton_id` is the business case of a workshop that it began with. One that lives has a case to itself.
    """

    __table_args__ = (
        Index(
            "ix_consortium_one_of_a_skeleton",
            "skeleton_id",
            unique=True,
            sqlite_where=LIVES,
            postgresql_where=LIVES,
        ),
    )
    lifecycle: ClassVar[Cycle] = CONSORTIUM

    challenge_id: UUID = Field(foreign_key="challenge.id", index=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    ref: str = Field(max_length=20, unique=True)
    name: str = Field(max_length=80)
    slug: str = Field(max_length=80, unique=True)
    pitch: str = Field(default="", max_length=600)
    open_to_requests: bool = Field(default=False)
    state: ConsortiumState = Field(default=CONSORTIUM.start, sa_type=word(ConsortiumState))
    lead_id: UUID = Field(foreign_key="organisation.id", index=True)
    lead_offered_to: UUID | None = Field(default=None, foreign_key="organisation.id")
    started_at: datetime = Field(default_factory=now)
    vault_id: str | None = Field(default=None, max_length=64, unique=True)
    skeleton_id: UUID | None = Field(default=None, foreign_key="skeleton.id", ondelete="SET NULL")

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.id, self.programme_id)

    @property
    def called(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Its members, the programme's manager, and those who are invited. Nobody else: not the host either."""
        return or_(
            col(cls.id).in_(actor.places),
            col(cls.programme_id).in_(actor.places_as(Role.MANAGER)),
            col(cls.id).in_(inviting(actor)),
        )


class Membership(Governed, table=True):
    """An organisation in a consortium, or on its way in or out. Who has left may be asked again: a new row."""

    __table_args__ = (
        Index(
            "ix_membership_one_at_a_time",
            "consortium_id",
            "organisation_id",
            unique=True,
            sqlite_where=ONE_AT_A_TIME,
            postgresql_where=ONE_AT_A_TIME,
        ),
    )
    lifecycle: ClassVar[Cycle] = MEMBERSHIP

    consortium_id: UUID = Field(foreign_key="consortium.id", index=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    state: MembershipState = Field(default=MEMBERSHIP.start, sa_type=word(MembershipState))
    task: str = Field(default="", max_length=200, description="what it does in the consortium")
    note: str = Field(default="", max_length=600)
    since: datetime | None = None
    until: datetime | None = None
    ends_at: datetime | None = Field(default=None, description="when an invitation or a request expires")
    charter: int = Field(default=0, description="the charter's number that it accepted")
    declared_at: datetime | None = Field(
        default=None,
        description="when it declared that it takes part in a second consortium of the challenge",
    )

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.organisation_id, self.consortium_id)

    @property
    def called(self) -> str:
        return self.task

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Members see all, an organisation its own, the manager and the invited those who are in."""
        managed = select(Consortium.id).where(col(Consortium.programme_id).in_(actor.places_as(Role.MANAGER)))
        looking_in = or_(col(cls.consortium_id).in_(managed), col(cls.consortium_id).in_(inviting(actor)))
        return or_(
            col(cls.consortium_id).in_(actor.places),
            col(cls.organisation_id).in_(actor.places),
            and_(looking_in, col(cls.state) == MembershipState.ACTIVE),
        )


def inviting(actor: Actor) -> SelectOfScalar[UUID]:
    """The consortia that have invited an organisation the actor works for, while the invitation stands."""
    invited = aliased(Membership)
    return select(invited.consortium_id).where(
        col(invited.organisation_id).in_(actor.places_as(Role.SIGNATORY, Role.CONTRIBUTOR)),
        col(invited.state) == MembershipState.INVITED,
    )


class SoughtRole(Row, table=True):
    """A role the consortium seeks: shown on the challenge only when the consortium is open to requests."""

    __tablename__ = "sought_role"

    consortium_id: UUID = Field(foreign_key="consortium.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=120)
    text: str = Field(default="", max_length=400)


class Charter(Row, table=True):
    """What all members agree on. A new charter replaces the last one and everyone accepts anew."""

    __table_args__ = (UniqueConstraint("consortium_id", "number"),)

    consortium_id: UUID = Field(foreign_key="consortium.id", index=True, ondelete="CASCADE")
    number: int
    purpose: str = Field(max_length=2000)
    voting: str = Field(max_length=600)
    leaving: str = Field(max_length=600)
    ip_regime: str = Field(max_length=40)
    written_by: str = Field(max_length=120)
    written_at: datetime = Field(default_factory=now)
    digest: str = Field(max_length=64)
