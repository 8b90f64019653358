"""Planning workshops of a programme."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response
from sqlmodel import Session

from crosslab.challenges.queries import of_programme as challenges_of
from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.core.find import find, find_by
from crosslab.people.queries import person_by
from crosslab.people.tables import Programme
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops import actions, queries
from crosslab.workshops.forms import ZONES, FacilitatorForm, WorkshopForm
from crosslab.workshops.tables import Workshop

from .frame import NOTHING, mended, room, way_in

NOT_KNOWN = N_("Nobody with this address has an account. They can make one in a minute at the sign-in page.")


@ask("/p/{slug:str}/workshops")
def workshops(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    programme = find_by(db, actor, Programme, slug=slug, to=Verb.WORKSHOPS_PLAN)
    page.context_name = programme.name
    return page.show(
        "workshops/workshops.html", programme=programme, rows=queries.run_here(db, actor, programme)
    )


@ask("/p/{slug:str}/workshops/new")
def new(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    programme = find_by(db, actor, Programme, slug=slug, to=Verb.WORKSHOPS_PLAN)
    form = Form(WorkshopForm, {"language": page.code, "dots": 3}, page.words)
    return page.show(
        "workshops/new.html", form=form, programme=programme, **_choices(db, actor, programme.id)
    )


@do("/p/{slug:str}/workshops", Verb.WORKSHOPS_PLAN)
def plan(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    programme = find_by(db, actor, Programme, slug=slug, to=Verb.WORKSHOPS_PLAN)
    form, choices = Form(WorkshopForm, typed, page.words), _choices(db, actor, programme.id)
    with form.again(page, "workshops/_plan.html", "workshops/new.html", programme=programme, **choices):
        made = actions.plan(db, actor, programme, **_facts(db, actor, form))
    return page.go(f"/s/{made.no}/control", said=N_("The workshop is planned. Add the companies next."))


def _facts(db: Session, actor: Actor, form: Form) -> dict[str, Any]:
    """What the action takes: the questions with their letters instead of a text, and the challenge itself."""
    facts = form.facts()
    facts.pop("questions")
    if facts["kind"] is None:
        facts.pop("kind")
    facts["challenge"] = find(db, actor, Challenge, facts["challenge"]) if facts["challenge"] else None
    checked = form.checked()
    return {**facts, "prompts": checked.prompts() if isinstance(checked, WorkshopForm) else []}


@ask("/s/{no:str}/edit")
def edit(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_DESCRIBE)
    form = Form(WorkshopForm, _typed(page, workshop), page.words)
    return page.show("workshops/edit.html", form=form, workshop=workshop, **_whose(db, actor, workshop, page))


def _choices(db: Session, actor: Actor, programme_id: UUID) -> dict[str, Any]:
    """The zones, and the challenges of the programme that somebody sees."""
    return {"zones": ZONES, "challenges": challenges_of(db, actor, programme_id)}


def _whose(db: Session, actor: Actor, workshop: Workshop, page: Page) -> dict[str, Any]:
    return {
        **_choices(db, actor, workshop.programme_id),
        **way_in(page, workshop),
        "facilitators": queries.facilitators(db, workshop),
        "who_form": Form(FacilitatorForm, {}, page.words),
    }


def _typed(page: Page, workshop: Workshop) -> dict[str, Any]:
    """What the form shows of a workshop that is planned."""
    plain = ("title", "lead", "about", "kind", "language", "zone", "address", "access", "online", "dots")
    times = {
        **_instant(workshop.starts_at, workshop.zone, "starts_at"),
        **_instant(workshop.closes_at, workshop.zone, "closes_at"),
    }
    return {
        **{name: getattr(workshop, name) for name in plain},
        **times,
        "questions": "",
        "challenge": str(workshop.challenge_id or ""),
    }


def _instant(at: datetime, zone: str, name: str) -> dict[str, str]:
    """An instant in the fields it is typed in."""
    local = at.astimezone(ZoneInfo(zone))
    parts = {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


@do("/s/{no:str}/edit", Verb.WORKSHOPS_DESCRIBE)
def describe(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_DESCRIBE)
    form = Form(WorkshopForm, typed, page.words)
    context = {"workshop": workshop, **_whose(db, actor, workshop, page)}
    with form.again(page, "workshops/_plan.html", "workshops/edit.html", **context):
        facts = _facts(db, actor, form)
        actions.describe(db, actor, workshop, **{**facts, "prompts": facts["prompts"] or workshop.prompts})
    return page.go(f"/s/{workshop.no}/control", said=N_("The workshop is saved."))


@do("/s/{no:str}/facilitators", Verb.WORKSHOPS_APPOINT)
def appoint(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_APPOINT)
    form = Form(FacilitatorForm, typed, page.words)
    with mended(page, form, workshop):
        person = person_by(db, form.facts()["email"])
        if person is None:
            raise Refused(NOT_KNOWN, field="email")
        actions.appoint(db, actor, workshop, person=person)
    return page.go(f"/s/{workshop.no}/edit", said=N_("{name} runs the room."), name=person.name)


@do("/s/{no:str}/facilitators/{id:uuid}/dismiss", Verb.WORKSHOPS_DISMISS)
def dismiss(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_DISMISS)
    found = [each for each in queries.facilitators(db, workshop) if each.id == id]
    if not found:
        raise Refused(NOTHING)
    actions.dismiss(db, actor, workshop, person=found[0])
    return page.go(f"/s/{workshop.no}/edit")


HANDLERS = [workshops, new, plan, edit, describe, appoint, dismiss]
