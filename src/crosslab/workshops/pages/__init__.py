"""The pages of workshops: planning, coming in, the phone, the room, the themes, the projector and the results."""

from litestar import Router
from litestar.di import NamedDependency, Provide
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.web.door import CARD_COOKIE, LETTER_COOKIE
from crosslab.web.given import who_asks
from crosslab.web.page import Asked
from crosslab.workshops.seats import with_workshops

from . import (
    after,
    arriving,
    cafe,
    calls,
    coming,
    effect,
    lists,
    live,
    mine,
    phone,
    planning,
    projector,
    results,
    room,
    skeletons,
    tables,
    themes,
    trails,
    wall,
)

HANDLERS = [
    *planning.HANDLERS,
    *coming.HANDLERS,
    *phone.HANDLERS,
    *room.HANDLERS,
    *arriving.HANDLERS,
    *wall.HANDLERS,
    *projector.HANDLERS,
    *themes.HANDLERS,
    *results.HANDLERS,
    *after.HANDLERS,
    *effect.HANDLERS,
    *mine.HANDLERS,
    *skeletons.HANDLERS,
    *calls.HANDLERS,
    *trails.HANDLERS,
    *cafe.HANDLERS,
    *tables.HANDLERS,
    *lists.HANDLERS,
    *live.HANDLERS,
]


def _actor(request: Asked, db: NamedDependency[Session]) -> Actor:
    """Who asks, with their seats in workshops: only here are these looked up, and only here cards are shown."""
    kept = request.cookies
    return with_workshops(db, who_asks(request, db), kept.get(CARD_COOKIE, ""), kept.get(LETTER_COOKIE, ""))


router = Router("/", route_handlers=HANDLERS, dependencies={"actor": Provide(_actor, sync_to_thread=True)})
