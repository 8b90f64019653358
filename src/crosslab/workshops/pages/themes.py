"""Themes: made, named, filled, merged, split."""

from typing import Any

from litestar import Response

from crosslab.core.actor import Actor
from crosslab.core.find import find_by
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops import actions, queries
from crosslab.workshops.forms import OntoForm, ThemeForm
from crosslab.workshops.suggesting import suggested
from crosslab.workshops.tables import Workshop

from .frame import mended, note_in, room, shown, theme_in


@ask("/s/{no:str}/themes")
def themes(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_GATHER)
    context = shown(db, page, workshop)
    languages = queries.languages(db, workshop)
    many = page.request.query_params.get("many", "")
    piles = suggested(
        context["wall"], languages, int(many) if many.isdigit() and 0 < int(many) < 41 else None
    )
    return page.show(
        "workshops/themes.html",
        piles=piles,
        form=Form(ThemeForm, {}, page.words),
        merged=queries.merged_into(db, workshop),
        **context,
    )


def _back(page: Page, workshop: Workshop, said: str | None = None, **also: str) -> Response[Any]:
    """To the themes; to the wall for whoever came from one of its notes."""
    of_note = f"/s/{workshop.no}/notes/" in page.request.headers.get("referer", "")
    return page.tell(f"/s/{workshop.no}/{'wall' if of_note else 'themes'}", dict(also), said=said)


def _chosen(db: Db, actor: Actor, workshop: Workshop, form: Form) -> dict[str, Any]:
    """A title, and the notes of this wall that were ticked."""
    facts = form.facts()
    return {"title": facts["title"], "notes": [note_in(db, actor, workshop, each) for each in facts["notes"]]}


@do("/s/{no:str}/themes", Verb.WORKSHOPS_GATHER)
def gather(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_GATHER)
    form = Form(ThemeForm, typed, page.words)
    with mended(page, form, workshop):
        made = actions.gather(db, actor, workshop, **_chosen(db, actor, workshop, form))
    return _back(page, workshop, N_("The theme is made."), id=str(made.id))


@do("/s/{no:str}/themes/{id:uuid}", Verb.WORKSHOPS_ENTITLE)
def entitle(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ENTITLE)
    theme = theme_in(db, actor, workshop, id)
    form = Form(ThemeForm, typed, page.words)
    with mended(page, form, workshop):
        actions.entitle(db, actor, theme, title=form.facts()["title"])
    return _back(page, workshop)


@do("/s/{no:str}/notes/{id:uuid}/lay", Verb.WORKSHOPS_LAY)
def lay(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_LAY)
    note = note_in(db, actor, workshop, id)
    theme = theme_in(db, actor, workshop, Form(OntoForm, typed, page.words).facts()["theme"])
    actions.lay(db, actor, note, theme=theme)
    return _back(page, workshop)


@do("/s/{no:str}/notes/{id:uuid}/lift", Verb.WORKSHOPS_LIFT)
def lift(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_LIFT)
    actions.lift(db, actor, note_in(db, actor, workshop, id))
    return _back(page, workshop)


@do("/s/{no:str}/themes/{id:uuid}/merge", Verb.WORKSHOPS_MERGE)
def merge(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_MERGE)
    theme = theme_in(db, actor, workshop, id)
    into = theme_in(db, actor, workshop, Form(OntoForm, typed, page.words).facts()["theme"])
    actions.merge(db, actor, theme, into=into)
    return _back(page, workshop, N_("The themes are one now."))


@do("/s/{no:str}/themes/{id:uuid}/split", Verb.WORKSHOPS_SPLIT)
def split(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SPLIT)
    theme = theme_in(db, actor, workshop, id)
    form = Form(ThemeForm, typed, page.words)
    with mended(page, form, workshop):
        made = actions.split(db, actor, theme, **_chosen(db, actor, workshop, form))
    return _back(page, workshop, N_("The notes are a theme of their own now."), id=str(made.id))


@do("/s/{no:str}/themes/{id:uuid}/unmerge", Verb.WORKSHOPS_UNMERGE)
def unmerge(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_UNMERGE)
    actions.unmerge(db, actor, theme_in(db, actor, workshop, id))
    return _back(
        page, workshop, N_("They are two themes again. Dots that were given since stay where they are.")
    )


@do("/s/{no:str}/themes/{id:uuid}/unsplit", Verb.WORKSHOPS_UNSPLIT)
def unsplit(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_UNSPLIT)
    actions.unsplit(db, actor, theme_in(db, actor, workshop, id))
    return _back(page, workshop, N_("The notes are part of the theme they came from again."))


HANDLERS = [themes, gather, entitle, lay, lift, merge, split, unmerge, unsplit]
