"""Series: sessions that belong together, and their dates by a rule."""

from typing import Any

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.core.slugs import free_slug
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import N_, Verb
from crosslab.sessions.dates import Rhythm, following
from crosslab.sessions.likeness import like
from crosslab.sessions.tables import OpenSession, Series


def start_series(
    db: Session, actor: Actor, programme: Programme, *, organisation: Organisation, title: str, **facts: Any
) -> Series:
    """Begin a series of a host organisation in a programme."""
    made = Series(
        slug=free_slug(db, Series, title),
        programme_id=programme.id,
        organisation_id=organisation.id,
        title=title,
        **facts,
    )
    with act(db, actor, Verb.SESSIONS_START_SERIES, made):
        pass
    return made


def describe_series(db: Session, actor: Actor, series: Series, **facts: Any) -> None:
    """Change what is said of a series. Its address stays."""
    with act(db, actor, Verb.SESSIONS_DESCRIBE_SERIES, series):
        for name, value in facts.items():
            setattr(series, name, value)


def repeat(
    db: Session, actor: Actor, session: OpenSession, *, rhythm: Rhythm, times: int
) -> list[OpenSession]:
    """Plan so many further sessions like this one in its rhythm: at the same time of day, whatever the season.

    Those that are planned already are not planned twice.
    """
    with act(db, actor, Verb.SESSIONS_REPEAT, session) as event:
        if session.series_id is None:
            raise Refused(N_("Only a session of a series has further dates. Put it into a series first."))
        made = [like(db, session, at) for at in following(session.starts_at, session.zone, rhythm, times)]
        event.facts["times"] = len(made)
        db.add_all(made)
    return made
