"""The hosts' pages: what one runs, planning, words, dates of a series, who runs it, the levers of the day."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response
from litestar.params import FromQuery
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.core.find import find
from crosslab.people.queries import person_by
from crosslab.people.tables import Organisation, Programme
from crosslab.rules import N_, Verb
from crosslab.sessions import actions, queries
from crosslab.sessions.forms import (
    LANGUAGES,
    RHYTHMS,
    CancelForm,
    CopyForm,
    HostForm,
    PlanForm,
    RepeatForm,
    SessionForm,
)
from crosslab.sessions.tables import OpenSession, Series
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops.forms import ZONES

from .frame import NOTHING, mended, session_at

NOT_KNOWN = N_("Nobody with this address has an account. They can make one in a minute at the sign-in page.")
NO_HOST = N_("A session is planned for an organisation. Register yours, or take a seat in one.")
A_DAY = timedelta(days=1)
PLAIN = ("title", "lead", "about", "language", "zone", "address", "access", "online")


@ask("/hosting")
def hosting(db: Db, actor: Who, page: Here) -> Response[str]:
    rows = queries.run_by(db, actor)
    taken, waiting = queries.counts(db, [each.id for each in rows])
    return page.show(
        "sessions/hosting.html", rows=rows, taken=taken, waiting=waiting, series=queries.series_of(db, actor),
        may_plan=bool(queries.hosts_for(db, actor)), now=now(),
    )  # fmt: skip


@ask("/hosting/new")
def new(db: Db, actor: Who, page: Here, series: FromQuery[str] = "") -> Response[str]:
    form = Form(PlanForm, {"language": page.code, "listed": "yes", "series": series}, page.words)
    return page.show("sessions/new.html", form=form, **choices(db, actor))


def choices(db: Session, actor: Actor) -> dict[str, Any]:
    hosts = queries.hosts_for(db, actor)
    if not hosts:
        raise Forbidden(NO_HOST)
    return {
        "hosts": hosts,
        "programmes": queries.programmes_for(db, actor),
        "all_series": queries.series_of(db, actor),
        **_known(db, actor),
    }


def _known(db: Session, actor: Actor) -> dict[str, Any]:
    return {"zones": ZONES, "languages": LANGUAGES, "challenges": queries.open_challenges(db, actor)}


@do("/hosting", Verb.SESSIONS_PLAN)
def plan(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    form = Form(PlanForm, typed, page.words)
    with form.again(page, "sessions/_plan.html", "sessions/new.html", **choices(db, actor)):
        facts = _found(db, actor, form.facts())
        made = actions.plan(db, actor, facts.pop("programme"), **facts)
    return page.go(
        f"/o/{made.no}/manage", said=N_("The session is planned. Nobody sees it before you publish it.")
    )


def _found(db: Session, actor: Actor, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with the things that were chosen instead of their ids."""
    series, challenge = facts["series"], facts["challenge"]
    return {
        **facts,
        "organisation": find(db, actor, Organisation, facts["organisation"]),
        "programme": find(db, actor, Programme, facts["programme"]),
        "series": find(db, actor, Series, series) if series else None,
        "challenge": _challenge(db, actor, challenge),
    }


def _challenge(db: Session, actor: Actor, id: UUID | None) -> Any:
    return next((each for each in queries.open_challenges(db, actor) if each.id == id), None)


@ask("/o/{no:str}/manage")
def manage(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_MARK)
    page.context_name = session.title
    return page.show("sessions/manage.html", **_managed(db, actor, page, session))


def _managed(db: Session, actor: Actor, page: Page, session: OpenSession) -> dict[str, Any]:
    standing = queries.at_the_door(db, session)
    return {
        "session": session,
        "over": queries.is_over(session),
        "beside": queries.around(db, actor, session),
        "people": standing,
        "placed": sum(queries.is_in(each) for each in standing),
        "takes_names": queries.takes_names(session),
        "near": session.starts_at - now() < A_DAY,
        "hosts": queries.hosts(db, session),
        "host_form": Form(HostForm, {}, page.words),
        "copy_form": Form(CopyForm, {}, page.words),
        "repeat_form": Form(RepeatForm, {"times": "6"}, page.words),
        "cancel_form": Form(CancelForm, {}, page.words),
        "rhythms": RHYTHMS,
        "invitation": page.absolute(page.here(f"{session.path}?invite={session.invite}")),
    }


@ask("/o/{no:str}/edit")
def edit(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_DESCRIBE)
    page.context_name = session.title
    form = Form(SessionForm, _typed(session), page.words)
    return page.show("sessions/edit.html", form=form, session=session, **_known(db, actor))


def _typed(session: OpenSession) -> dict[str, Any]:
    """What the form shows of a session that is planned."""
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at, "closes_at": session.closes_at}
    parts = [_instant(at, session.zone, name) for name, at in times.items() if at]
    return {
        **{name: getattr(session, name) for name in PLAIN},
        **{name: value for part in parts for name, value in part.items()},
        "capacity": session.capacity or "",
        "listed": "yes" if session.listed else "",
        "challenge": session.challenge_id or "",
    }


def _instant(at: datetime, zone: str, name: str) -> dict[str, str]:
    local = at.astimezone(ZoneInfo(zone))
    parts = {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


@do("/o/{no:str}/edit", Verb.SESSIONS_DESCRIBE)
def describe(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_DESCRIBE)
    form = Form(SessionForm, typed, page.words)
    context = {"session": session, **_known(db, actor)}
    with form.again(page, "sessions/_plan.html", "sessions/edit.html", **context):
        facts = form.facts()
        challenge = _challenge(db, actor, facts.pop("challenge"))
        kept = challenge.id if challenge else None
        actions.describe(db, actor, session, challenge_id=kept, **facts)
    return page.go(f"/o/{session.no}/manage", said=N_("The session is saved."))


@do("/o/{no:str}/hosts", Verb.SESSIONS_APPOINT)
def appoint(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_APPOINT)
    form = Form(HostForm, typed, page.words)
    with mended(page, form, session, f"/o/{session.no}/manage"):
        person = person_by(db, form.facts()["email"])
        if person is None:
            raise Refused(NOT_KNOWN, field="email")
        actions.appoint(db, actor, session, person=person)
    return page.go(f"/o/{session.no}/manage", said=N_("{name} runs the session."), name=person.name)


@do("/o/{no:str}/hosts/{id:uuid}/dismiss", Verb.SESSIONS_DISMISS)
def dismiss(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    session = session_at(db, actor, no, to=Verb.SESSIONS_DISMISS)
    found = [each for each in queries.hosts(db, session) if each.id == id]
    if not found:
        raise Refused(NOTHING)
    actions.dismiss(db, actor, session, person=found[0])
    return page.go(f"/o/{session.no}/manage")


HANDLERS = [hosting, new, plan, manage, edit, describe, appoint, dismiss]
