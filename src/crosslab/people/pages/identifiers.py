"""The numbers by which an organisation is known elsewhere."""

from typing import Any

from litestar import Response

from crosslab.core.find import find_by
from crosslab.people import actions, queries
from crosslab.people.forms import IdentifierForm
from crosslab.people.identifiers import SCHEMES, page_of
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@ask("/organisations/{slug:str}/identifiers")
def identifiers(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_IDENTIFY)
    form = Form(IdentifierForm, {}, page.words)
    return page.show("people/identifiers.html", form=form, **_here(db, page, shown))


@do("/organisations/{slug:str}/identifiers", Verb.PEOPLE_IDENTIFY)
def identify(db: Db, actor: Who, page: Here, slug: Slug, typed: Posted) -> Response[Any]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_IDENTIFY)
    form = Form(IdentifierForm, typed, page.words)
    here = _here(db, page, shown)
    with form.again(page, "people/_identify.html", whole="people/identifiers.html", **here):
        actions.identify(db, actor, shown, **form.facts())
    return page.go(f"/organisations/{slug}/identifiers", said=N_("The identifier is added."))


@do("/organisations/{slug:str}/identifiers/{id:uuid}/remove", Verb.PEOPLE_DROP_IDENTIFIER)
def drop_identifier(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    shown = find_by(db, actor, Organisation, slug=slug, to=Verb.PEOPLE_DROP_IDENTIFIER)
    actions.drop_identifier(db, actor, shown, queries.identifier_of(db, shown, id))
    url, said = f"/organisations/{slug}/identifiers", N_("The identifier is removed.")
    return page.done("people/_identifiers.html", url, said=said, **_here(db, page, shown))


def _here(db: Db, page: Page, shown: Organisation) -> dict[str, Any]:
    page.context_name = shown.name
    numbers = queries.identifiers_of(db, shown)
    rows = [(n, SCHEMES[n.scheme].name, page_of(n.scheme, n.value)) for n in numbers]
    return {"shown": shown, "rows": rows, "schemes": SCHEMES}


HANDLERS = [identifiers, identify, drop_identifier]
