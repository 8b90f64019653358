"""One table of a café and one person in a room, each on a page of its own, so that long lists stay light."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Response
from litestar.params import FromQuery

from crosslab.core.find import find_by
from crosslab.rules import Verb
from crosslab.web.given import Db, Here, Id, Number, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask
from crosslab.workshops.cafe.choosing import at_hand
from crosslab.workshops.cafe.shown import Day, day
from crosslab.workshops.forms import PRESENCES
from crosslab.workshops.tables import Card, Workshop

from .cafe import cafe_in, table_in
from .frame import card_in, shown


@ask("/s/{no:str}/cafe/tables/{at:int}")
def one_table(db: Db, actor: Who, page: Here, no: Slug, at: Number, q: FromQuery[str] = "") -> Response[str]:
    """Its question, its host and who writes its card; people to choose from are found by name or company."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_FURNISH)
    table, found = table_in(db, workshop, at), day(db, workshop)
    near, many = at_hand(found, table, q)
    chosen: dict[str, Any] = {"table": table, "day": found, "asked": q, "near": near, "many": many}
    return page.show(
        "workshops/one_table.html", cafe=cafe_in(db, workshop), **chosen, **shown(db, page, workshop)
    )


@ask("/s/{no:str}/people/{id:uuid}")
def somebody(db: Db, actor: Who, page: Here, no: Slug, id: Id) -> Response[str]:
    """Whether they are here, what they need, the table they host, and the way to remove them with a reason."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_MARK)
    card, found = card_in(db, workshop, id), day(db, workshop)
    at: dict[str, Any] = {
        "card": card,
        "day": found,
        "sits": _seat(found, card),
        "presences": PRESENCES,
        "came": came(page),
    }
    return page.show("workshops/somebody.html", **at, **shown(db, page, workshop))


def _seat(found: Day, card: Card) -> Any:
    """The table they sit at in the round under way or to come, if they have a seat."""
    tables = found.seats.get(found.turn, {})
    return next((each for each in found.tables if card in tables.get(each.at, ())), None)


def came(page: Page) -> str:
    """The list that led here: the café's or that of the control page."""
    return "cafe" if urlsplit(str(page.request.url)).query == "from=cafe" else "control"


HANDLERS = [one_table, somebody]
