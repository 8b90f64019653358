"""The host's own page of a challenge, and its big steps: the call, the end."""

from typing import Any

from litestar import Response

from crosslab.challenges import actions, brief, queries, stages
from crosslab.challenges.brief import STEPS, Step, path_of
from crosslab.challenges.forms import AnswerForm, CallForm, ReasonForm, UpdateForm, WithdrawForm, lines
from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.core.find import find
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@ask("/challenges/{id:uuid}")
def manage(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_CLOSE)
    return page.show("challenges/manage.html", **managed(db, actor, page, challenge))


def managed(db: Db, actor: Actor, page: Page, challenge: Challenge) -> dict[str, Any]:
    """What the host works with: the list of steps in a draft, the talk and the interests in a public one."""
    lacking = {gap.step for gap in brief.gaps(challenge)}
    return {
        "challenge": challenge,
        "path": path_of(challenge),
        "host": queries.host(db, challenge),
        "names": STEPS,
        "lacking": lacking,
        "begun": {step for step in Step if brief.begun(challenge, step)},
        "comments": queries.comments(db, challenge),
        "around": queries.around(db, actor, challenge),
        "followers": queries.follower_count(db, challenge),
        "thread": stages.thread(challenge),
        "form": Form(UpdateForm, None, page.words),
        "blank": Form(AnswerForm, None, page.words),
        "blank_update": Form(UpdateForm, None, page.words),
    }


@ask("/challenges/{id:uuid}/call")
def calling(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_CALL)
    form = Form(CallForm, None, page.words)
    return page.show("challenges/calling.html", form=form, challenge=challenge)


@do("/challenges/{id:uuid}/call", Verb.CHALLENGES_CALL)
def call(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_CALL)
    form = Form(CallForm, typed, page.words)
    with form.again(page, "challenges/_calling.html", "challenges/calling.html", challenge=challenge):
        facts = form.facts()
        actions.call(db, actor, challenge, **{**facts, "roles": lines(facts["roles"])})
    return page.go(page.here(path_of(challenge)), said=N_("The call is public, and followers are told."))


@ask("/challenges/{id:uuid}/close")
def closing(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_CLOSE)
    return page.show("challenges/closing.html", form=Form(ReasonForm, None, page.words), challenge=challenge)


@do("/challenges/{id:uuid}/close", Verb.CHALLENGES_CLOSE)
def close(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_CLOSE)
    form = Form(ReasonForm, typed, page.words)
    with form.again(page, "challenges/_closing.html", "challenges/closing.html", challenge=challenge):
        actions.close(db, actor, challenge, **form.facts())
    return page.go(page.here(path_of(challenge)), said=N_("Closed. The page stays, with its answers."))


@ask("/challenges/{id:uuid}/withdraw")
def withdrawing(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_WITHDRAW)
    form = Form(WithdrawForm, None, page.words)
    return page.show("challenges/withdrawing.html", form=form, challenge=challenge)


@do("/challenges/{id:uuid}/withdraw", Verb.CHALLENGES_WITHDRAW)
def withdraw(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id, to=Verb.CHALLENGES_WITHDRAW)
    form = Form(WithdrawForm, typed, page.words)
    with form.again(page, "challenges/_withdrawing.html", "challenges/withdrawing.html", challenge=challenge):
        facts = form.facts()
        _must_be(challenge, facts["number"])
        actions.withdraw(db, actor, challenge, reason=facts["reason"])
    return page.go("/challenges", said=N_("Withdrawn. Its title, the date and your reason stay."))


def _must_be(challenge: Challenge, number: str) -> None:
    if number.strip() != challenge.no:
        raise Refused(N_("This is not its number. It is {no}."), field="number", no=challenge.no)


HANDLERS = [manage, calling, call, closing, close, withdrawing, withdraw]
