"""A participant's seat on their phone, and the card of a table: plain forms, with or without JavaScript."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone, do
from crosslab.workshops import actions, queries
from crosslab.workshops.cafe.forms import HarvestForm, NeedForm
from crosslab.workshops.cafe.queries import card_at
from crosslab.workshops.cafe.shown import day, place
from crosslab.workshops.cafe.writing import may_keep
from crosslab.workshops.tables import Workshop

from .cafe import cafe_in
from .frame import NOTHING, card_in, company_in, room, shown


@ask_anyone("/s/{no:str}/me/table")
def table(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    """Where somebody sits now, with whom, and where they go next; a host finds the card there."""
    workshop = room(db, actor, no)
    if queries.card_of(db, actor, workshop) is None:
        return page.go(page.here(f"/j/{workshop.code}"))
    return page.show("workshops/table.html", **_mine(db, actor, page, workshop))


def _mine(db: Session, actor: Actor, page: Page, workshop: Workshop) -> dict[str, Any]:
    card = queries.card_of(db, actor, workshop)
    if card is None:
        raise Missing(NOTHING)
    found = day(db, workshop)
    mine = place(db, actor, workshop, found, card)
    asked = page.request.query_params.get("turn", "")
    turn = int(asked) if asked.isdigit() and int(asked) in mine.writes else max(mine.writes, default=0)
    return {
        **shown(db, page, workshop),
        "card": card,
        "screen": "table",
        "day": found,
        "place": mine,
        "turn": turn,
        **_card(db, page, workshop, turn, mine.writes.get(turn, 0)),
    }


def _card(db: Session, page: Page, workshop: Workshop, turn: int, at: int) -> dict[str, Any]:
    """The card of a table and round as a form shows it."""
    kept = card_at(db, workshop, turn, at)
    names = ("idea", "whom", "needs", "companies")
    typed = {name: getattr(kept, name) for name in names} if kept else {}
    form = Form(HarvestForm, {**typed, "turn": turn, "at": at}, page.words)
    return {"kept": kept, "form": form, "turn": turn, "at": at}


@ask_anyone("/s/{no:str}/cafe/card")
def card(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """The card of one table and round on a page of its own: for the facilitator, who has it on paper."""
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_HARVEST)
    turn, at = (_number(page.request.query_params.get(name)) for name in ("turn", "at"))
    if not 0 < turn <= cafe_in(db, workshop).turn or not may_keep(db, actor, workshop, turn, at):
        raise Missing(NOTHING)
    context = {**shown(db, page, workshop), **_card(db, page, workshop, turn, at)}
    return page.show("workshops/card.html", day=day(db, workshop), **context)


def _number(asked: str | None) -> int:
    return int(asked) if asked and asked.isdigit() and len(asked) < 3 else 0


@do("/s/{no:str}/cafe/cards", Verb.WORKSHOPS_HARVEST, public=True)
def harvest(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_HARVEST)
    form = Form(HarvestForm, typed, page.words)

    def around() -> dict[str, Any]:
        turn, at = (_number(str(typed.get(name, ""))) for name in ("turn", "at"))
        return {**shown(db, page, workshop), **_card(db, page, workshop, turn, at), "day": day(db, workshop)}

    with form.again(page, "workshops/_card.html", "workshops/card.html", around):
        facts = form.facts()
        companies = [company_in(db, workshop, each) for each in facts.pop("companies")]
        actions.harvest(db, actor, cafe_in(db, workshop), workshop=workshop, companies=companies, **facts)
    runs = actor.may(Verb.WORKSHOPS_ARRANGE, workshop)
    to = "cafe" if runs else f"me/table?turn={facts['turn']}"
    return page.go(
        f"/s/{workshop.no}/{to}", said=N_("The card is kept. You can change it until the café is over.")
    )


@do("/s/{no:str}/people/{id:uuid}/need", Verb.WORKSHOPS_NEED, public=True)
def need(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_NEED)
    facts = Form(NeedForm, typed, page.words).facts()
    actions.need(db, actor, workshop, card=card_in(db, workshop, id), **facts)
    to = "cafe" if actor.may(Verb.WORKSHOPS_ARRANGE, workshop) else "me/table"
    return page.go(f"/s/{workshop.no}/{to}", said=N_("It is noted. It counts when seats are made or mended."))


HANDLERS = [table, card, harvest, need]
