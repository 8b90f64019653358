"""The wall, live: a stream of numbered changes that says that something changed, and replays what was missed.

A page that hears a change asks for itself again through its ordinary route, so what it then shows is checked by
the ordinary rules. A reader who lost the connection comes back with the last number it heard.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import anyio
from litestar import Request, get
from litestar.response import ServerSentEvent, ServerSentEventMessage

from crosslab.core.db import transaction
from crosslab.web.door import Door
from crosslab.web.given import Db, Slug, Who
from crosslab.workshops.conditions import in_room
from crosslab.workshops.wall import changes

from .frame import room

HEARTBEAT = 15.0


@get("/s/{no:str}/live", opt={"public": True, "streams": True})
async def live(request: Request[Any, Any, Any], db: Db, actor: Who, no: Slug) -> ServerSentEvent:
    """Follow a wall from a number on: the header a browser sends when it comes back, or `after` at first."""
    workshop = await anyio.to_thread.run_sync(room, db, actor, no)
    in_room(actor, workshop)
    told = str(request.headers.get("last-event-id") or request.query_params.get("after") or "")
    after = int(told) if told.isdigit() else workshop.seq
    stream = _changes(request.app.state.door, workshop.id, after)
    return ServerSentEvent(stream, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


async def _changes(door: Door, workshop_id: UUID, after: int) -> AsyncIterator[ServerSentEventMessage]:
    ear = door.bell.listen([workshop_id])
    try:
        while True:
            for seq, kind in await anyio.to_thread.run_sync(_since, door, workshop_id, after):
                after = seq
                yield ServerSentEventMessage(data=kind, id=str(seq))
            try:
                await asyncio.wait_for(ear.get(), HEARTBEAT)
                while not ear.empty():
                    ear.get_nowait()
            except TimeoutError:
                yield ServerSentEventMessage(comment="still here")
    finally:
        door.bell.leave([workshop_id], ear)


def _since(door: Door, workshop_id: UUID, after: int) -> list[tuple[int, str]]:
    with transaction(door.engine) as db:
        return [(each.seq, each.kind) for each in changes(db, workshop_id, after)]


HANDLERS = [live]
