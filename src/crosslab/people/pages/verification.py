"""Verification: asking for it, and the steward's queue."""

from typing import Any

from litestar import Response

from crosslab.core.find import find, find_by
from crosslab.people import actions, queries
from crosslab.people.countries import names
from crosslab.people.forms import NoteForm
from crosslab.people.identifiers import SCHEMES, page_of
from crosslab.people.tables import Organisation
from crosslab.people.words import KINDS
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@do("/organisations/{slug:str}/verification", Verb.PEOPLE_ASK_VERIFICATION)
def ask_verification(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_ASK_VERIFICATION)
    actions.ask_verification(db, actor, shown)
    url, said = page.here(f"/organisations/{slug}"), N_("The steward looks at it next and writes to you.")
    return page.done("people/_verification.html", url, said=said, shown=shown)


@ask("/admin/organisations")
def waiting(db: Db, actor: Who, page: Here) -> Response[str]:
    rows, others = queries.waiting(db, actor), queries.unasked(db, actor)
    page.context_name = page.say(N_("Running the platform"))
    return page.show("people/waiting.html", rows=rows, others=others, **_words(page))


@ask("/admin/organisations/{id:uuid}")
def decision(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    shown = find(db, actor, Organisation, id, to=Verb.PEOPLE_VERIFY)
    return page.show("people/decision.html", form=Form(NoteForm, {}, page.words), **_shown(db, page, shown))


@do("/admin/organisations/{id:uuid}/verify", Verb.PEOPLE_VERIFY)
def verify(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    shown = find(db, actor, Organisation, id, to=Verb.PEOPLE_VERIFY)
    form = Form(NoteForm, typed, page.words)
    with form.again(page, "people/_decision.html", whole="people/decision.html", **_shown(db, page, shown)):
        actions.verify(db, actor, shown, **form.facts())
    return page.go("/admin/organisations", said=N_("{name} is verified."), name=shown.name)


@do("/admin/organisations/{id:uuid}/refuse", Verb.PEOPLE_REFUSE)
def refuse(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    shown = find(db, actor, Organisation, id, to=Verb.PEOPLE_REFUSE)
    form = Form(NoteForm, typed, page.words)
    with form.again(page, "people/_decision.html", whole="people/decision.html", **_shown(db, page, shown)):
        actions.refuse(db, actor, shown, **form.facts())
    return page.go("/admin/organisations", said=N_("{name} is told why not."), name=shown.name)


def _words(page: Page) -> dict[str, Any]:
    return {"kinds": KINDS, "countries": names(page.locale)}


def _shown(db: Db, page: Page, shown: Organisation) -> dict[str, Any]:
    held = queries.identifiers_of(db, shown)
    numbers = [(SCHEMES[n.scheme].name, n.value, page_of(n.scheme, n.value)) for n in held]
    page.context_name = page.say(N_("Running the platform"))
    return {"shown": shown, "numbers": numbers, "log": queries.affirmed(db, shown.id), **_words(page)}


HANDLERS = [ask_verification, waiting, decision, verify, refuse]
