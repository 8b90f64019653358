"""A session, or a workshop, as an entry of a calendar."""

from crosslab.core.ical import Entry
from crosslab.rules import SessionState, Step
from crosslab.workshops.tables import Workshop

from .tables import OpenSession


def entry_of(session: OpenSession, *, inside: bool = False, language: str = "en") -> Entry:
    """A session's entry. The link for those who take part from afar is in it for those who are `inside` alone."""
    return Entry(
        uid=f"session-{session.id}@crosslab",
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        changed_at=session.changed_at,
        path=f"/{language}{session.path}",
        place=session.address,
        note=session.lead,
        link=session.online if inside else "",
        edition=session.edition,
        cancelled=session.state is SessionState.CANCELLED,
        a_day_before=inside,
    )


def entry_of_workshop(workshop: Workshop, *, inside: bool = False, language: str = "en") -> Entry:
    """A workshop's entry, under the same rule."""
    return Entry(
        uid=f"workshop-{workshop.id}@crosslab",
        title=workshop.title,
        starts_at=workshop.starts_at,
        ends_at=workshop.closes_at,
        changed_at=workshop.created_at,
        path=f"/{language}/sessions/{workshop.no}-{workshop.slug}",
        place=workshop.address,
        note=workshop.lead,
        link=workshop.online if inside else "",
        edition=workshop.version,
        cancelled=workshop.state is Step.CANCELLED,
        a_day_before=inside,
    )
