"""From a lead of an open session to the consortium it led to."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.consortia import actions, queries
from crosslab.consortia.forms import TraceForm
from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.core.find import find, find_by
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb
from crosslab.sessions.voices.leads import Lead
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@ask("/consortia/{id:uuid}")
def known(db: Db, actor: Who, page: Here, id: Id) -> Response[Any]:
    """Where a consortium is that something names by its id alone, for those who may see it."""
    return page.go(f"/w/{find(db, actor, Consortium, id).slug}")


@ask("/organisations/{slug:str}/leads/{id:uuid}/consortium")
def tracing(db: Db, actor: Who, page: Here, slug: Slug, id: Id) -> Response[str]:
    lead, house = _lead(db, actor, slug, id)
    typed = {"consortium": str(lead.consortium_id or ""), "of": lead.became_of}
    form = Form(TraceForm, typed, page.words)
    return page.show("consortia/tracing.html", form=form, **_around(db, actor, page, lead, house))


def _lead(db: Session, actor: Actor, slug: str, id: Id) -> tuple[Lead, Organisation]:
    house = find_by(db, actor, Organisation, slug=slug)
    return find_by(db, actor, Lead, id=id, organisation_id=house.id), house


def _around(db: Session, actor: Actor, page: Page, lead: Lead, house: Organisation) -> dict[str, Any]:
    page.context_name = house.name
    consortia = queries.ours_with(db, actor, lead)
    return {"lead": lead, "house": house, "consortia": consortia, "at": _page_of(lead, house)}


def _page_of(lead: Lead, house: Organisation) -> str:
    return f"/organisations/{house.slug}/leads/{lead.id}"


@do("/organisations/{slug:str}/leads/{id:uuid}/consortium", Verb.CONSORTIA_TRACE)
def trace(db: Db, actor: Who, page: Here, slug: Slug, id: Id, typed: Posted) -> Response[Any]:
    lead, house = _lead(db, actor, slug, id)
    form, around = Form(TraceForm, typed, page.words), _around(db, actor, page, lead, house)
    with form.again(page, "consortia/_trace.html", whole="consortia/tracing.html", **around):
        facts = form.facts()
        consortium = find(db, actor, Consortium, facts.pop("consortium"))
        actions.trace(db, actor, lead, consortium=consortium, **facts)
    said = N_("The lead leads to {name} now. Its members read which session it was, and not who.")
    return page.go(_page_of(lead, house), said=said, name=consortium.name)


HANDLERS = [known, tracing, trace]
