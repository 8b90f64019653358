"""The facilitator's morning after: sum up, publish, write to every author, look what came of it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Response

from crosslab.core.actor import Actor
from crosslab.core.find import find_by
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do
from crosslab.workshops import actions
from crosslab.workshops.after import letters
from crosslab.workshops.after import queries as after
from crosslab.workshops.after.becoming import became
from crosslab.workshops.after.forms import AUDIENCES, AddressForm, DaysForm, SummaryForm
from crosslab.workshops.after.preview import preview
from crosslab.workshops.after.tables import LetterKind, Results
from crosslab.workshops.tables import Workshop

from .frame import card_in, mended, room, shown

STATES = {
    after.WAITING: N_("waiting to leave"),
    after.SENT: N_("sent"),
    after.TRYING: N_("not delivered yet, tried again by itself"),
    after.FAILED: N_("not delivered"),
}


def results_in(db: Db, actor: Actor, workshop: Workshop, to: Verb) -> Results:
    """The results of a workshop, for the hands of those who run it."""
    return find_by(db, actor, Results, workshop_id=workshop.id, to=to)


@ask("/s/{no:str}/publish")
def publishing(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """What stands above the results, who may see them, and the one press that shows them."""
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SUM_UP)
    results = after.results_of(db, workshop)
    form = Form(SummaryForm, _typed(workshop, results), page.words)
    return page.show("workshops/publish.html", summary_form=form, **_around(db, page, workshop))


def _around(db: Db, page: Page, workshop: Workshop) -> dict[str, Any]:
    return {
        **shown(db, page, workshop),
        "results": after.results_of(db, workshop),
        "authors": after.authors(db, workshop),
        "on_paper": after.count_on_paper(db, workshop),
        "asked": after.letters_of(db, workshop, LetterKind.AFTER),
        "audiences": [(value, *words) for value, words in AUDIENCES.items()],
        "days_form": Form(DaysForm, {"days": 30}, page.words),
    }


def _typed(workshop: Workshop, results: Results | None) -> dict[str, Any]:
    """What the form shows of results that are drafted."""
    if results is None:
        return {"audience": "room"}
    typed = {"summary": results.summary, "audience": results.audience, "next_words": results.next_words}
    return typed | (_parts(results.next_at, workshop.zone) if results.next_at else {})


def _parts(at: datetime, zone: str) -> dict[str, str]:
    local = at.astimezone(ZoneInfo(zone))
    parts = {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
    return {f"next_at_{name}": str(value) for name, value in parts.items()}


@do("/s/{no:str}/summary", Verb.WORKSHOPS_SUM_UP)
def sum_up(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SUM_UP)
    form, context = (
        Form(SummaryForm, {**typed, "zone": workshop.zone}, page.words),
        _around(db, page, workshop),
    )
    with form.again(page, "workshops/_summary.html", "workshops/publish.html", summary_form=form, **context):
        actions.sum_up(db, actor, workshop, **form.facts())
    return page.go(f"/s/{workshop.no}/publish", said=N_("The summary is saved."))


@do("/s/{no:str}/publish", Verb.WORKSHOPS_PUBLISH)
def publish(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no)
    results = results_in(db, actor, workshop, Verb.WORKSHOPS_PUBLISH)
    actions.publish(db, actor, results, workshop=workshop)
    return page.go(f"/s/{workshop.no}/publish", said=N_("The results are published."))


@do("/s/{no:str}/withdraw", Verb.WORKSHOPS_WITHDRAW)
def withdraw(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no)
    results = results_in(db, actor, workshop, Verb.WORKSHOPS_WITHDRAW)
    actions.withdraw(db, actor, results, workshop=workshop)
    return page.go(
        f"/s/{workshop.no}/publish", said=N_("Only those who run the workshop see the results now.")
    )


@ask("/s/{no:str}/letters")
def letters_shown(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Who gets a letter, what it says, and which ones were not delivered."""
    workshop = room(db, actor, no)
    results = results_in(db, actor, workshop, Verb.WORKSHOPS_FEED_BACK)
    return page.show("workshops/letters.html", **_letters(db, page, workshop, results))


def _letters(db: Db, page: Page, workshop: Workshop, results: Results) -> dict[str, Any]:
    """The list, with one letter as it would be or was written: the asked one, else the first that can be reached."""
    around = _around(db, page, workshop)
    authors, asked = around["authors"], page.request.query_params.get("of", "")
    reached = [each for each in authors if each.reached or each.letter]
    chosen = next((each for each in reached if str(each.card.id) == asked), reached[0] if reached else None)
    sample = None
    if chosen:
        notes = became(db, workshop, around["wall"], [chosen.card])[chosen.card.id]
        sample = preview(page.door, chosen, letters.notes_facts(workshop, results, chosen, notes))
    return {**around, "chosen": chosen, "sample": sample, "states": STATES}


@do("/s/{no:str}/letters", Verb.WORKSHOPS_FEED_BACK)
def feed_back(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no)
    results = results_in(db, actor, workshop, Verb.WORKSHOPS_FEED_BACK)
    sent = actions.feed_back(db, actor, results, workshop=workshop)
    return page.go(f"/s/{workshop.no}/letters", said=N_("{n} letters are on their way."), n=sent)


@do("/s/{no:str}/letters/{id:uuid}/address", Verb.WORKSHOPS_READDRESS)
def readdress(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no)
    results = results_in(db, actor, workshop, Verb.WORKSHOPS_READDRESS)
    form, card = Form(AddressForm, typed, page.words), card_in(db, workshop, id)
    with mended(page, form, workshop):
        actions.readdress(db, actor, results, workshop=workshop, card=card, **form.facts())
    return page.go(f"/s/{workshop.no}/letters", said=N_("The letter goes to the new address."))


@do("/s/{no:str}/after", Verb.WORKSHOPS_ASK_AFTER)
def ask_after(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no)
    results = results_in(db, actor, workshop, Verb.WORKSHOPS_ASK_AFTER)
    form, context = Form(DaysForm, typed, page.words), _around(db, page, workshop)
    shown_again = {**context, "summary_form": Form(SummaryForm, _typed(workshop, results), page.words)}
    with form.again(
        page, "workshops/_days.html", "workshops/publish.html", **{**shown_again, "days_form": form}
    ):
        actions.ask_after(db, actor, results, workshop=workshop, **form.facts())
    return page.go(
        f"/s/{workshop.no}/publish", said=N_("They are asked on that day, and once more a week later.")
    )


HANDLERS = [
    publishing, sum_up, publish, withdraw, letters_shown, feed_back, readdress, ask_after,
]  # fmt: skip
