"""The doors of the moves: each takes a form from the board, from a card's page, or from the toast's Undo."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.people.tables import Programme
from crosslab.pipeline import actions
from crosslab.pipeline.filters import Filters
from crosslab.pipeline.forms import MoveForm, ReasonForm, ReviveForm
from crosslab.pipeline.tables import Card
from crosslab.rules import N_, PIPELINE, Stage, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import do

from .frame import opened, placed, shown

WHOLE = "pipeline/moving.html"
ASKED = "pipeline/_move.html"


@do("/p/{slug:str}/consortia/{ref:str}/advance", Verb.PIPELINE_ADVANCE)
def advance(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug, typed: Posted) -> Response[Any]:
    programme, card = placed(db, actor, page, slug, ref)
    form = Form(MoveForm, typed, page.words)
    if "reason" not in typed:
        actions.advance(db, actor, card, **form.facts())
    else:
        with form.again(page, ASKED, whole=WHOLE, step="advance", **opened(db, actor, page, programme, card)):
            actions.advance(db, actor, card, **form.facts())
    return _moved(db, actor, page, programme, card, undo="send-back")


@do("/p/{slug:str}/consortia/{ref:str}/send-back", Verb.PIPELINE_SEND_BACK)
def send_back(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug, typed: Posted) -> Response[Any]:
    programme, card = placed(db, actor, page, slug, ref)
    actions.send_back(db, actor, card, **Form(MoveForm, typed, page.words).facts())
    return _moved(db, actor, page, programme, card, undo="advance")


@do("/p/{slug:str}/consortia/{ref:str}/hold", Verb.PIPELINE_HOLD)
def hold(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug, typed: Posted) -> Response[Any]:
    programme, card = placed(db, actor, page, slug, ref)
    form = Form(ReasonForm, typed, page.words)
    with form.again(page, ASKED, whole=WHOLE, step="hold", **opened(db, actor, page, programme, card)):
        actions.hold(db, actor, card, **form.facts())
    return _moved(db, actor, page, programme, card, N_("{name} is on hold."), undo="resume")


@do("/p/{slug:str}/consortia/{ref:str}/resume", Verb.PIPELINE_RESUME)
def resume(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug, typed: Posted) -> Response[Any]:
    programme, card = placed(db, actor, page, slug, ref)
    actions.resume(db, actor, card)
    return _moved(db, actor, page, programme, card, N_("{name} is off hold."))


@do("/p/{slug:str}/consortia/{ref:str}/stop", Verb.PIPELINE_STOP)
def stop(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug, typed: Posted) -> Response[Any]:
    programme, card = placed(db, actor, page, slug, ref)
    form = Form(ReasonForm, typed, page.words)
    undo = "revive" if card.state is Stage.CONSORTIUM else ""
    with form.again(page, ASKED, whole=WHOLE, step="stop", **opened(db, actor, page, programme, card)):
        actions.stop(db, actor, card, **form.facts())
    return _moved(db, actor, page, programme, card, N_("{name} is stopped."), undo=undo)


@do("/p/{slug:str}/consortia/{ref:str}/revive", Verb.PIPELINE_REVIVE)
def revive(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug, typed: Posted) -> Response[Any]:
    programme, card = placed(db, actor, page, slug, ref)
    actions.revive(db, actor, card, **Form(ReviveForm, typed, page.words).facts())
    return _moved(db, actor, page, programme, card)


def _moved(
    db: Session,
    actor: Actor,
    page: Page,
    programme: Programme,
    card: Card,
    said: str = N_("{name} is at “{stage}” now."),
    *,
    undo: str = "",
) -> Response[Any]:
    """The board again for htmx, as it was filtered, with a toast that can undo; else the page of the card."""
    facts = {"name": card.name, "stage": PIPELINE.names[card.state]}
    came = urlsplit(page.request.headers.get("hx-current-url", ""))
    at = f"/p/{programme.slug}/consortia/{page.request.path_params['ref']}"
    if not page.is_part or came.path != f"/p/{programme.slug}/pipeline":
        return page.go(at, said=said, **facts)
    filters = Filters.of(dict(parse_qsl(came.query)))
    db.flush()
    context = shown(db, actor, programme, filters)
    undoing = f"{at}/{undo}" if undo else None
    answer = page.part("pipeline/_moved.html", said=page.say(said, **facts), undo=undoing, **context)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#board", "outerHTML"
    return answer


HANDLERS = [advance, send_back, hold, resume, stop, revive]
