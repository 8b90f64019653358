"""The facilitator's café: its plan and what it is worth, its tables, its rounds, and everybody's seat on paper."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.errors import Missing, Refused
from crosslab.core.find import find_by
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Number, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, ask_anyone, do
from crosslab.workshops import actions
from crosslab.workshops.cafe import queries
from crosslab.workshops.cafe.forms import AdmitForm, CafeForm, HostForm, TableForm, TurnForm
from crosslab.workshops.cafe.mending import loose
from crosslab.workshops.cafe.shown import day, rehearsal
from crosslab.workshops.cafe.tables import Cafe, CafeTable
from crosslab.workshops.tables import Kind, Workshop

from .frame import NOTHING, card_in, mended, room, shown

NOT_YET = N_("This café is not planned yet.")


@ask("/s/{no:str}/cafe")
def cafe(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_ARRANGE)
    return page.show("workshops/cafe.html", **_levers(db, page, workshop))


def _levers(db: Session, page: Page, workshop: Workshop) -> dict[str, Any]:
    """The day as it stands, and a try with other numbers while it is planned."""
    found = day(db, workshop)
    tried = rehearsal(db, workshop, found.cafe, dict(page.request.query_params))
    typed = {
        "tables": tried.tables,
        "rounds": tried.rounds,
        "minutes": found.minutes,
        "staying": tried.staying,
        "question": found.question,
    }
    return {
        **shown(db, page, workshop),
        "day": found,
        "tried": tried,
        "cafe_form": Form(CafeForm, typed, page.words),
        "admit_form": Form(AdmitForm, {}, page.words),
        "loose": loose(db, workshop, found.cafe) if found.cafe else None,
    }


@ask("/s/{no:str}/cafe/places")
def places(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Who sits where, by table for the doors and a card for everybody, to be printed."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_ARRANGE)
    return page.show("workshops/places.html", day=day(db, workshop), **shown(db, page, workshop))


@ask_anyone("/s/{no:str}/cafe/harvest")
def brought(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Everything the tables brought out, as a plain list, for those who were there."""
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_TIE)
    return page.show("workshops/brought.html", day=day(db, workshop), **shown(db, page, workshop))


def cafe_in(db: Session, workshop: Workshop) -> Cafe:
    """The café of this workshop, or 404."""
    found = queries.cafe_of(db, workshop)
    if found is None:
        raise Missing(NOT_YET)
    return found


def table_in(db: Session, workshop: Workshop, at: int) -> CafeTable:
    """The table with this number, or 404."""
    found = next((each for each in queries.tables_of(db, workshop) if each.at == at), None)
    if found is None:
        raise Missing(NOTHING)
    return found


def _back(page: Page, workshop: Workshop, said: str | None = None, **facts: Any) -> Response[Any]:
    return page.go(f"/s/{workshop.no}/cafe", said=said, **facts)


@do("/s/{no:str}/cafe", Verb.WORKSHOPS_ARRANGE)
def arrange(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ARRANGE)
    form = Form(CafeForm, typed, page.words)
    with form.again(
        page, "workshops/_cafe_plan.html", "workshops/cafe.html", lambda: _levers(db, page, workshop)
    ):
        actions.arrange(db, actor, workshop, **form.facts())
    return _back(page, workshop, N_("The café is planned. Seat everybody next."))


@do("/s/{no:str}/cafe/tables/{at:int}", Verb.WORKSHOPS_FURNISH)
def furnish(db: Db, actor: Who, page: Here, no: Slug, at: Number, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_FURNISH)
    form = Form(TableForm, typed, page.words)
    with mended(page, form, workshop):
        facts = form.facts()
        writer = card_in(db, workshop, facts.pop("writer")) if facts["writer"] else facts.pop("writer")
        found = cafe_in(db, workshop)
        actions.furnish(
            db, actor, found, workshop=workshop, table=table_in(db, workshop, at), writer=writer, **facts
        )
    return page.go(f"/s/{workshop.no}/cafe#t{at}", said=N_("The table is saved."))


@do("/s/{no:str}/cafe/tables/{at:int}/host", Verb.WORKSHOPS_HOST, public=True)
def host(db: Db, actor: Who, page: Here, no: Slug, at: Number, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_HOST)
    chosen = Form(HostForm, typed, page.words).facts()["host"]
    card = card_in(db, workshop, chosen) if chosen else None
    actions.host(
        db, actor, cafe_in(db, workshop), workshop=workshop, table=table_in(db, workshop, at), card=card
    )
    to = f"cafe#t{at}" if actor.may(Verb.WORKSHOPS_ARRANGE, workshop) else "me/table"
    return page.go(f"/s/{workshop.no}/{to}", said=N_("The table has its host."))


@do("/s/{no:str}/cafe/seat", Verb.WORKSHOPS_SEAT)
def seat(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SEAT)
    actions.seat(db, actor, cafe_in(db, workshop), workshop=workshop)
    return _back(page, workshop, N_("Everybody has a seat. Nobody is told until you announce the seats."))


@do("/s/{no:str}/cafe/announce", Verb.WORKSHOPS_ANNOUNCE)
def announce(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ANNOUNCE)
    actions.announce(db, actor, cafe_in(db, workshop), workshop=workshop)
    return _back(
        page, workshop, N_("Everybody sees their seats on their phone. Print the list for the others.")
    )


@do("/s/{no:str}/cafe/mend", Verb.WORKSHOPS_MEND)
def mend(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_MEND)
    moved = actions.mend(db, actor, cafe_in(db, workshop), workshop=workshop)
    return _back(page, workshop, N_("The seats are mended. Announced seats that changed: {n}."), n=moved)


@do("/s/{no:str}/cafe/begin-round", Verb.WORKSHOPS_BEGIN_ROUND)
def begin_round(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_BEGIN_ROUND)
    turn = Form(TurnForm, typed, page.words).facts()["turn"]
    actions.begin_round(db, actor, cafe_in(db, workshop), workshop=workshop, turn=turn)
    return _back(page, workshop, N_("Round {n} has begun."), n=turn)


@do("/s/{no:str}/cafe/end-round", Verb.WORKSHOPS_END_ROUND)
def end_round(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_END_ROUND)
    actions.end_round(db, actor, cafe_in(db, workshop), workshop=workshop)
    return _back(page, workshop, N_("The round is over. Its cards are on the wall."))


@do("/s/{no:str}/cafe/reopen-round", Verb.WORKSHOPS_REOPEN_ROUND)
def reopen_round(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_REOPEN_ROUND)
    turn = Form(TurnForm, typed, page.words).facts()["turn"]
    actions.reopen_round(db, actor, cafe_in(db, workshop), workshop=workshop, turn=turn)
    return _back(page, workshop, N_("Round {n} goes on. Its cards stay on the wall."), n=turn)


@do("/s/{no:str}/cafe/close", Verb.WORKSHOPS_CLOSE_CAFE)
def close_cafe(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_CLOSE_CAFE)
    actions.close_cafe(db, actor, cafe_in(db, workshop), workshop=workshop)
    return _back(page, workshop, N_("The café is over. Its cards are locked."))


@do("/s/{no:str}/people", Verb.WORKSHOPS_ADMIT)
def admit(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ADMIT)
    form = Form(AdmitForm, typed, page.words)
    with mended(page, form, workshop):
        facts = form.facts()
        names = AdmitForm.model_validate(facts).people()
        if not names:
            raise Refused(N_("Write a name on each line."), field="names")
        actions.admit(db, actor, workshop, company=facts["company"], names=names)
    at = "control#people" if workshop.kind is Kind.WALL else "cafe"
    return page.go(f"/s/{workshop.no}/{at}", said=N_("The place cards are written."))


HANDLERS = [
    cafe, places, brought, arrange, furnish, host, seat, announce, mend, begin_round, end_round, reopen_round,
    close_cafe, admit,
]  # fmt: skip
