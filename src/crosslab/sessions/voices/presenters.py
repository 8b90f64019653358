"""Organisations that present in a session beside its host, and so may be left an address: once they have agreed."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, UniqueConstraint, and_, or_
from sqlmodel import Field, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import word
from crosslab.core.tables import Governed
from crosslab.rules import PRESENTER, Cycle, PresenterState, Role
from crosslab.sessions.tables import AT_THE_HOST, OpenSession

from .leads import ANSWERS, OfOneOrganisation


class Presenter(OfOneOrganisation, Governed, table=True):
    """One organisation in one session. It answers for itself: nobody else agrees in its name."""

    __tablename__ = "session_presenter"
    __table_args__ = (UniqueConstraint("session_id", "organisation_id"),)
    lifecycle: ClassVar[Cycle] = PRESENTER

    session_id: UUID = Field(foreign_key="open_session.id", ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True, ondelete="CASCADE")
    state: PresenterState = Field(default=PRESENTER.start, sa_type=word(PresenterState))
    about: str = Field(max_length=120, description="the title of the session, for the log")
    asked_by: str = Field(default="", max_length=120)
    asked_at: datetime = Field(default_factory=now)
    answered_by: str = Field(default="", max_length=120)
    answered_at: datetime | None = None

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """The organisation's own people and those who run the session; once it agreed, whoever sees the session."""
        seen = select(OpenSession.id).where(OpenSession.visible_to(actor))
        run = select(OpenSession.id).where(
            or_(
                col(OpenSession.id).in_(actor.places_as(Role.FACILITATOR)),
                col(OpenSession.programme_id).in_(actor.places_as(Role.MANAGER)),
                col(OpenSession.organisation_id).in_(actor.places_as(*AT_THE_HOST)),
            )
        )
        return or_(
            col(cls.organisation_id).in_(actor.places_as(*ANSWERS)),
            col(cls.session_id).in_(run),
            and_(col(cls.state) == PresenterState.AGREED, col(cls.session_id).in_(seen)),
        )
