"""A participant's pages, made for a phone: write, walk, link, vote. Plain forms, with or without JavaScript."""

from functools import partial
from typing import Any
from uuid import uuid4

from litestar import Response

from crosslab.core.actor import Actor
from crosslab.core.errors import Missing
from crosslab.rules import N_, NoteState, Step, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone, do
from crosslab.workshops import actions, queries
from crosslab.workshops.forms import CardForm, MoveForm, NoteForm, ReasonForm, TextForm, TieForm
from crosslab.workshops.tables import Workshop

from .frame import NOTHING, company_in, in_hand, mended, note_in, own_note_in, room, theme_in, unhurried

SCREENS = {
    "write": "workshops/write.html",
    "walk": "workshops/walk.html",
    "link": "workshops/link.html",
    "vote": "workshops/vote.html",
}
OF_STEP = {
    Step.WRITING: "write",
    Step.LINKING: "walk",
    Step.THEMES: "walk",
    Step.VOTING: "vote",
    Step.CALLING: "calls",
    Step.OVER: "notes",
}


@ask_anyone("/s/{no:str}/me")
def me(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    """To the screen of the step the room is in; whoever was removed, to what is held of them."""
    if queries.left_by(db, actor, no):
        return page.go(f"/s/{no}/me/data")
    workshop = room(db, actor, no)
    return page.go(f"/s/{workshop.no}/me/{OF_STEP.get(workshop.state, 'write')}")


@ask_anyone("/s/{no:str}/me/{screen:str}")
def phone(db: Db, actor: Who, page: Here, no: Slug, screen: Slug) -> Response[Any]:
    if screen not in SCREENS:
        raise Missing(NOTHING)
    if queries.left_by(db, actor, no):
        return page.go(f"/s/{no}/me/data")
    workshop = room(db, actor, no)
    if queries.card_of(db, actor, workshop) is None:
        return page.go(page.here(f"/j/{workshop.code}"))
    return page.show(SCREENS[screen], **_mine(db, actor, page, workshop, screen))


def _mine(db: Db, actor: Actor, page: Page, workshop: Workshop, screen: str) -> dict[str, Any]:
    card = queries.card_of(db, actor, workshop)
    if card is None:
        raise Missing(NOTHING)
    own = queries.own_notes(db, card)
    query = page.request.query_params
    form = Form(NoteForm, dict(query), page.words)
    hung = queries.headings if screen == "write" else queries.wall
    return {
        **in_hand(page, workshop, hung(db, workshop, names=not workshop.names_hidden)),
        "card": card,
        "screen": screen,
        "own": [note for note in own if note.state is not NoteState.TAKEN_BACK],
        "taken_back": [note for note in own if note.state is NoteState.TAKEN_BACK],
        "mine": queries.own_dots(db, card),
        "likings": queries.own_likings(db, card),
        "at": form.one_id("at"),
        "q": query.get("q", "").strip(),
        "chosen": {
            "one": form.one_id("one"),
            "two": form.one_id("two"),
            "prompt": query.get("prompt", ""),
        },
        "key": uuid4().hex,
        "form": form,
    }


def _screen(page: Page, workshop: Workshop, screen: str, said: str | None = None) -> Response[Any]:
    return page.go(f"/s/{workshop.no}/me/{screen}", said=said)


@do("/s/{no:str}/notes", Verb.WORKSHOPS_WRITE, public=True)
def write(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_WRITE)
    form = Form(NoteForm, typed, page.words)
    around = partial(_mine, db, actor, page, workshop, "write")
    with form.again(page, "workshops/_writing.html", "workshops/write.html", around):
        unhurried(page, actor, workshop)
        actions.write(db, actor, workshop, **form.facts())
    return _screen(page, workshop, "write", N_("It is on the wall."))


@do("/s/{no:str}/notes/{id:uuid}", Verb.WORKSHOPS_REWRITE, public=True)
def rewrite(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_REWRITE)
    note = note_in(db, actor, workshop, id)
    form = Form(TextForm, typed, page.words)
    with mended(page, form, workshop):
        unhurried(page, actor, workshop)
        actions.rewrite(db, actor, note, workshop=workshop, **form.facts())
    return page.go(_whence(page, workshop, "write"), said=N_("Your note is changed."))


@do("/s/{no:str}/notes/{id:uuid}/take-back", Verb.WORKSHOPS_TAKE_BACK, public=True)
def take_back(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    if left := queries.left_by(db, actor, no):
        actions.take_back(db, actor, own_note_in(db, left[1], id), workshop=left[0])
        return _screen(page, left[0], "data", N_("Your note is off the wall."))
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_TAKE_BACK)
    unhurried(page, actor, workshop)
    actions.take_back(db, actor, note_in(db, actor, workshop, id), workshop=workshop)
    return _screen(page, workshop, "write", N_("Your note is off the wall. You can put it back."))


@do("/s/{no:str}/notes/{id:uuid}/put-back", Verb.WORKSHOPS_PUT_BACK, public=True)
def put_back(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_PUT_BACK)
    unhurried(page, actor, workshop)
    actions.put_back(db, actor, note_in(db, actor, workshop, id), workshop=workshop)
    return page.go(_whence(page, workshop), said=N_("The note hangs again."))


@do("/s/{no:str}/notes/{id:uuid}/remove", Verb.WORKSHOPS_REMOVE)
def remove(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_REMOVE)
    form, note = Form(ReasonForm, typed, page.words), note_in(db, actor, workshop, id)
    with mended(page, form, workshop):
        actions.remove(db, actor, note, workshop=workshop, **form.facts())
    return page.go(f"/s/{workshop.no}/wall", said=N_("The note is removed. Its author reads why."))


@do("/s/{no:str}/notes/{id:uuid}/move", Verb.WORKSHOPS_MOVE)
def move(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_MOVE)
    note = note_in(db, actor, workshop, id)
    facts = Form(MoveForm, typed, page.words).facts()
    before = note_in(db, actor, workshop, facts["before"]) if facts["before"] else None
    left = (facts["from_company"], facts["from_at"]) if facts["from_company"] else None
    company = company_in(db, workshop, facts["company"])
    actions.move(
        db, actor, note, workshop=workshop, company=company, prompt=facts["prompt"], before=before, left=left
    )
    return page.tell(f"/s/{workshop.no}/wall", {"at": note.at})


@do("/s/{no:str}/notes/{id:uuid}/interesting", Verb.WORKSHOPS_MARK_INTERESTING, public=True)
def mark_interesting(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_MARK_INTERESTING)
    unhurried(page, actor, workshop)
    actions.mark_interesting(db, actor, note_in(db, actor, workshop, id), workshop=workshop)
    return page.go(_whence(page, workshop))


@do("/s/{no:str}/notes/{id:uuid}/not-interesting", Verb.WORKSHOPS_UNMARK, public=True)
def unmark(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_UNMARK)
    unhurried(page, actor, workshop)
    actions.unmark(db, actor, note_in(db, actor, workshop, id), workshop=workshop)
    return page.go(_whence(page, workshop))


@do("/s/{no:str}/ties", Verb.WORKSHOPS_TIE, public=True)
def tie(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_TIE)
    form = Form(TieForm, typed, page.words)
    with mended(page, form, workshop):
        unhurried(page, actor, workshop)
        facts = form.facts()
        one, two = note_in(db, actor, workshop, facts["one"]), note_in(db, actor, workshop, facts["two"])
        made = actions.tie(
            db, actor, workshop, one=one, two=two, kind=facts["kind"], why=facts["why"], key=facts["key"]
        )
    to = _whence(page, workshop, "link")
    return page.tell(to, {"id": str(made.id)}, said=N_("The thread is tied."))


@do("/s/{no:str}/ties/{id:uuid}/untie", Verb.WORKSHOPS_UNTIE, public=True)
def untie(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_UNTIE)
    unhurried(page, actor, workshop)
    found = queries.tie_in(db, actor, workshop, id)
    actions.untie(db, actor, found, workshop=workshop)
    return page.go(_whence(page, workshop, "link"), said=N_("The thread is gone."))


@do("/s/{no:str}/me/name", Verb.WORKSHOPS_NAME_ONESELF, public=True)
def name_oneself(db: Db, actor: Who, page: Here, no: Slug, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_NAME_ONESELF)
    form = Form(CardForm, typed, page.words)
    with mended(page, form, workshop):
        unhurried(page, actor, workshop)
        facts = form.facts()
        company = company_in(db, workshop, facts["company"])
        actions.name_oneself(db, actor, workshop, name=facts["name"], company=company)
    return _screen(page, workshop, "write", N_("Your name is changed."))


@do("/s/{no:str}/themes/{id:uuid}/vote", Verb.WORKSHOPS_VOTE, public=True)
def vote(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_VOTE)
    unhurried(page, actor, workshop)
    actions.vote(db, actor, workshop, theme=theme_in(db, actor, workshop, id))
    return _screen(page, workshop, "vote")


@do("/s/{no:str}/themes/{id:uuid}/take-vote", Verb.WORKSHOPS_TAKE_VOTE, public=True)
def take_vote(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_TAKE_VOTE)
    unhurried(page, actor, workshop)
    actions.take_vote(db, actor, workshop, theme=theme_in(db, actor, workshop, id))
    return _screen(page, workshop, "vote")


def _whence(page: Page, workshop: Workshop, screen: str = "walk") -> str:
    """Back to the wall for whoever came from there or from a note of it, to the phone's screen for others."""
    came = page.request.headers.get("referer", "").split("?")[0]
    if f"/s/{workshop.no}/notes/" in came:
        return f"/s/{workshop.no}/wall"
    known = {f"/s/{workshop.no}/wall", *(f"/s/{workshop.no}/me/{each}" for each in SCREENS)}
    at = "/" + came.split("/", 3)[-1] if came.count("/") >= 3 else ""
    return at if at in known else f"/s/{workshop.no}/me/{screen}"


HANDLERS = [
    me, phone, write, rewrite, take_back, put_back, remove, move, mark_interesting, unmark, tie, untie, name_oneself,
    vote, take_vote,
]  # fmt: skip
