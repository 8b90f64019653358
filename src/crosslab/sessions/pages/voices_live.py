"""What is said, live: the channel says that something changed, and whoever hears it asks for the list again."""

from functools import partial
from typing import Any
from uuid import UUID

import anyio
from litestar import Request, get
from litestar.types import ASGIApp
from sqlalchemy import Engine

from crosslab.core.db import snapshot
from crosslab.core.hub import MOST_LINES, News
from crosslab.sessions.voices.queries import seq
from crosslab.web.door import Door
from crosslab.web.given import Db, Slug, Who
from crosslab.web.guessing import connection_of
from crosslab.web.stream import stream

from .voices import session_of

MOST_STRANGERS = 100
"""How many behind one address follow a session without a place in it: a hall, and not a machine that opens lines."""


@get("/o/{no:str}/live", opt={"public": True, "streams": True})
async def live(request: Request[Any, Any, Any], db: Db, actor: Who, no: Slug) -> ASGIApp:
    """Follow a session from a number on. Whoever has no place there shares some lines with all behind their address."""
    door: Door = request.app.state.door
    session = await anyio.to_thread.run_sync(session_of, db, actor, no)
    told = str(request.headers.get("last-event-id") or request.query_params.get("after") or "")
    after = int(told[:12]) if told.isascii() and told.isdigit() else 0
    known = actor.cards.get(session.id) or actor.person_id
    who = known or connection_of(request)
    most = MOST_LINES if known else MOST_STRANGERS
    read = partial(news, door.engine, session.id)
    return stream(door.hubs, session.id, read, who=who, after=after, most=most)


def news(engine: Engine, session_id: UUID, after: int) -> News:
    """That something was said, answered or hidden since a number; never what, so nothing hidden leaves this way."""
    with snapshot(engine) as db:
        now = seq(db, session_id)
    said = f'id: {now}\ndata: {{"seq":{now},"kind":"room"}}\n\n'.encode()
    return News(now, min(after, now), [(now, said)] if now > after else [])


HANDLERS = [live]
