"""What is said in an open session: its voices, who supports them, the terms they were said under."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index, UniqueConstraint, or_
from sqlmodel import Field, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import word
from crosslab.core.tables import Base, Governed, Row
from crosslab.rules import VOICE, Cycle, Role, VoiceState
from crosslab.sessions.tables import AT_THE_HOST, OpenSession


class VoiceKind(StrEnum):
    """What somebody has to say."""

    QUESTION = "question"
    EXPERIENCE = "experience"
    ERROR = "error"
    IDEA = "idea"


class TermsChosen(Row, table=True):
    """What the host chose for a session, from then on: who may use suggestions, whether something new is shown."""

    __tablename__ = "session_terms"

    session_id: UUID = Field(foreign_key="open_session.id", index=True, ondelete="CASCADE")
    terms: str = Field(max_length=20)
    shows_new: bool = Field(default=False)
    warning: str = Field(default="", max_length=20, description="the warning the host has read")
    by: str = Field(default="", max_length=120)
    at: datetime = Field(default_factory=now)


class Voice(Governed, table=True):
    """One thing somebody said. `terms` and `warning` name the wordings its author read before sending it.

    Grouped ones lead to the voice they are shown with. `key` is made by the page, so that it is said once.
    """

    __table_args__ = (
        UniqueConstraint("session_id", "key"),
        Index("ix_voice_session_state", "session_id", "state"),
    )
    lifecycle: ClassVar[Cycle] = VOICE

    session_id: UUID = Field(foreign_key="open_session.id", ondelete="CASCADE")
    programme_id: UUID = Field(foreign_key="programme.id")
    organisation_id: UUID = Field(foreign_key="organisation.id")
    registration_id: UUID | None = Field(
        default=None, foreign_key="registration.id", index=True, ondelete="SET NULL"
    )
    state: VoiceState = Field(default=VOICE.start, sa_type=word(VoiceState))
    about: str = Field(max_length=120, description="the title of the session: all that the log says of it")
    key: str = Field(max_length=40)
    kind: VoiceKind = Field(sa_type=word(VoiceKind))
    text: str = Field(max_length=400)
    named: bool = Field(default=False, description="whether its author's name may be shown")
    language: str = Field(default="en", max_length=2)
    terms: str = Field(max_length=20)
    warning: str = Field(default="", max_length=20)
    said_at: datetime = Field(default_factory=now)
    edited_at: datetime | None = None

    answer: str = Field(default="", max_length=2000)
    answered_by: str = Field(default="", max_length=120)
    answered_at: datetime | None = None
    reason: str = Field(default="", max_length=300)
    pinned_at: datetime | None = None
    into_id: UUID | None = Field(default=None, foreign_key="voice.id", index=True, ondelete="SET NULL")
    challenge_id: UUID | None = Field(default=None, foreign_key="challenge.id", index=True)
    question_id: UUID | None = Field(default=None, foreign_key="question.id", ondelete="SET NULL")
    skeleton_id: UUID | None = Field(default=None, foreign_key="skeleton.id", index=True, ondelete="SET NULL")

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.organisation_id, self.session_id)

    @property
    def called(self) -> str:
        return self.about

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """What stands: whoever sees the session. What was hidden or taken back: its author and who runs it."""
        seen = select(OpenSession.id).where(OpenSession.visible_to(actor))
        stands = col(cls.state).in_((VoiceState.UP, VoiceState.GROUPED)) & col(cls.session_id).in_(seen)
        return or_(
            stands,
            col(cls.registration_id).in_(list(actor.cards.values())),
            (col(cls.state) == VoiceState.HIDDEN) & _run_by(actor),
        )


def _run_by(actor: Actor) -> ColumnElement[bool]:
    """What was said in sessions a person runs."""
    return or_(
        col(Voice.session_id).in_(actor.places_as(Role.FACILITATOR)),
        col(Voice.organisation_id).in_(actor.places_as(*AT_THE_HOST)),
        col(Voice.programme_id).in_(actor.places_as(Role.MANAGER)),
    )


class Support(Base, table=True):
    """That somebody supports a voice: once per person."""

    __tablename__ = "voice_support"

    registration_id: UUID = Field(primary_key=True, foreign_key="registration.id", ondelete="CASCADE")
    voice_id: UUID = Field(primary_key=True, foreign_key="voice.id", ondelete="CASCADE", index=True)


class Opinion(Base, table=True):
    """How somebody found a session: three questions, answered once, changed at will."""

    __tablename__ = "session_opinion"

    registration_id: UUID = Field(primary_key=True, foreign_key="registration.id", ondelete="CASCADE")
    session_id: UUID = Field(foreign_key="open_session.id", index=True, ondelete="CASCADE")
    worth: int = Field(description="1 to 5")
    took: str = Field(default="", max_length=600)
    otherwise: str = Field(default="", max_length=600)
    at: datetime = Field(default_factory=now)


class Summary(Base, table=True):
    """What everybody who registered is sent once after a session, and when it went out."""

    __tablename__ = "session_summary"

    session_id: UUID = Field(primary_key=True, foreign_key="open_session.id", ondelete="CASCADE")
    words: str = Field(default="", max_length=2000)
    slides: str = Field(default="", max_length=300, description="where they can be fetched")
    licence: str = Field(default="", max_length=20, description="the key of the licence the slides are under")
    sent_at: datetime | None = None


class SessionFile(Row, table=True):
    """A file that goes with the summary: slides, a handout. `key` names the bytes in the store."""

    __tablename__ = "session_file"

    session_id: UUID = Field(foreign_key="open_session.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=120)
    key: str = Field(max_length=120)
    media_type: str = Field(max_length=100)
    size: int
    licence: str = Field(max_length=20, description="the key of the licence it is under")
    by: str = Field(default="", max_length=120)
    at: datetime = Field(default_factory=now)
