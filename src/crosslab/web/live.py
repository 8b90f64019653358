"""The bell's ear in the browser: one stream a page, saying that something happened at a place, never what."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from litestar import Request, Router, get
from litestar.params import FromQuery
from litestar.response import ServerSentEvent, ServerSentEventMessage

from .given import Who

HEARTBEAT = 15.0
STILL = ServerSentEventMessage(event="still", data=".")  # a page that hears nothing at all asks anew


@get("/bell", opt={"public": False})
async def listen(request: Request[Any, Any, Any], actor: Who, places: FromQuery[str]) -> ServerSentEvent:
    """Hear the places in the query at which this person holds a seat; others stay silent."""
    bell = request.app.state.door.bell
    asked = {UUID(place) for place in places.split(",") if len(place) == 36}
    mine = asked & set(actor.places)
    return ServerSentEvent(
        _verbs(bell, mine), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


async def _verbs(bell: Any, places: set[UUID]) -> AsyncIterator[ServerSentEventMessage]:
    ear = bell.listen(places)
    try:
        while True:
            try:
                verb = await asyncio.wait_for(ear.get(), HEARTBEAT)
                yield ServerSentEventMessage(data=verb)
            except TimeoutError:
                yield STILL
    finally:
        bell.leave(places, ear)


router = Router("/", route_handlers=[listen])
