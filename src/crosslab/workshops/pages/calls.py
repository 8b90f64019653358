"""Calls to action: opened from a business case, read by the room or by everyone, answered with interest."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.challenges.brief import path_of
from crosslab.challenges.queries import host, houses
from crosslab.challenges.tables import Audience
from crosslab.core.actor import Actor
from crosslab.core.find import find, find_by
from crosslab.people.tables import Organisation
from crosslab.rules import N_, SkeletonState, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, ask_anyone, do
from crosslab.workshops import actions, queries
from crosslab.workshops.conditions import own_case
from crosslab.workshops.skeletons.forms import BRINGS, CallForm, InterestForm
from crosslab.workshops.skeletons.tables import Call, CallInterest

from .frame import room, shown
from .skeletons import case_in, context_of, url_of

MOST_SOUGHT = 6


@ask_anyone("/s/{no:str}/me/calls")
def calls(db: Db, actor: Who, page: Here, no: Slug) -> Response[Any]:
    """The open calls on a phone, and the business cases of one's own company."""
    workshop = room(db, actor, no)
    card = queries.card_of(db, actor, workshop)
    if card is None:
        return page.go(page.here(f"/j/{workshop.code}"))
    return page.show(
        "workshops/calls.html",
        card=card,
        screen="calls",
        calls=queries.calls(db, actor, workshop),
        keen=queries.keen_on(db, actor, workshop),
        found=queries.skeletons(db, actor, workshop),
        **shown(db, page, workshop),
    )


@ask_anyone("/s/{no:str}/cases/{id:uuid}/call")
def calling(db: Db, actor: Who, page: Here, no: Slug, id: Id) -> Response[str]:
    workshop = room(db, actor, no)
    skeleton = case_in(db, actor, workshop, id)
    own_case(db, actor, skeleton)
    context = context_of(db, actor, page, workshop, skeleton)
    there = context["call"]
    typed: dict[str, Any] = {"title": skeleton.title, "words": skeleton.said.get("together", "")}
    if there:
        typed = {"title": there.title, "words": there.words, "seeks": "\n".join(there.seeks)}
        typed |= {"public": "yes"} if there.public else {}
    return page.show("workshops/calling.html", form=Form(CallForm, typed, page.words), **context)


@do("/s/{no:str}/cases/{id:uuid}/call", Verb.WORKSHOPS_CALL, public=True)
def call(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no)
    skeleton = case_in(db, actor, workshop, id)
    form = Form(CallForm, typed, page.words)
    context = context_of(db, actor, page, workshop, skeleton)
    with form.again(page, "workshops/_calling.html", "workshops/calling.html", **context):
        facts = form.facts()
        facts["seeks"] = [line.strip()[:120] for line in facts["seeks"].splitlines() if line.strip()][
            :MOST_SOUGHT
        ]
        made = actions.call(db, actor, skeleton, **facts)
    return page.go(page.here(f"/calls/{made.id}"), said=N_("The call is open. This is what others read."))


@do("/s/{no:str}/cases/{id:uuid}/call-off", Verb.WORKSHOPS_CALL_OFF, public=True)
def call_off(db: Db, actor: Who, page: Here, no: Slug, id: Id, typed: Posted) -> Response[Any]:
    workshop = room(db, actor, no)
    skeleton = case_in(db, actor, workshop, id)
    actions.call_off(db, actor, skeleton)
    return page.go(
        url_of(workshop, skeleton), said=N_("The call is closed. Only those in the case see it now.")
    )


@ask("/calls/{id:uuid}", public=True)
def called(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    """A call as others read it: nothing of the wall, nothing of the business case."""
    there = find(db, actor, Call, id)
    context = _around(db, actor, page, there)
    form = Form(InterestForm, _typed(db, actor, context), page.words)
    return page.show("workshops/call.html", form=form, **context)


def _around(db: Session, actor: Actor, page: Page, call: Call) -> dict[str, Any]:
    workshop, skeleton = queries.workshop_of(db, call.workshop_id), queries.skeleton_of(db, call)
    challenge = queries.joined(db, call)
    inside = queries.may_read(db, actor, skeleton)
    hidden = workshop.names_hidden and not inside
    return {
        "call": call,
        "workshop": workshop,
        "known": queries.may_know(db, actor, workshop),
        "open": skeleton.state is SkeletonState.OPEN,
        "skeleton": skeleton if inside else None,
        "taken": queries.grown(db, [skeleton])[skeleton.id] if inside else None,
        "taken_up": skeleton.state is SkeletonState.TAKEN_UP,
        "sits_in": queries.sits_in(db, actor, skeleton),
        "companies": [] if hidden else queries.involved(db, skeleton.id),
        "card": queries.card_of(db, actor, workshop),
        "houses": houses(db, actor) if actor.signed_in else [],
        "said": queries.own_interest(db, actor, skeleton.id),
        "others": queries.interested(db, actor, call),
        "ticks": BRINGS,
        "path": path_of(challenge) if challenge else "",
        "challenge": challenge,
        **_readers(db, actor, call, hidden),
        **_starting(db, actor, workshop),
    }


def _readers(db: Session, actor: Actor, call: Call, hidden: bool) -> dict[str, Any]:
    """Who will see an interest, by name as far as the reader may know them."""
    challenge, workshop = queries.joined(db, call), queries.workshop_of(db, call.workshop_id)
    companies = [] if hidden else [each.name for each in queries.involved(db, call.skeleton_id)]
    running = (
        [each.name for each in queries.facilitators(db, workshop)] if workshop.id in actor.places else []
    )
    asks = [host(db, challenge).name] if challenge else []
    asks.append(queries.programme_of(db, workshop).name)
    known = [each.name for each in queries.interested(db, actor, call) if each.name]
    return {"first": [*companies, *running, *asks], "known": known}


def _starting(db: Session, actor: Actor, workshop: Any) -> dict[str, Any]:
    """The challenges a consortium can be started for: the workshop's own, or any that is open."""
    own = queries.challenge_of(db, workshop)
    return {"answers": [own] if own else queries.answerable(db, actor)}


def _typed(db: Session, actor: Actor, context: dict[str, Any]) -> dict[str, Any]:
    """What was said before, or the usual choice."""
    said: CallInterest | None = context["said"]
    mine = [str(each.id) for each in context["houses"]]
    typed: dict[str, Any] = {"organisation": mine[0] if mine else "", "shown": Audience.INTERESTED.value}
    if said is None:
        return typed
    words = next((each for each in context["others"] if each.id == said.id), None)
    told = {"brings": words.brings, "seeks": words.seeks} if words else {}
    house = str(said.organisation_id) if said.organisation_id else typed["organisation"]
    return {**typed, **told, "organisation": house, "ticks": list(said.ticks), "shown": said.shown.value}


@do("/calls/{id:uuid}/interest", Verb.WORKSHOPS_INTEREST, public=True)
def interest(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    there = find(db, actor, Call, id)
    form = Form(InterestForm, typed, page.words)
    with form.again(
        page, "workshops/_interest.html", "workshops/call.html", **_around(db, actor, page, there)
    ):
        facts = form.facts()
        house = find(db, actor, Organisation, facts["organisation"]) if facts["organisation"] else None
        actions.interest(db, actor, there, **{**facts, "organisation": house})
    return page.go(page.here(f"/calls/{id}"), said=N_("Your interest is registered."))


@do("/calls/{id:uuid}/withdraw", Verb.WORKSHOPS_WITHDRAW_INTEREST, public=True)
def withdraw_interest(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    there = find(db, actor, Call, id)
    said = queries.own_interest(db, actor, there.skeleton_id)
    mine = find_by(db, actor, CallInterest, id=said.id if said else None)
    actions.withdraw_interest(db, actor, mine, call=there)
    return page.go(page.here(f"/calls/{id}"), said=N_("The interest is withdrawn."))


HANDLERS = [calls, calling, call, call_off, called, interest, withdraw_interest]
