"""One consortium on the board: what it still needs, its history, the note; and a page for each move."""

from typing import Any

from litestar import Response

from crosslab.core.errors import Missing
from crosslab.pipeline import actions, views
from crosslab.pipeline.forms import MoveForm, NoteForm, ReasonForm, ReviveForm
from crosslab.rules import N_, Verb
from crosslab.web.forms import Facts, Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.routes import ask, do

from .frame import opened, placed

FORMS: dict[str, type[Facts]] = {"hold": ReasonForm, "stop": ReasonForm, "revive": ReviveForm}


@ask("/p/{slug:str}/consortia/{ref:str}")
def card(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug) -> Response[str]:
    programme, found = placed(db, actor, page, slug, ref)
    on = found.next_on
    parts = {"next_on_day": on.day, "next_on_month": on.month, "next_on_year": on.year} if on else {}
    form = Form(NoteForm, {"next_step": found.next_step, **parts}, page.words)
    return page.show("pipeline/card.html", form=form, **opened(db, actor, page, programme, found))


@ask("/p/{slug:str}/consortia/{ref:str}/move/{step:str}")
def moving(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug, step: Slug) -> Response[str]:
    programme, found = placed(db, actor, page, slug, ref)
    if step not in views.STEPS:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    form = Form(FORMS.get(step, MoveForm), {}, page.words)
    return page.show(
        "pipeline/moving.html", form=form, step=step, **opened(db, actor, page, programme, found)
    )


@do("/p/{slug:str}/consortia/{ref:str}/note", Verb.PIPELINE_NOTE)
def note(db: Db, actor: Who, page: Here, slug: Slug, ref: Slug, typed: Posted) -> Response[Any]:
    programme, found = placed(db, actor, page, slug, ref)
    form = Form(NoteForm, typed, page.words)
    around = opened(db, actor, page, programme, found)
    with form.again(page, "pipeline/_note.html", whole="pipeline/card.html", **around):
        actions.note(db, actor, found, **form.facts())
    return page.go(f"/p/{slug}/consortia/{ref}", said=N_("The note is saved."))


HANDLERS = [card, moving, note]
