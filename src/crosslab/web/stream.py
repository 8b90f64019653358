"""A stream of server-sent events from a hub: bytes made once for everybody, written as they are."""

import asyncio
from typing import Any
from uuid import UUID

from litestar.types import ASGIApp, Receive, Scope, Send

from crosslab.core.errors import No
from crosslab.core.hub import MOST_LINES, Hubs, Listener, Read
from crosslab.rules import N_

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Crowded(No):
    """More listen than this process can serve, or it is going down."""

    status = 503


def stream(
    hubs: Hubs, place: UUID, read: Read, *, who: UUID | None, after: int, most: int = MOST_LINES
) -> ASGIApp:
    """The answer that follows a place after a number, until they leave, the hub ends it, or they stop reading."""
    if not hubs.has_room(place):
        raise Crowded(
            N_("Too many follow this room just now. The page works all the same; load it again to see more.")
        )

    async def follow(_scope: Scope, receive: Receive, send: Send) -> None:
        listener = Listener(who, after, most)
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        hub = hubs.follow(place, read, listener)
        writer = asyncio.create_task(_write(listener, hub.is_free, send))
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            if not listener.is_cut:
                raise
        finally:
            hub.leave(listener)
            writer.cancel()

    return follow


async def _write(listener: Listener, is_free: Any, send: Send) -> None:
    async def write(words: bytes) -> None:
        await send({"type": "http.response.body", "body": words, "more_body": True})

    await listener.write(write, is_free)
    await send({"type": "http.response.body", "body": b"", "more_body": False})
