"""The facilitator's pages: the wall, the control page, and every lever of the room."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Response

from crosslab.core.actor import Actor
from crosslab.core.find import find_by
from crosslab.rules import N_, STEP_MINUTES, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops import actions, queries
from crosslab.workshops.cafe.choosing import crowd
from crosslab.workshops.cafe.forms import AdmitForm
from crosslab.workshops.forms import (
    PRESENCES,
    CompanyForm,
    MinutesForm,
    PaperForm,
    PresenceForm,
    ReasonForm,
    TimeForm,
)
from crosslab.workshops.tables import Workshop

from .frame import card_in, company_in, mended, room, shown


@ask("/s/{no:str}/control")
def control(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_ENTER)
    return page.show("workshops/control.html", **_levers(db, actor, page, workshop))


def _levers(db: Db, actor: Actor, page: Page, workshop: Workshop) -> dict[str, Any]:
    context, asked = shown(db, page, workshop), page.request.query_params.get("q", "")
    return {
        **context,
        "crowd": crowd(queries.people(db, workshop), context["wall"].named, asked),
        "cases": queries.skeletons(db, actor, workshop),
        "calls": queries.calls(db, actor, workshop),
        "silent": queries.silent(db, workshop),
        "paper_form": Form(PaperForm, {}, page.words),
        "admit_form": Form(AdmitForm, {}, page.words),
        "company_form": Form(CompanyForm, {}, page.words),
        "presences": PRESENCES,
        "planned": STEP_MINUTES,
    }


def _back(page: Page, workshop: Workshop, said: str | None = None) -> Response[Any]:
    """To the page the lever was pulled on: the wall, the café or the control page, with whom one looked for there."""
    came = urlsplit(page.request.headers.get("referer", ""))
    at = came.path.rsplit("/", 1)[-1]
    to = "cafe" if came.query == "from=cafe" else at if at in {"wall", "cafe"} else "control"
    sought = f"?{came.query}#people" if at == to == "control" and came.query.startswith("q=") else ""
    return page.go(f"/s/{workshop.no}/{to}{sought}", said=said)


@do("/s/{no:str}/begin", Verb.WORKSHOPS_BEGIN)
def begin(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_BEGIN)
    form = Form(MinutesForm, typed, page.words)
    with mended(page, form, workshop):
        actions.begin(db, actor, workshop, **form.facts())
    return _back(page, workshop, N_("The wall is open."))


@do("/s/{no:str}/advance", Verb.WORKSHOPS_ADVANCE)
def advance(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ADVANCE)
    form = Form(MinutesForm, typed, page.words)
    with mended(page, form, workshop):
        actions.advance(db, actor, workshop, **form.facts())
    return _back(page, workshop)


@do("/s/{no:str}/go-back", Verb.WORKSHOPS_GO_BACK)
def go_back(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_GO_BACK)
    form = Form(MinutesForm, typed, page.words)
    with mended(page, form, workshop):
        actions.go_back(db, actor, workshop, **form.facts())
    return _back(page, workshop)


@do("/s/{no:str}/finish", Verb.WORKSHOPS_FINISH)
def finish(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_FINISH)
    actions.finish(db, actor, workshop)
    return page.go(f"/s/{workshop.no}/results", said=N_("The workshop is over. Its results stay here."))


@do("/s/{no:str}/cancel", Verb.WORKSHOPS_CANCEL)
def cancel(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_CANCEL)
    actions.cancel(db, actor, workshop)
    return page.go(f"/s/{workshop.no}/results", said=N_("The workshop is cancelled."))


@do("/s/{no:str}/time", Verb.WORKSHOPS_SET_TIME)
def set_time(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SET_TIME)
    form = Form(TimeForm, typed, page.words)
    with mended(page, form, workshop):
        facts = form.facts()
        actions.set_time(db, actor, workshop, minutes=facts["minutes"] or 0, more=facts["more"] or 0)
    return _back(page, workshop)


@do("/s/{no:str}/pause", Verb.WORKSHOPS_PAUSE)
def pause(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_PAUSE)
    actions.pause(db, actor, workshop)
    return _back(page, workshop)


@do("/s/{no:str}/go-on", Verb.WORKSHOPS_GO_ON)
def go_on(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_GO_ON)
    actions.go_on(db, actor, workshop)
    return _back(page, workshop)


@do("/s/{no:str}/lock", Verb.WORKSHOPS_LOCK)
def lock(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_LOCK)
    actions.lock(db, actor, workshop)
    return _back(page, workshop, N_("Writing is locked."))


@do("/s/{no:str}/unlock", Verb.WORKSHOPS_UNLOCK)
def unlock(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_UNLOCK)
    actions.unlock(db, actor, workshop)
    return _back(page, workshop, N_("Everybody can write again."))


@do("/s/{no:str}/hide-names", Verb.WORKSHOPS_HIDE_NAMES)
def hide_names(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_HIDE_NAMES)
    actions.hide_names(db, actor, workshop)
    return _back(page, workshop)


@do("/s/{no:str}/show-names", Verb.WORKSHOPS_SHOW_NAMES)
def show_names(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SHOW_NAMES)
    actions.show_names(db, actor, workshop)
    return _back(page, workshop)


@do("/s/{no:str}/companies", Verb.WORKSHOPS_ADD_COMPANY)
def add_company(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ADD_COMPANY)
    form, context = Form(CompanyForm, typed, page.words), _levers(db, actor, page, workshop)
    with form.again(
        page, "workshops/_company.html", "workshops/control.html", **{**context, "company_form": form}
    ):
        actions.add_company(db, actor, workshop, **form.facts())
    return _back(page, workshop)


@do("/s/{no:str}/companies/{id:uuid}", Verb.WORKSHOPS_RENAME_COMPANY)
def rename_company(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_RENAME_COMPANY)
    company = company_in(db, workshop, id)
    form = Form(CompanyForm, typed, page.words)
    with mended(page, form, workshop):
        actions.rename_company(db, actor, workshop, company=company, **form.facts())
    return _back(page, workshop)


@do("/s/{no:str}/companies/{id:uuid}/drop", Verb.WORKSHOPS_DROP_COMPANY)
def drop_company(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_DROP_COMPANY)
    actions.drop_company(db, actor, workshop, company=company_in(db, workshop, id))
    return _back(page, workshop)


@do("/s/{no:str}/people/{id:uuid}", Verb.WORKSHOPS_MARK)
def mark(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_MARK)
    facts = Form(PresenceForm, typed, page.words).facts()
    actions.mark(db, actor, workshop, card=card_in(db, workshop, id), **facts)
    return _back(page, workshop)


@do("/s/{no:str}/people/{id:uuid}/out", Verb.WORKSHOPS_SEND_OUT)
def send_out(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SEND_OUT)
    form, card = Form(ReasonForm, typed, page.words), card_in(db, workshop, id)
    with mended(page, form, workshop):
        actions.send_out(db, actor, workshop, card=card, **form.facts())
    return _back(page, workshop, N_("The person is removed. What they wrote is still there."))


@do("/s/{no:str}/paper", Verb.WORKSHOPS_ENTER)
def enter(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ENTER)
    form = Form(PaperForm, typed, page.words)
    with form.again(
        page,
        "workshops/_paper.html",
        "workshops/control.html",
        **{**_levers(db, actor, page, workshop), "paper_form": form},
    ):
        facts = form.facts()
        lines = PaperForm.model_validate(facts).lines()
        company = company_in(db, workshop, facts["company"])
        actions.enter(
            db, actor, workshop, company=company, prompt=facts["prompt"], texts=lines, key=facts["key"]
        )
    return _back(page, workshop, N_("The notes are on the wall."))


HANDLERS = [
    control, begin, advance, go_back, finish, cancel, set_time, pause, go_on, lock, unlock, hide_names,
    show_names, add_company, rename_company, drop_company, mark, send_out, enter,
]  # fmt: skip
