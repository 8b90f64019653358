"""What only a demonstration on one's own machine has: sign-in by one press, and a mailbox that anyone may open."""

from typing import Any
from uuid import UUID

from litestar import Response, Router
from litestar.params import FromQuery
from sqlmodel import Session, col, select

from crosslab.core.errors import Missing
from crosslab.core.mail import Letter
from crosslab.core.paging import Slice, cut, key_of
from crosslab.people import actions
from crosslab.people.inside import inside
from crosslab.rules import N_
from crosslab.web.door import COOKIE
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask_anyone

from .cast import HOUSES, PLAYERS, Player

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LETTERS = 50


@ask_anyone("/demo")
def cast(page: Here) -> Response[str]:
    _at_home(page)
    houses = {house.key: house.name for house in HOUSES}
    return page.show("demo/cast.html", players=PLAYERS, houses=houses)


@ask_anyone("/demo/{key:str}", writes=True)
def enter(db: Db, actor: Who, page: Here, key: Slug, to: FromQuery[str] = "/desk") -> Response[Any]:
    """Sign in as one of the cast, by a link that is used at once instead of travelling by mail."""
    _at_home(page)
    player = _player(key)
    link = actions.ask_link(
        db, actor, email=player.email, next="", language=player.language, origin="", by_mail=False
    )
    browser = page.request.headers.get("user-agent", "")
    token = actions.sign_in(db, actor, link, name=player.name, language=player.language, browser=browser)
    answer = page.go(inside(to, "/desk"))
    lasts = int(actions.PRESENCE_LASTS.total_seconds())
    answer.set_cookie(page.cookie_of(COOKIE, token, max_age=lasts))
    return answer


@ask_anyone("/mailbox")
def mailbox(db: Db, page: Here, after: FromQuery[str] = "") -> Response[str]:
    _at_home(page)
    return page.show("demo/mailbox.html", letters=_letters(db, key_of(after)))


def _letters(db: Session, after: UUID | None) -> Slice[Letter]:
    """The newest letters first, or those before one of them."""
    found = select(Letter).order_by(col(Letter.id).desc()).limit(LETTERS + 1)
    rows = db.exec(found.where(col(Letter.id) < after) if after else found).all()
    return cut(rows, LETTERS)


def _player(key: str) -> Player:
    player = next((each for each in PLAYERS if each.key == key), None)
    if player is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    return player


def _at_home(page: Page) -> None:
    """Only in a demonstration, and only for who sits at the machine it runs on."""
    asks = page.request.client
    if not page.settings.demo or asks is None or asks.host not in LOOPBACK:
        raise Missing(N_("There is nothing here, or it is not for you to see."))


router = Router("/", route_handlers=[cast, enter, mailbox])
