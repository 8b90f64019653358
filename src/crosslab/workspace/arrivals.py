"""Sealed files as requests bring them: whole, or from a byte on, as draft-ietf-httpbis-resumable-upload has it.

A file is named by the hash of what it will be. So a sender needs no address to go on at, may go on at any
process, and whatever came is checked against its name in the end.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any
from uuid import UUID

from anyio import fail_after
from anyio.to_thread import run_sync
from litestar import Request, Response

from crosslab.core.errors import Elsewhere, Hurried, Refused, Silent
from crosslab.ledger.store import Arriving, Continued, fits, key
from crosslab.rules import N_
from crosslab.web.door import Door

PARTIAL = "application/partial-upload"
_NUMBER = re.compile(r"[0-9]{1,15}")
_TRUTHS = {"?0": False, "?1": True}
PATIENCE = 60  # seconds for which a sender may say nothing
AT_ONCE = 4  # parts that one person brings at once: what has come of each lies in memory until it is written
Keep = Callable[[int], None]
Asked = Request[Any, Any, Any]
_joiners = ThreadPoolExecutor(
    4, "joining"
)  # who reads files whole takes no thread from those who answer pages
_bringing: Counter[UUID] = Counter()


async def whole(request: Asked, door: Door, name: str, keep: Keep) -> Response[None]:
    """The file in one go: all of it, or nothing."""

    def done() -> None:
        arriving.keep(door.files, name)
        keep(arriving.size)
        if door.files.size(key(name)) is None:  # swept in between as one that nobody named
            arriving.keep(door.files, name)

    with Arriving(door.settings.upload_limit) as arriving:
        async for piece in patient(request.stream()):
            arriving.take(piece)
        await run_sync(done)
    return Response(None, status_code=201)


async def part(request: Asked, door: Door, name: str, person_id: UUID, keep: Keep) -> Response[None]:
    """More of it. What came before the line broke is durable; the last part makes it whole, if it is what it says."""
    at, last = _place(request, door.settings.upload_limit)
    coming = Continued(door.files, name, person_id, at=at, most=door.settings.upload_limit)

    def done() -> None:
        coming.keep()
        keep(coming.size)
        if door.files.size(key(name)) is None:  # swept in between as one that nobody named
            raise Elsewhere(0)

    with one_of_few(person_id):
        await run_sync(coming.write)  # nothing yet: but whoever is elsewhere hears it before they send
        try:
            async for piece in patient(request.stream()):
                coming.take(piece)
                if coming.full:
                    await run_sync(coming.write)
        finally:
            if coming.waits:
                await run_sync(coming.write)
        if last:
            await asyncio.get_running_loop().run_in_executor(_joiners, copy_context().run, done)
    return Response(None, status_code=201 if last else 204, headers=state(coming.size, whole=last))


async def patient(pieces: AsyncIterator[bytes], seconds: float = PATIENCE) -> AsyncIterator[bytes]:
    """What somebody sends, for as long as they do. Raises `Silent` when nothing comes for so long."""
    while True:
        try:
            with fail_after(seconds):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        except TimeoutError as nothing:
            raise Silent(seconds) from nothing
        yield piece


@contextmanager
def one_of_few(person_id: UUID) -> Iterator[None]:
    """One of the few parts that a person brings at once. Raises `Hurried` for one more."""
    if _bringing[person_id] >= AT_ONCE:
        raise Hurried(
            N_("{most} parts of yours are on their way. Ask again in {seconds} seconds."),
            most=AT_ONCE,
            seconds=5,
        )
    _bringing[person_id] += 1
    try:
        yield
    finally:
        _bringing[person_id] -= 1
        if not _bringing[person_id]:
            del _bringing[person_id]


def state(size: int, *, whole: bool) -> dict[str, str]:
    """How far a file has come, as headers."""
    return {"Upload-Offset": str(size), "Upload-Complete": "?1" if whole else "?0"}


def _place(request: Asked, most: int) -> tuple[int, bool]:
    """Where the part goes on, and whether it is the last; refused at once if the whole would be too large."""
    asked = request.headers
    kind = asked.get("content-type", "").partition(";")[0].strip().lower()
    at, length = (_number(asked.get(f"upload-{each}", "")) for each in ("offset", "length"))
    last = _TRUTHS.get(asked.get("upload-complete", ""))
    if kind != PARTIAL or at is None or last is None:
        raise Refused(
            N_(
                "A part of a file is sent as application/partial-upload, with Upload-Offset and Upload-Complete."
            )
        )
    fits(max(at, length or 0), most)
    return at, last


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
