"""Somebody with a card, the morning after: what became of their notes, what is held of them, what came of it."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.people.tokens import digest
from crosslab.rules import N_, Verb
from crosslab.web.door import LETTER_COOKIE
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone, ask_json, do
from crosslab.workshops import actions, queries
from crosslab.workshops.after import queries as after
from crosslab.workshops.after.becoming import became
from crosslab.workshops.after.forms import OUTCOMES, AnswerForm
from crosslab.workshops.after.holding import held
from crosslab.workshops.after.tables import CardLetter, LetterKind
from crosslab.workshops.conditions import own_card
from crosslab.workshops.tables import Card, Presence, Workshop

from .frame import in_hand, room, shown

A_SEASON = 60 * 60 * 24 * 90
GONE = N_("This link leads nowhere any more. What it led to was erased, or the link is not whole.")
ERASED = N_("Your name and address are erased. Your notes stay, under the company alone.")


@ask_anyone("/l/{token:str}")
def letter(db: Db, page: Here, token: Slug) -> Response[Any]:
    """A letter's link opens the card it was sent to, on whatever device it is read."""
    found = after.letter_by(db, digest(token))
    if found is None:
        raise Missing(GONE)
    sent, card, workshop = found
    answer = page.go(f"/s/{workshop.no}/me/{_first(sent, card)}")
    answer.set_cookie(page.cookie_of(LETTER_COOKIE, token, max_age=A_SEASON))
    return answer


def _first(sent: CardLetter, card: Card) -> str:
    """The page a letter is about."""
    if card.presence is Presence.OUT:
        return "data"
    return "notes" if sent.kind is LetterKind.NOTES else "after"


def _mine(db: Session, actor: Actor, page: Page, workshop: Workshop, screen: str) -> dict[str, Any]:
    """What every page of a card shows. Whoever holds none is told so."""
    card, context = own_card(db, actor, workshop.id), shown(db, page, workshop)
    return {
        **context,
        "card": card,
        "screen": screen,
        "notes": became(db, workshop, context["wall"], [card]).get(card.id, []),
        "published": after.results_for(db, actor, workshop),
    }


@ask_anyone("/s/{no:str}/me/notes")
def my_notes(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """What became of each of one's notes."""
    workshop = room(db, actor, no)
    return page.show("workshops/my_notes.html", **_mine(db, actor, page, workshop, "notes"))


@ask_anyone("/s/{no:str}/me/data")
def my_data(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """What is held of somebody here; it can be taken away, and the name erased. Also by whoever was removed."""
    if left := queries.left_by(db, actor, no):
        workshop, card = left
        around = in_hand(page, workshop, queries.headings(db, workshop))
        mine = {**around, "card": card, "screen": "data"}
        return page.show("workshops/my_data.html", held=held(db, workshop, card), **mine)
    workshop = room(db, actor, no)
    mine = _mine(db, actor, page, workshop, "data")
    return page.show("workshops/my_data.html", held=held(db, workshop, mine["card"]), **mine)


@ask_json("/s/{no:str}/me/data.json", public=True)
def my_file(db: Db, actor: Who, no: Slug) -> dict[str, Any]:
    """The same for programs."""
    if left := queries.left_by(db, actor, no):
        return held(db, *left)
    workshop = room(db, actor, no)
    return held(db, workshop, own_card(db, actor, workshop.id))


@ask_anyone("/s/{no:str}/me/after")
def my_answer(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Three questions, weeks later."""
    workshop = room(db, actor, no)
    return page.show("workshops/my_answer.html", **_asked(db, actor, page, workshop))


def _asked(db: Session, actor: Actor, page: Page, workshop: Workshop) -> dict[str, Any]:
    mine = _mine(db, actor, page, workshop, "after")
    given = after.answer_of(db, mine["card"])
    typed = {"outcome": given.outcome, "companies": given.companies, "words": given.words} if given else {}
    outcomes = [(value, page.say(words)) for value, words in OUTCOMES.items()]
    others = [
        (str(each.id), each.name) for each in mine["wall"].companies if each.id != mine["card"].company_id
    ]
    return {
        **mine,
        "form": Form(AnswerForm, typed, page.words),
        "outcomes": outcomes,
        "others": others,
        "given": given,
    }


@do("/s/{no:str}/me/after", Verb.WORKSHOPS_ANSWER, public=True)
def answer(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_ANSWER)
    form, context = Form(AnswerForm, typed, page.words), _asked(db, actor, page, workshop)
    with form.again(page, "workshops/_answer.html", "workshops/my_answer.html", **{**context, "form": form}):
        actions.answer(db, actor, workshop, **form.facts())
    return page.go(f"/s/{workshop.no}/me/after", said=N_("Your answer is kept. You can change it here."))


@do("/s/{no:str}/me/stop", Verb.WORKSHOPS_STOP, public=True)
def stop(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_STOP)
    actions.stop(db, actor, workshop)
    return page.go(f"/s/{workshop.no}/me/data", said=N_("You get no more letters about this workshop."))


@do("/s/{no:str}/me/erase", Verb.WORKSHOPS_ERASE, public=True)
def erase(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    left = queries.left_by(db, actor, no)
    workshop = left[0] if left else room(db, actor, no, to=Verb.WORKSHOPS_ERASE)
    actions.erase(db, actor, workshop)
    return page.go(page.here(f"/sessions/{workshop.no}" if workshop.listed else ""), said=ERASED)


@do("/s/{no:str}/me/claim", Verb.WORKSHOPS_CLAIM)
def claim(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_CLAIM)
    actions.claim(db, actor, workshop)
    return page.go(f"/s/{workshop.no}/me/data", said=N_("It is kept in your account."))


HANDLERS = [letter, my_notes, my_data, my_file, my_answer, answer, stop, erase, claim]
