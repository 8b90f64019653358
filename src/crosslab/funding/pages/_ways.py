"""How the pages of an application find what they show."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.core.errors import Forbidden, Missing
from crosslab.core.find import find_by
from crosslab.funding import queries
from crosslab.funding.catalogue import Scheme, catalogue
from crosslab.funding.forms import CATEGORY_NAMES
from crosslab.funding.sections import words_in
from crosslab.funding.tables import Application
from crosslab.funding.tongue import Tongue
from crosslab.funding.views import Sheet
from crosslab.rules import N_, RULES, Role, Verb
from crosslab.web.page import Page

INSIDE = frozenset({Role.ONLOOKER, Role.MANAGER})


@dataclass(frozen=True)
class Place:
    """An application and the consortium it belongs to."""

    consortium: Consortium
    application: Application

    @property
    def url(self) -> str:
        return f"/w/{self.consortium.slug}/applications/{self.application.no}"

    @property
    def scheme(self) -> Scheme | None:
        return catalogue().get(self.application.scheme)


def consortium_at(db: Session, actor: Actor, page: Page, slug: str, *, to: Verb | None = None) -> Consortium:
    """The consortium of the address, for its members and the programme's manager, not for the invited."""
    consortium = find_by(db, actor, Consortium, to=to, slug=slug)
    if not actor.roles_at(consortium.places) & INSIDE:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    page.context_name = consortium.name
    return consortium


def place_at(db: Session, actor: Actor, page: Page, slug: str, no: str, *, to: Verb | None = None) -> Place:
    """The application of the address, for those who may see it, and whose `to` it is."""
    consortium = consortium_at(db, actor, page, slug)
    return Place(consortium, find_by(db, actor, Application, to=to, no=no, consortium_id=consortium.id))


def sheet_at(db: Session, actor: Actor, place: Place, org: str, *, to: Verb) -> Sheet:
    """The budget of the partner in the address, for those whose `to` it is at that partner."""
    sheet = queries.sheet(db, place.application, org)
    if not actor.may(to, sheet.budget):
        raise Forbidden(
            N_("“{verb}” is not yours to do here. {who} can."), verb=RULES[to].button, who=RULES[to].who
        )
    return sheet


def shown(db: Session, page: Page, place: Place) -> dict[str, Any]:
    """What every page of an application knows."""
    tongue = Tongue(page.words)

    return {
        "consortium": place.consortium,
        "application": place.application,
        "full": queries.whole(db, place.application),
        "url": place.url,
        "scheme": place.scheme,
        "categories": CATEGORY_NAMES,
        "amount": lambda minor: tongue.exact(minor, place.application.currency),
        "rate": lambda rate: tongue.rate(Fraction(rate)),
        "country": tongue.country,
        "words_in": words_in,
    }
