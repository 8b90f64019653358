"""Planning sessions, one like another, and who runs them."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from crosslab.challenges.tables import Challenge
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.slugs import slug
from crosslab.people.tables import Organisation, Person, Programme
from crosslab.people.tokens import new_token
from crosslab.rules import N_, SessionState, Verb
from crosslab.sessions import queries
from crosslab.sessions.giving import fill
from crosslab.sessions.letters import tell
from crosslab.sessions.likeness import like
from crosslab.sessions.tables import OpenSession, Series, SessionHost
from crosslab.workshops.codes import new_code
from crosslab.workshops.numbers import next_no

SOONER = N_("The session ends before it begins. Change one of the two.")
TOO_LATE = N_("Registration cannot close after the session has ended.")
TOLD = ("starts_at", "ends_at", "zone", "address", "online")
"""What people who registered are told of when it changes."""


def plan(
    db: Session,
    actor: Actor,
    programme: Programme,
    *,
    organisation: Organisation,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    series: Series | None = None,
    challenge: Challenge | None = None,
    **facts: Any,
) -> OpenSession:
    """Plan a session of a host organisation in a programme. Nobody sees it before it is published."""
    made = OpenSession(
        no=next_no(db, starts_at.year),
        slug=slug(title),
        programme_id=programme.id,
        organisation_id=organisation.id,
        series_id=series.id if series else None,
        challenge_id=challenge.id if challenge else None,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        code=new_code(),
        invite=new_token()[:24],
        **facts,
    )
    with act(db, actor, Verb.SESSIONS_PLAN, made):
        _in_order(made)
        _of_its_host(made, series)
    return made


def _in_order(session: OpenSession) -> None:
    if session.ends_at <= session.starts_at:
        raise Refused(SOONER, field="ends_at")
    if session.closes_at and session.closes_at > session.ends_at:
        raise Refused(TOO_LATE, field="closes_at")


def _of_its_host(session: OpenSession, series: Series | None) -> None:
    if series is not None and series.organisation_id != session.organisation_id:
        raise Refused(
            N_("A series belongs to one host. Choose a series of this organisation."), field="series"
        )


def describe(db: Session, actor: Actor, session: OpenSession, **facts: Any) -> None:
    """Change what is said of a session. Those who registered are told when its time or place changes.

    Nobody loses a place when there are fewer of them; when there are more, the queue moves up.
    """
    queries.hold(db, session)
    before = {name: getattr(session, name) for name in TOLD}
    with act(db, actor, Verb.SESSIONS_DESCRIBE, session):
        for name, value in facts.items():
            setattr(session, name, value)
        _in_order(session)
        session.slug = slug(session.title)
        session.edition, session.changed_at = session.edition + 1, now()
    if session.state is SessionState.PLANNED:
        return
    if any(getattr(session, name) != value for name, value in before.items()):
        for registration in queries.standing(db, session):
            tell(db, session, registration, "session_changed", calendar=queries.is_in(registration))
    fill(db, session)


def copy(
    db: Session, actor: Actor, session: OpenSession, *, starts_at: datetime, title: str | None = None
) -> OpenSession:
    """Plan another session like this one, as long, at another time. Places and people are not copied."""
    with act(db, actor, Verb.SESSIONS_COPY, session):
        made = like(db, session, starts_at)
        made.title = title or made.title
        made.slug = slug(made.title)
        db.add(made)
    return made


def appoint(db: Session, actor: Actor, session: OpenSession, *, person: Person) -> None:
    """Give the session to a host who runs it: words, door and day."""
    with act(db, actor, Verb.SESSIONS_APPOINT, session, hear=(person.id,)) as event:
        event.facts["person"] = person.name
        db.merge(SessionHost(session_id=session.id, person_id=person.id))


def dismiss(db: Session, actor: Actor, session: OpenSession, *, person: Person) -> None:
    """Take the session back from a host."""
    with act(db, actor, Verb.SESSIONS_DISMISS, session, hear=(person.id,)) as event:
        event.facts["person"] = person.name
        held = select(SessionHost).where(
            SessionHost.session_id == session.id, col(SessionHost.person_id) == person.id
        )
        seat = db.exec(held).one_or_none()
        if seat is None:
            raise Refused(N_("They do not run this session."))
        db.delete(seat)
