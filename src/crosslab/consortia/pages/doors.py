"""The ways into a consortium from a challenge: start one, or ask to join one that is open."""

from typing import Any
from uuid import UUID

from litestar import Response
from litestar.params import FromPath, FromQuery
from sqlmodel import Session

from crosslab.challenges.tables import Challenge
from crosslab.consortia import actions, queries
from crosslab.consortia.forms import AskForm, StartForm
from crosslab.core.actor import Actor
from crosslab.core.allow import allow_one
from crosslab.core.find import find, find_by
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask as page_at
from crosslab.web.routes import do
from crosslab.workshops.queries import call_of, origin, startable
from crosslab.workshops.seats import with_cards

No = FromPath[str]


@page_at("/challenges/{no:str}/consortia")
def seeking(db: Db, actor: Who, page: Here, no: No) -> Response[str]:
    challenge = find_by(db, actor, Challenge, no=no)
    found = queries.seeking(db, actor, challenge.id)
    mine = queries.mine_on(db, actor, challenge.id)
    return page.show("consortia/seeking.html", challenge=challenge, found=found, mine=mine)


@page_at("/challenges/{no:str}/consortia/new")
def new(db: Db, actor: Who, page: Here, no: No, case: FromQuery[UUID | None] = None) -> Response[str]:
    challenge = find_by(db, actor, Challenge, no=no)
    begins = _case(db, actor, page, case)
    form = Form(StartForm, begins.pop("typed"), page.words)
    choices = _choices(db, actor, challenge, Verb.CONSORTIA_START)
    return page.show("consortia/new.html", form=form, **choices, **begins)


@do("/challenges/{no:str}/consortia/new", Verb.CONSORTIA_START)
def start(db: Db, actor: Who, page: Here, no: No, typed: Posted) -> Response[Any]:
    challenge = find_by(db, actor, Challenge, no=no)
    form = Form(StartForm, typed, page.words)
    choices = _choices(db, actor, challenge, Verb.CONSORTIA_START)
    allow_one(actor, Verb.CONSORTIA_START, choices["ours"])
    begins = _case(db, actor, page, form.one_id("case"))
    with form.again(page, "consortia/_start.html", whole="consortia/new.html", **choices, **begins):
        facts = form.facts()
        organisation = find(db, actor, Organisation, facts.pop("organisation"))
        facts["case"], who = begins["case"], begins["who"]
        made = actions.start(db, who, organisation, challenge=challenge, **facts)
    return page.go(f"/w/{made.slug}", said=N_("{name} is started. Next, find a partner."), name=made.name)


def _case(db: Session, actor: Actor, page: Page, id: UUID | None) -> dict[str, Any]:
    """The business case a consortium begins with, for those who may make it one, and what it gives to the form."""
    if id is None:
        return {"case": None, "origin": None, "who": actor, "typed": {}}
    who = with_cards(db, actor, page.request.cookies)
    case = startable(db, who, id)
    call = call_of(db, case.id)
    pitch = (call.words if call else "") or case.said.get("together", "")
    typed = {"case": str(case.id), "name": case.title[:80], "pitch": pitch}
    return {"case": case, "origin": origin(db, who, case), "who": who, "typed": typed}


@page_at("/consortia/{id:uuid}/ask")
def asking(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    consortium, choices = _open(db, actor, id)
    form = Form(AskForm, {}, page.words)
    return page.show("consortia/asking.html", form=form, consortium=consortium, **choices)


@do("/consortia/{id:uuid}/ask", Verb.CONSORTIA_ASK)
def ask(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    consortium, choices = _open(db, actor, id)
    allow_one(actor, Verb.CONSORTIA_ASK, choices["ours"])
    form = Form(AskForm, typed, page.words)
    with form.again(
        page, "consortia/_ask.html", whole="consortia/asking.html", consortium=consortium, **choices
    ):
        facts = form.facts()
        organisation = find(db, actor, Organisation, facts.pop("organisation"))
        actions.ask(db, actor, organisation, consortium=consortium, **facts)
    return page.go("/consortia", said=N_("Your request is with the lead of {name}."), name=consortium.name)


@page_at("/consortia")
def mine(db: Db, actor: Who, page: Here) -> Response[str]:
    found, waiting = queries.mine(db, actor), queries.invitations(db, actor)
    return page.show("consortia/mine.html", found=found, waiting=waiting)


def _open(db: Session, actor: Actor, id: Id) -> tuple[Any, dict[str, Any]]:
    consortium = queries.open_one(db, id)
    challenge = find(db, actor, Challenge, consortium.challenge_id)
    return consortium, _choices(db, actor, challenge, Verb.CONSORTIA_ASK)


def _choices(db: Session, actor: Actor, challenge: Challenge, verb: Verb) -> dict[str, Any]:
    ours = [each for each in queries.ours(db, actor) if actor.may(verb, each)]
    return {"challenge": challenge, "ours": ours}


HANDLERS = [seeking, new, start, asking, ask, mine]
