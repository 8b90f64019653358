"""Calendar files and feeds: of one session, of all, of a programme, of a series, and a person's own."""

from collections.abc import Iterable
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from litestar import Response
from litestar.params import FromQuery

from crosslab.core.actor import NOBODY_YET
from crosslab.core.errors import Missing
from crosslab.core.find import find_by
from crosslab.core.ical import Entry, calendar
from crosslab.people.tables import Programme
from crosslab.rules import N_, Verb
from crosslab.sessions import actions, queries
from crosslab.sessions.entries import entry_of, entry_of_workshop
from crosslab.sessions.queries import Wish
from crosslab.sessions.tables import Series
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, ask_anyone, do

from .frame import NOTHING, number_in, session_for

FRESH = 60 * 30


@ask("/sessions/{no:str}/session.ics", public=True)
def file(db: Db, actor: Who, page: Here, no: Slug, invite: FromQuery[str] = "") -> Response[Any]:
    """One session. The link for those who take part from afar is in it for those who have a place."""
    workshop = queries.workshop_numbered(db, actor, number_in(no))
    if workshop is not None:
        inside = workshop.id in actor.cards
        return _calendar(
            page, [entry_of_workshop(workshop, inside=inside, language=page.code)], file=workshop.no
        )
    session = session_for(db, actor, no, invite)
    own = queries.own(db, actor, session)
    inside = own is not None and queries.is_in(own)
    return _calendar(page, [entry_of(session, inside=inside, language=page.code)], file=session.no)


@ask("/sessions.ics", public=True)
def everything(db: Db, page: Here) -> Response[Any]:
    return _feed(db, page, Wish(), page.say(N_("Sessions and workshops")))


@ask("/programmes/{slug:str}/sessions.ics", public=True)
def of_programme(db: Db, actor: Who, page: Here, slug: Slug) -> Response[Any]:
    programme = find_by(db, actor, Programme, slug=slug)
    return _feed(db, page, Wish(programme_id=programme.id), programme.name)


@ask("/series/{slug:str}/sessions.ics", public=True)
def of_series(db: Db, page: Here, slug: Slug) -> Response[Any]:
    series = find_by(db, NOBODY_YET, Series, slug=slug)
    return _feed(db, page, Wish(series_id=series.id), series.title)


def _feed(db: Db, page: Page, wish: Wish, name: str) -> Response[Any]:
    """What anybody may see, whoever asks: calendars hold feeds for others to look into."""
    sessions = [entry_of(each, language=page.code) for each in queries.listed_sessions(db, NOBODY_YET, wish)]
    workshops = [
        entry_of_workshop(each, language=page.code) for each in queries.listed_workshops(db, NOBODY_YET, wish)
    ]
    return _calendar(page, [*sessions, *workshops], name=name)


def _calendar(
    page: Page, entries: Iterable[Entry], *, name: str = "", file: str = "crosslab"
) -> Response[Any]:
    """The calendar with what lets a program ask whether it has changed. Nothing is sent when it has not."""
    found = list(entries)
    body = calendar(found, origin=page.settings.origin, name=name)
    tag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={FRESH}"}
    if found:
        headers["Last-Modified"] = format_datetime(max(each.changed_at for each in found), usegmt=True)
    if tag in page.request.headers.get("if-none-match", ""):
        return Response("", status_code=304, headers=headers)
    headers["Content-Disposition"] = f'{"inline" if name else "attachment"}; filename="{file}.ics"'
    return Response(body, media_type="text/calendar", headers=headers)


@ask("/account/calendar")
def own_feed(db: Db, actor: Who, page: Here) -> Response[str]:
    return page.show("sessions/feed.html", feed=queries.feed_of(db, actor.person_id), address="")


@do("/account/calendar", Verb.SESSIONS_RENEW_FEED)
def renew_feed(db: Db, actor: Who, page: Here, typed: Posted) -> Response[str]:
    """The new address is shown once, here: what is kept of it cannot be read back."""
    token = actions.renew_feed(db, actor)
    address = page.absolute(f"/feeds/{token}/sessions.ics")
    return page.show("sessions/feed.html", feed=queries.feed_of(db, actor.person_id), address=address)


@do("/account/calendar/end", Verb.SESSIONS_END_FEED)
def end_feed(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    actions.end_feed(db, actor)
    return page.go(
        "/account/calendar", said=N_("The address is dead. Calendars that ask for it get nothing.")
    )


@ask_anyone("/feeds/{token:str}/sessions.ics")
def personal(db: Db, page: Here, token: Slug) -> Response[Any]:
    """A person's own: what they have a place in and what they run, with the link for afar."""
    person = queries.person_fed(db, token)
    if person is None:
        raise Missing(NOTHING)
    sessions = queries.sessions_of(db, person)
    workshops = queries.workshops_of(db, person)
    language = person.language
    return _calendar(
        page,
        [
            *(entry_of(each, inside=True, language=language) for each in sessions),
            *(entry_of_workshop(each, inside=True, language=language) for each in workshops),
        ],
        name="Crosslab",
    )


HANDLERS = [file, everything, of_programme, of_series, own_feed, renew_feed, end_feed, personal]
