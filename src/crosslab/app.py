"""The roof: the only file that knows every room's pages."""

import gc
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from litestar import Litestar, Response, Router
from litestar.concurrency import set_asyncio_executor
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.static_files import create_static_files_router
from sqlmodel import Session

from crosslab.challenges import pages as challenges
from crosslab.consortia import pages as consortia
from crosslab.consortia.seats import with_consortia
from crosslab.core.actor import Actor
from crosslab.core.bell import hear_postgres
from crosslab.core.db import connect
from crosslab.core.files import files
from crosslab.core.paths import STATIC
from crosslab.core.settings import Settings, settings
from crosslab.demo import pages as demo
from crosslab.desk import pages as desk
from crosslab.desk.queries import unread
from crosslab.funding import pages as funding
from crosslab.ledger.history import History
from crosslab.ledger.keeper import keeper
from crosslab.people import pages as people
from crosslab.people.queries import who
from crosslab.pipeline import pages as pipeline
from crosslab.sessions import pages as sessions
from crosslab.web import live
from crosslab.web.door import Door
from crosslab.web.errors import HANDLERS
from crosslab.web.given import GIVEN
from crosslab.web.security import headers
from crosslab.web.templates import environment
from crosslab.worker import Worker
from crosslab.workshops import pages as workshops
from crosslab.workspace import api as vault
from crosslab.workspace import evidence, register
from crosslab.workspace import pages as workspace

ROOMS = (
    people.router,
    challenges.router,
    workshops.router,
    sessions.router,
    consortia.router,
    workspace.router,
    workspace.bundle,
    vault.router,
    register.router,
    evidence.router,
    desk.router,
    funding.router,
    pipeline.router,
    demo.router,
)


def full_actor(db: Session, token: str) -> Actor:
    """Who is there, with their seats in organisations, programmes and consortia; workshops add their own."""
    return with_consortia(db, who(db, token))


def open_door(given: Settings) -> Door:
    """What the house carries while it runs."""
    return Door(
        engine=connect(given.database),
        settings=given,
        files=files(given),
        templates=environment(fresh=given.demo),
        keeper=keeper(given),
        history=History(given.log_origin),
        who=full_actor,
        unread=unread,
    )


@contextmanager
def opened(given: Settings) -> Iterator[Door]:
    """The same for one command: its connections are closed when the command ends."""
    door = open_door(given)
    try:
        yield door
    finally:
        door.engine.dispose()


def build(given: Settings | None = None, door: Door | None = None) -> Litestar:
    """The house as an ASGI application."""
    lent = door is not None
    door = door or open_door(given or settings())
    set_asyncio_executor(ThreadPoolExecutor(door.settings.threads, thread_name_prefix="room"))

    @asynccontextmanager
    async def running(_app: Litestar) -> AsyncIterator[None]:
        stop = threading.Event()
        helpers = _helpers(door, stop)
        for helper in helpers:
            helper.start()
        gc.freeze()
        yield
        stop.set()
        for helper in helpers:
            helper.join(timeout=5)
        if not lent:
            door.engine.dispose()

    return Litestar(
        route_handlers=[*ROOMS, live.router, _static()],
        dependencies=GIVEN,
        exception_handlers=HANDLERS,
        middleware=[headers],
        lifespan=[running],
        state=State({"door": door}),
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=800, exclude=["/bell", "/live$", "/media", r"/tile/\d"]
        ),
        request_max_body_size=door.settings.upload_limit + 1_048_576,
        openapi_config=None,
    )


def _helpers(door: Door, stop: threading.Event) -> list[threading.Thread]:
    """The threads beside the requests: the worker, if this process has one, and the ear for PostgreSQL."""
    made = []
    if door.settings.worker:
        made.append(threading.Thread(target=Worker(door).run, args=(stop,), name="worker", daemon=True))
    if door.engine.dialect.name == "postgresql":
        made.append(threading.Thread(target=hear_postgres, args=(door.engine, door.bell, stop), daemon=True))
    return made


def _static() -> Router:
    return create_static_files_router(
        "/static",
        directories=[STATIC],
        opt={"public": True},
        cache_control=None,
        after_request=_for_ever,
    )


def _for_ever(response: Response[Any]) -> Response[Any]:
    """Built files carry a hash of their content in their name."""
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
