"""A list of companies: pasted, looked at line by line, then added as it was seen."""

from hashlib import sha256
from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops import actions, queries
from crosslab.workshops.arriving import LONGEST, MOST_COMPANIES, Arrival, Fate, lines
from crosslab.workshops.forms import LONGEST_LIST, CompaniesForm
from crosslab.workshops.tables import Workshop

from .frame import room, way_in

FATES = {
    Fate.NEW: N_("is added"),
    Fate.KNOWN: N_("is added; the organisation is known here: {known}"),
    Fate.SEVERAL: N_(
        "is added by name alone: several organisations here are called so. A town tells them apart"
    ),
    Fate.HANGS: N_("is on this wall already"),
    Fate.TWICE: N_("stands in the list twice and is added once"),
    Fate.SHORT: N_("is too short for a name"),
    Fate.LONG: N_("is too long: a name has {longest} characters at most"),
    Fate.FULL: N_("does not fit any more: a wall holds {most} companies"),
}


@ask("/s/{no:str}/companies")
def companies(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Where a list of companies is pasted."""
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ADD_COMPANIES)
    form = Form(CompaniesForm, {}, page.words)
    return page.show("workshops/companies.html", form=form, **_looked(db, actor, page, workshop, ""))


@do("/s/{no:str}/companies/list", Verb.WORKSHOPS_ADD_COMPANIES)
def add_companies(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    """First the list comes back with what would become of each line; sent again unchanged, it is added."""
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ADD_COMPANIES)
    form = Form(CompaniesForm, typed, page.words)
    looked = _looked(db, actor, page, workshop, str(typed.get("names", "")))
    with form.again(page, "workshops/_companies.html", "workshops/companies.html", **looked):
        facts = form.facts()
        if facts["look"] or facts["seen"] != looked["mark"]:
            return page.show("workshops/companies.html", form=form, **looked)
        actions.add_companies(db, actor, workshop, listed=lines(facts["names"]))
    return page.go(f"/s/{workshop.no}/control#companies", said=N_("The companies are on the wall."))


def _looked(db: Session, actor: Actor, page: Page, workshop: Workshop, text: str) -> dict[str, Any]:
    """A list, line by line, and the mark it goes by: another list, or one that fares otherwise, has another."""
    page.context_name = workshop.title
    found = queries.arriving(db, actor, workshop, lines(text[:LONGEST_LIST]))
    told = [(each, _said(page, each)) for each in found]
    mark = sha256(repr([(each.name, each.fate) for each in found]).encode()).hexdigest()
    return {"workshop": workshop, "arriving": told, "mark": mark, **way_in(page, workshop)}


def _said(page: Page, arrival: Arrival) -> str:
    where = (
        ", ".join(each for each in (arrival.known.name, arrival.known.town) if each) if arrival.known else ""
    )
    return page.say(FATES[arrival.fate], known=where, longest=LONGEST, most=MOST_COMPANIES)


HANDLERS = [companies, add_companies]
