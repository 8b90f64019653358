"""The budget: all partners side by side, and one partner at a time to fill in."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.funding import actions, queries
from crosslab.funding.forms import SPARE_ROWS, budget_form, costs_of, rows_in
from crosslab.funding.tables import BudgetLine
from crosslab.funding.tongue import typed_amount, typed_rate
from crosslab.funding.views import Sheet
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do

from ._ways import Place, place_at, sheet_at, shown
from .builder import NO

ORG = f"{NO}/budget/{{org:str}}"


@ask(f"{NO}/budget")
def all_budgets(db: Db, actor: Who, page: Here, slug: Slug, no: Slug) -> Response[str]:
    return page.show("funding/budgets.html", **shown(db, page, place_at(db, actor, page, slug, no)))


@ask(ORG)
def one_budget(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, org: Slug) -> Response[str]:
    place = place_at(db, actor, page, slug, no)
    return page.show("funding/budget.html", **_one(db, actor, page, place, org))


@do(ORG, Verb.FUNDING_BUDGET)
def budget(db: Db, actor: Who, page: Here, slug: Slug, no: Slug, org: Slug, typed: Posted) -> Response[Any]:
    place = place_at(db, actor, page, slug, no)
    sheet = sheet_at(db, actor, place, org, to=Verb.FUNDING_BUDGET)
    rows = rows_in(typed)
    form = Form(budget_form(rows), {**typed, "currency": place.application.currency}, page.words)
    known = {**_one(db, actor, page, place, org), "rows": rows}
    with form.again(page, "funding/_budget_form.html", whole="funding/budget.html", **known):
        facts = form.facts()
        given = {name: facts[name] for name in ("rate", "no_costs", "note", "version")}
        actions.budget(db, actor, place.application, sheet.budget, lines=costs_of(facts, rows), **given)
    return page.go(f"{place.url}/budget/{org}", said=N_("The budget is saved."))


@do(f"{ORG}/lines/{{id:uuid}}/drop", Verb.FUNDING_DROP_LINE)
def drop_line(
    db: Db, actor: Who, page: Here, slug: Slug, no: Slug, org: Slug, id: Id, typed: Posted
) -> Response[Any]:
    place = place_at(db, actor, page, slug, no)
    sheet = sheet_at(db, actor, place, org, to=Verb.FUNDING_DROP_LINE)
    actions.drop_line(db, actor, place.application, sheet.budget, _line(sheet, id))
    return page.go(f"{place.url}/budget/{org}", said=N_("The line is removed."))


def _line(sheet: Sheet, id: Id) -> BudgetLine:
    found = next((line for line in sheet.lines if line.id == id), None)
    if found is None:
        raise Missing(N_("This line is gone already."))
    return found


def _one(db: Session, actor: Actor, page: Page, place: Place, org: str) -> dict[str, Any]:
    """What the page of one partner's budget knows."""
    sheet = queries.sheet(db, place.application, org)
    mine = actor.can_now(Verb.FUNDING_BUDGET, place.application, sheet.budget)
    rows = len(sheet.lines) + SPARE_ROWS
    form = Form(budget_form(rows), _typed(sheet, place.application.currency, page.locale), page.words)
    return {**shown(db, page, place), "sheet": sheet, "mine": mine, "rows": rows, "form": form}


def _typed(sheet: Sheet, currency: str, locale: str) -> dict[str, Any]:
    """The budget as its owner would type it."""
    typed: dict[str, Any] = {
        "rate": typed_rate(sheet.budget.rate, locale),
        "version": sheet.budget.version,
        "note": sheet.budget.note,
        "no_costs": "yes" if sheet.budget.no_costs else "",
    }
    for n, line in enumerate(sheet.lines, 1):
        typed |= {f"category_{n}": line.category, f"year_{n}": line.year, f"what_{n}": line.what}
        typed[f"cost_{n}"] = typed_amount(line.cost_minor, currency, locale)
    return typed


HANDLERS = [all_budgets, one_budget, budget, drop_line]
