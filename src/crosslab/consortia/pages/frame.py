"""What every page of a consortium shows around its content."""

from typing import Any

from sqlmodel import Session

from crosslab.challenges.tables import Challenge
from crosslab.consortia import queries
from crosslab.consortia.standing import Standing
from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.core.allow import allow
from crosslab.core.errors import Missing
from crosslab.core.find import find, find_by
from crosslab.rules import N_, Role, Verb
from crosslab.web.page import Page

INSIDE = frozenset({Role.ONLOOKER, Role.MANAGER})


def opened(db: Session, actor: Actor, page: Page, slug: str) -> Consortium:
    """The consortium of this address, or 404; its name stands in the top bar."""
    consortium = find_by(db, actor, Consortium, slug=slug)
    page.context_name = consortium.name
    return consortium


def inside(db: Session, actor: Actor, page: Page, slug: str, to: Verb | None = None) -> Consortium:
    """The same for what only members and the programme manager see, not the invited; 403 if `to` is not theirs."""
    consortium = opened(db, actor, page, slug)
    if not is_inside(actor, consortium):
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    if to is not None:
        allow(actor, to, consortium)
    return consortium


def is_inside(actor: Actor, consortium: Consortium) -> bool:
    """Whether the actor has a seat in the consortium or runs its programme, and is not merely invited."""
    return bool(actor.roles_at(consortium.places) & INSIDE)


def frame(db: Session, actor: Actor, consortium: Consortium) -> dict[str, Any]:
    """The consortium, its challenge, its partners and where it stands, as the templates expect them."""
    partners = queries.partners(db, actor, consortium)
    signs_for = actor.places_as(Role.SIGNATORY)
    ours = [each for each in partners if each.membership.organisation_id in signs_for]
    standing = Standing(
        consortium=consortium,
        partners=partners,
        charter=queries.charter(db, consortium),
        happened=queries.happened(db, consortium),
        ours=ours,
        leads=actor.can_now(Verb.CONSORTIA_DESCRIBE, consortium),
    )
    return {
        "consortium": consortium,
        "challenge": find(db, actor, Challenge, consortium.challenge_id),
        "now": standing,
        "inside": is_inside(actor, consortium),
    }
