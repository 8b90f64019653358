"""The pages of open sessions: the calendar, registering, one's own place, the hosts' pages, the door."""

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.types import ControllerRouterHandler
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.sessions.seats import with_sessions
from crosslab.web.door import CARD_COOKIE
from crosslab.web.given import who_asks
from crosslab.web.page import Asked
from crosslab.workshops.seats import with_workshops

from . import (
    after,
    calendar,
    contact,
    desk,
    door,
    feeds,
    hosting,
    leads,
    levers,
    onward,
    papers,
    places,
    presenters,
    voices,
    voices_live,
)

HANDLERS: list[ControllerRouterHandler] = [
    *calendar.HANDLERS,
    *places.HANDLERS,
    *feeds.HANDLERS,
    *hosting.HANDLERS,
    *levers.HANDLERS,
    *door.HANDLERS,
    *voices.HANDLERS,
    *voices_live.HANDLERS,
    *desk.HANDLERS,
    *contact.HANDLERS,
    *leads.HANDLERS,
    *presenters.HANDLERS,
    *after.HANDLERS,
    *onward.HANDLERS,
    *papers.HANDLERS,
]


def _actor(request: Asked, db: NamedDependency[Session]) -> Actor:
    """Who asks, with their seats in workshops and sessions: only here are these looked up."""
    token = request.cookies.get(CARD_COOKIE, "")
    return with_sessions(db, with_workshops(db, who_asks(request, db), token), token)


router = Router("/", route_handlers=HANDLERS, dependencies={"actor": Provide(_actor, sync_to_thread=True)})
