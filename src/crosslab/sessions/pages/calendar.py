"""Public pages: the calendar over workshops and open sessions, a session's own page, a series."""

import re
from typing import Any

from litestar import Response
from litestar.params import FromQuery
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.find import find_by
from crosslab.sessions import queries
from crosslab.sessions.forms import LANGUAGES
from crosslab.sessions.lines import parts_of
from crosslab.sessions.queries import Wish
from crosslab.sessions.tables import OpenSession, Series
from crosslab.sessions.voices.conditions import hears
from crosslab.sessions.voices.papers import shown_after
from crosslab.sessions.voices.wordings import LICENCES
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask
from crosslab.workshops.after.queries import results_for
from crosslab.workshops.queries import expected
from crosslab.workshops.tables import Workshop

from .frame import month_name, number_in, session_for

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@ask("/sessions", public=True)
def sessions(
    db: Db, actor: Who, page: Here, programme: FromQuery[str] = "", language: FromQuery[str] = "",
    month: FromQuery[str] = "",
) -> Response[str]:  # fmt: skip
    programmes = {each.slug: each for each in queries.programmes_for(db, actor)}
    wish = Wish(
        programme_id=programmes[programme].id if programme in programmes else None,
        language=language if language in dict(LANGUAGES) else "",
        month=month if MONTH.fullmatch(month) else "",
    )
    ignored = [
        each
        for each, good in ((programme, wish.programme_id), (language, wish.language), (month, wish.month))
        if each and not good
    ]
    everything = queries.coming(db, actor, Wish())
    return page.show(
        "sessions/calendar.html", wish=wish, programme=programme, ignored=ignored, programmes=programmes,
        rows=queries.coming(db, actor, wish), past=queries.past(db, actor, wish), languages=LANGUAGES,
        months=[(each, month_name(page, each)) for each in _months(everything, wish)],
        month_of=lambda each: month_name(page, each), parts_of=lambda line: parts_of(page, line),
    )  # fmt: skip


def _months(lines: list[queries.Coming], wish: Wish) -> list[str]:
    return sorted({*queries.months(lines), *([wish.month] if wish.month else [])})


@ask("/sessions/{no:str}", public=True)
def session(db: Db, actor: Who, page: Here, no: Slug, invite: FromQuery[str] = "") -> Response[Any]:
    """A session's or a workshop's page; the words after the number decorate."""
    workshop = queries.workshop_numbered(db, actor, number_in(no))
    if workshop is not None:
        return page.show("sessions/workshop.html", **_of_workshop(db, actor, page, workshop))
    found = session_for(db, actor, no, invite)
    if page.path != page.here(found.path):
        query = f"?invite={invite}" if invite else ""
        return Response("", status_code=308, headers={"Location": page.here(found.path) + query})
    return page.show("sessions/session.html", invite=invite, **_of_session(db, actor, found))


def _of_workshop(db: Session, actor: Actor, page: Page, workshop: Workshop) -> dict[str, Any]:
    """A workshop's page: its questions in the reader's language where they are ours, who comes, or who came."""
    prompts = [
        {"letter": each["letter"], "question": page.say(each["question"])} for each in workshop.prompts
    ]
    told = results_for(db, actor, workshop)
    return {"workshop": workshop, "companies": expected(db, workshop), "prompts": prompts, "results": told}


def _of_session(db: Session, actor: Actor, session: OpenSession) -> dict[str, Any]:
    own = queries.own(db, actor, session)
    summary, papers = shown_after(db, session)
    return {
        "session": session,
        "summary": summary,
        "papers": papers,
        "licences": LICENCES,
        "beside": queries.around(db, actor, session),
        "own": own,
        "has_place": own is not None and queries.is_in(own),
        "turn": queries.turn_of(db, own),
        "takes_names": queries.takes_names(session),
        "over": queries.is_over(session),
        "hears": hears(session),
    }


@ask("/series/{slug:str}", public=True)
def series(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    found = find_by(db, actor, Series, slug=slug)
    wish = Wish(series_id=found.id)
    return page.show(
        "sessions/series.html", series=found, host=queries.host_of(db, found),
        rows=queries.coming(db, actor, wish), past=queries.past(db, actor, wish),
        parts_of=lambda line: parts_of(page, line),
    )  # fmt: skip


HANDLERS = [sessions, session, series]
