"""The levers of a session: publish, close, begin, end, cancel, copy, repeat; and its series."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.find import find, find_by
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import N_, Verb
from crosslab.sessions import actions, queries
from crosslab.sessions.forms import CancelForm, CopyForm, RepeatForm, SeriesForm, StartSeriesForm
from crosslab.sessions.tables import OpenSession, Series
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do

from .frame import mended, session_at
from .hosting import choices


def _back(page: Page, session: OpenSession, said: str) -> Response[Any]:
    return page.go(f"/o/{session.no}/manage", said=said)


@do("/o/{no:str}/publish", Verb.SESSIONS_PUBLISH)
def publish(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_PUBLISH)
    actions.publish(db, actor, session)
    return _back(page, session, N_("The session is published. People can register."))


@do("/o/{no:str}/close", Verb.SESSIONS_CLOSE)
def close(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_CLOSE)
    actions.close(db, actor, session)
    return _back(page, session, N_("Nobody can register any more. Whoever waits keeps their turn."))


@do("/o/{no:str}/reopen", Verb.SESSIONS_REOPEN)
def reopen(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_REOPEN)
    actions.reopen(db, actor, session)
    return _back(page, session, N_("People can register again."))


@do("/o/{no:str}/begin", Verb.SESSIONS_BEGIN)
def begin(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_BEGIN)
    actions.begin(db, actor, session)
    return page.go(f"/o/{session.no}/door", said=N_("The session has begun."))


@do("/o/{no:str}/finish", Verb.SESSIONS_FINISH)
def finish(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_FINISH)
    actions.finish(db, actor, session)
    return _back(page, session, N_("The session is over."))


@do("/o/{no:str}/cancel", Verb.SESSIONS_CANCEL)
def cancel(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_CANCEL)
    form = Form(CancelForm, typed, page.words)
    with mended(page, form, session, f"/o/{session.no}/manage"):
        actions.cancel(db, actor, session, **form.facts())
    return _back(page, session, N_("The session is cancelled. Everybody who registered is told by mail."))


@do("/o/{no:str}/copy", Verb.SESSIONS_COPY)
def copy(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_COPY)
    form = Form(CopyForm, {**typed, "zone": session.zone}, page.words)
    with mended(page, form, session, f"/o/{session.no}/manage"):
        made = actions.copy(db, actor, session, starts_at=form.facts()["starts_at"])
    return page.go(f"/o/{made.no}/edit", said=N_("Another one is planned. Look over its words."))


@do("/o/{no:str}/repeat", Verb.SESSIONS_REPEAT)
def repeat(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_REPEAT)
    form = Form(RepeatForm, typed, page.words)
    with mended(page, form, session, f"/o/{session.no}/manage"):
        made = actions.repeat(db, actor, session, **form.facts())
    said = N_("{n} dates are planned. Publish each when its words are right.")
    return page.go("/hosting", said=said, n=len(made))


@ask("/hosting/series/new")
def new_series(db: Db, actor: Who, page: Here) -> Response[str]:
    form = Form(StartSeriesForm, {"listed": "yes"}, page.words)
    return page.show("sessions/new_series.html", form=form, **choices(db, actor))


@do("/hosting/series", Verb.SESSIONS_START_SERIES)
def start_series(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    form = Form(StartSeriesForm, typed, page.words)
    with form.again(page, "sessions/_series_form.html", "sessions/new_series.html", **choices(db, actor)):
        facts = form.facts()
        programme = find(db, actor, Programme, facts.pop("programme"))
        house = find(db, actor, Organisation, facts.pop("organisation"))
        made = actions.start_series(db, actor, programme, organisation=house, **facts)
    return page.go(f"/hosting/series/{made.slug}", said=N_("The series is begun. Plan its first date."))


@ask("/hosting/series/{slug:str}")
def own_series(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    series = find_by(db, actor, Series, slug=slug, to=Verb.SESSIONS_DESCRIBE_SERIES)
    typed = {"title": series.title, "lead": series.lead, "about": series.about}
    form = Form(SeriesForm, {**typed, "listed": "yes" if series.listed else ""}, page.words)
    return page.show("sessions/own_series.html", form=form, **_dates(db, series))


def _dates(db: Session, series: Series) -> dict[str, Any]:
    return {"series": series, "rows": queries.of_series(db, series)}


@do("/hosting/series/{slug:str}", Verb.SESSIONS_DESCRIBE_SERIES)
def describe_series(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    series = find_by(db, actor, Series, slug=slug, to=Verb.SESSIONS_DESCRIBE_SERIES)
    form = Form(SeriesForm, typed, page.words)
    with form.again(page, "sessions/_series_form.html", "sessions/own_series.html", **_dates(db, series)):
        actions.describe_series(db, actor, series, **form.facts())
    return page.go(f"/hosting/series/{series.slug}", said=N_("The series is saved."))


HANDLERS = [
    publish, close, reopen, begin, finish, cancel, copy, repeat, new_series, start_series, own_series,
    describe_series,
]  # fmt: skip
