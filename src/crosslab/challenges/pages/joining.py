"""Following a challenge, and registering an organisation's interest."""

from typing import Any

from litestar import Response

from crosslab.challenges import actions, queries, stages
from crosslab.challenges.brief import path_of
from crosslab.challenges.forms import InterestForm
from crosslab.challenges.tables import Audience, Challenge, Interest
from crosslab.challenges.vocabulary import AUDIENCES
from crosslab.core.actor import Actor
from crosslab.core.allow import allow_one
from crosslab.core.find import find
from crosslab.people.tables import Organisation
from crosslab.rules import N_, Verb
from crosslab.web.forms import Form
from crosslab.web.given import Db, Here, Id, Posted, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask, do


@do("/challenges/{id:uuid}/follow", Verb.CHALLENGES_FOLLOW)
def follow(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id)
    actions.follow(db, actor, challenge)
    return _followed(page, challenge, True, N_("You hear of updates, the call and the end."))


@do("/challenges/{id:uuid}/unfollow", Verb.CHALLENGES_UNFOLLOW)
def unfollow(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id)
    actions.unfollow(db, actor, challenge)
    return _followed(page, challenge, False, N_("You get no more letters about it."))


def _followed(page: Page, challenge: Challenge, follows: bool, said: str) -> Response[Any]:
    url = page.here(path_of(challenge))
    return page.done("challenges/_follow.html", url, said=said, challenge=challenge, follows=follows)


@ask("/challenges/{id:uuid}/interest")
def joining(db: Db, actor: Who, page: Here, id: Id) -> Response[str]:
    challenge = find(db, actor, Challenge, id)
    form = Form(InterestForm, _said(db, actor, challenge), page.words)
    return page.show("challenges/joining.html", form=form, **_around(db, actor, challenge))


def _said(db: Db, actor: Actor, challenge: Challenge) -> dict[str, Any]:
    """What one's organisation said before, or its name and the usual choice."""
    said = queries.interest_of(db, actor, challenge)
    if said:
        typed = {name: str(getattr(said, name)) for name in ("brings", "seeks", "shown")}
        return {**typed, "organisation": str(said.organisation_id)}
    house = next(iter(queries.houses(db, actor)), None)
    return {"organisation": str(house.id) if house else "", "shown": Audience.INTERESTED.value}


def _around(db: Db, actor: Actor, challenge: Challenge) -> dict[str, Any]:
    return {
        "challenge": challenge,
        "path": path_of(challenge),
        "host": queries.host(db, challenge),
        "houses": queries.houses(db, actor),
        "interest": queries.interest_of(db, actor, challenge),
        "interests": queries.interests(db, actor, challenge),
        "audiences": AUDIENCES,
        "over": stages.is_over(challenge),
    }


@do("/challenges/{id:uuid}/interest", Verb.CHALLENGES_INTEREST)
def interest(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    challenge = find(db, actor, Challenge, id)
    form = Form(InterestForm, typed, page.words)
    context = _around(db, actor, challenge)
    allow_one(actor, Verb.CHALLENGES_INTEREST, context["houses"])
    with form.again(page, "challenges/_joining.html", "challenges/joining.html", **context):
        facts = form.facts()
        house = find(db, actor, Organisation, facts["organisation"])
        actions.interest(db, actor, challenge, **{**facts, "organisation": house})
    return page.go(f"/challenges/{id}/interest", said=N_("Your interest is registered."))


@do("/interests/{id:uuid}/withdraw", Verb.CHALLENGES_WITHDRAW_INTEREST)
def withdraw_interest(db: Db, actor: Who, page: Here, id: Id, typed: Posted) -> Response[Any]:
    interest = find(db, actor, Interest, id)
    challenge = find(db, actor, Challenge, interest.challenge_id)
    actions.withdraw_interest(db, actor, interest, challenge=challenge)
    return page.go(page.here(path_of(challenge)), said=N_("The interest is withdrawn."))


HANDLERS = [follow, unfollow, joining, interest, withdraw_interest]
