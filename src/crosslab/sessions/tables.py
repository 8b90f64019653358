"""Open sessions: what a host opens to people from outside, its series, and the places people have in it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index, or_, text, true
from sqlmodel import Field, col, select

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.columns import json_of, word
from crosslab.core.tables import Base, Governed, Row
from crosslab.rules import REGISTRATION, SESSION, Cycle, RegistrationState, Role, SessionState
from crosslab.workshops.tables import Presence

AT_THE_HOST = (Role.SIGNATORY, Role.CONTRIBUTOR)
"""Whoever works for the host organisation."""


def _answered_by(kind: Any, actor: Actor) -> ColumnElement[bool]:
    """What the programme's manager and the host organisation's people answer for."""
    return or_(
        col(kind.programme_id).in_(actor.places_as(Role.MANAGER)),
        col(kind.organisation_id).in_(actor.places_as(*AT_THE_HOST)),
    )


class Series(Governed, table=True):
    """Sessions that belong together: one subject, one host, several dates."""

    __tablename__ = "session_series"

    slug: str = Field(max_length=80, unique=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    title: str = Field(max_length=120)
    lead: str = Field(default="", max_length=400)
    about: str = Field(default="", max_length=4000)
    listed: bool = Field(default=True)
    created_at: datetime = Field(default_factory=now)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.organisation_id)

    @property
    def called(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Listed ones are for everyone; others for those who answer for them."""
        return or_(col(cls.listed).is_(true()), _answered_by(cls, actor))


class OpenSession(Governed, table=True):
    """A session of a host that people from outside may come to. It is itself a place: of its hosts and participants.

    `capacity` is the number of places, None for as many as come. `closes_at` ends registration; None means that
    one can register until it is over. `code` is how those in the room come in, `invite` how those who were told
    of an unlisted session find it. `edition` counts what was changed after publishing, for calendars.
    """

    __tablename__ = "open_session"

    lifecycle: ClassVar[Cycle] = SESSION

    no: str = Field(max_length=12, unique=True)
    slug: str = Field(default="", max_length=80)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    challenge_id: UUID | None = Field(default=None, foreign_key="challenge.id", index=True)
    series_id: UUID | None = Field(default=None, foreign_key="session_series.id", index=True)
    state: SessionState = Field(default=SESSION.start, sa_type=word(SessionState))

    title: str = Field(max_length=120)
    lead: str = Field(default="", max_length=400)
    about: str = Field(default="", max_length=4000)
    language: str = Field(default="en", max_length=2)
    zone: str = Field(default="Europe/London", max_length=40)
    starts_at: datetime = Field(index=True)
    ends_at: datetime
    address: str = Field(default="", max_length=300)
    access: str = Field(default="", max_length=600, description="how to get in without steps")
    online: str = Field(default="", max_length=300, description="told to those who are registered")
    capacity: int | None = None
    closes_at: datetime | None = None
    listed: bool = Field(default=True, description="whether the calendar shows it")
    code: str = Field(max_length=8, unique=True)
    invite: str = Field(default="", max_length=48, description="opens an unlisted one to who was told")
    reason: str = Field(default="", max_length=300, description="why it was cancelled")
    edition: int = Field(default=0)
    changed_at: datetime = Field(default_factory=now)
    created_at: datetime = Field(default_factory=now)

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.organisation_id, self.id)

    @property
    def called(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Where its public page is, without the language."""
        return f"/sessions/{self.no}-{self.slug}"

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Published and listed ones are for everyone; others for those who run them or registered."""
        public = (col(cls.listed).is_(true())) & (cls.state != SessionState.PLANNED)
        return or_(
            public,
            col(cls.id).in_(actor.places),
            col(cls.id).in_(list(actor.cards)),
            _answered_by(cls, actor),
        )


class SessionHost(Base, table=True):
    """A person who runs a session beside the host organisation's own people."""

    __tablename__ = "session_host"

    session_id: UUID = Field(primary_key=True, foreign_key="open_session.id", ondelete="CASCADE")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", index=True)


class Registration(Governed, table=True):
    """Somebody's place in a session, or in its queue, with or without an account.

    `nth` is the place in the queue, counted up for ever. `proven_at` is when the e-mail address was shown to be
    theirs. `held_until` ends a place that is kept for them. `presence` is what was seen at the door. `consents`
    holds the key of each wording they agreed to and when. `same_as_id` is the registration of somebody who also
    walked in on another phone: both keep what is theirs, and they count once.
    """

    __table_args__ = (
        Index("ix_registration_queue", "session_id", "state", "nth"),
        Index(
            "uq_registration_email",
            "session_id",
            "email",
            unique=True,
            sqlite_where=text("email != ''"),
            postgresql_where=text("email != ''"),
        ),
    )
    lifecycle: ClassVar[Cycle] = REGISTRATION

    session_id: UUID = Field(foreign_key="open_session.id", index=True, ondelete="CASCADE")
    programme_id: UUID = Field(foreign_key="programme.id")
    organisation_id: UUID = Field(foreign_key="organisation.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    state: RegistrationState = Field(default=REGISTRATION.start, sa_type=word(RegistrationState))
    nth: int = Field(default=0)
    name: str = Field(max_length=120)
    email: str = Field(default="", max_length=254)
    company: str = Field(default="", max_length=120)
    access: str = Field(default="", max_length=600, description="what they need to take part")
    language: str = Field(default="en", max_length=2)
    listed: bool = Field(default=False, description="whether others see that they come")
    consents: dict[str, str] = Field(default_factory=dict, sa_type=json_of())
    presence: Presence = Field(default=Presence.EXPECTED, sa_type=word(Presence))
    walk_in: bool = Field(default=False)
    same_as_id: UUID | None = Field(
        default=None, foreign_key="registration.id", index=True, ondelete="SET NULL"
    )
    registered_at: datetime = Field(default_factory=now)
    proven_at: datetime | None = None
    held_until: datetime | None = None

    @property
    def places(self) -> tuple[UUID, ...]:
        return (self.programme_id, self.organisation_id, self.session_id, self.id)

    @property
    def called(self) -> str:
        return ""

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """One's own, and those of a session one runs."""
        return or_(
            col(cls.id).in_(list(actor.cards.values())),
            col(cls.session_id).in_(actor.places_as(Role.FACILITATOR)),
            _answered_by(cls, actor),
        )


def counts_once() -> ColumnElement[bool]:
    """Whether a registration is a person of its own, and not somebody's second phone."""
    return col(Registration.same_as_id).is_(None)


class RegistrationKey(Base, table=True):
    """What shows that somebody is the one who registered: a link's token, or a browser's. Only its hash is held."""

    __tablename__ = "registration_key"

    token_hash: str = Field(primary_key=True, max_length=64)
    registration_id: UUID = Field(
        primary_key=True, foreign_key="registration.id", ondelete="CASCADE", index=True
    )
    made_at: datetime = Field(default_factory=now)


class Feed(Row, table=True):
    """A person's own calendar address. Only the hash of its token is held; a renewed one ends the one before."""

    __tablename__ = "calendar_feed"

    person_id: UUID = Field(foreign_key="person.id", unique=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    made_at: datetime = Field(default_factory=now)


def held_by(person_id: UUID | None, token_hash: str) -> Any:
    """The registrations somebody holds, by who they are or by the token in their cookie, and how each stands."""
    keyed = select(RegistrationKey.registration_id).where(RegistrationKey.token_hash == token_hash)
    mine = col(Registration.id).in_(keyed)
    own = or_(mine, col(Registration.person_id) == person_id) if person_id else mine
    return select(Registration.session_id, Registration.id, Registration.state).where(own)
