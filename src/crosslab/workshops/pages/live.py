"""The wall, live: a stream of numbered changes that begins anywhere. What it says is in `workshops.news`."""

from functools import partial
from typing import Any

import anyio
from litestar import Request, get
from litestar.types import ASGIApp

from crosslab.web.door import Door
from crosslab.web.given import Db, Slug, Who
from crosslab.web.stream import stream
from crosslab.workshops.conditions import in_room
from crosslab.workshops.news import look

from .frame import room


@get("/s/{no:str}/live", opt={"public": True, "streams": True})
async def live(request: Request[Any, Any, Any], db: Db, actor: Who, no: Slug) -> ASGIApp:
    """Follow a wall from a number on: the header a browser sends when it comes back, or `after` at first."""
    door: Door = request.app.state.door
    workshop = await anyio.to_thread.run_sync(room, db, actor, no)
    in_room(actor, workshop)
    told = str(request.headers.get("last-event-id") or request.query_params.get("after") or "")
    after = int(told[:12]) if told.isascii() and told.isdigit() else workshop.seq
    who = actor.cards.get(workshop.id) or actor.person_id
    return stream(door.hubs, workshop.id, partial(look, door.engine, workshop.id), who=who, after=after)


HANDLERS = [live]
