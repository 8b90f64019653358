"""The register's open doors: everything that anybody may check without asking us who they are.

A log has a prefix, under which C2SP tlog-tiles names its files: `/vault/log/<number>` for each log of the register,
and `/vault/log` for the newest. Tiles never change once they are written, so they may be kept for ever.
"""

import base64
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import anyio
from litestar import Request, Response, Router
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery

from crosslab.core.db import transaction
from crosslab.core.errors import Missing, Refused
from crosslab.ip_vault import tiles
from crosslab.ip_vault.errors import FormatError
from crosslab.ledger import log, stamping, witnesses
from crosslab.ledger import releases as served
from crosslab.ledger.tables import LogHead
from crosslab.rules import N_
from crosslab.web.door import Door
from crosslab.web.given import Db, Here, Id, Slug
from crosslab.web.routes import ask_json, hear

from .queries import NOTHING

MOST_LEVELS, MOST_LOGS = 8, 1_000
MOST_LINES = 16_384
TEXT = "text/plain"
PARTS = {
    "token": "application/timestamp-reply",
    "chain": "application/x-pem-file",
    "checkpoint": TEXT,
}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def _of(request: Request[Any, Any, Any]) -> int:
    """The number of the log in the address; 0, for the newest, where there is none."""
    named = int(request.path_params.get("number", 0))
    return named if "number" not in request.path_params or 0 < named < MOST_LOGS else -1


Of = NamedDependency[int]


@ask_json("/vault/log/about", public=True)
def about(db: Db, page: Here) -> Response[Any]:
    """The logs of the register in their order, the newest last, and whose lines and times count here."""
    keeper, heads = page.door.keeper, log.heads(db)
    told = {
        "logs": [
            {
                "number": each.id,
                "origin": each.origin or keeper.origin,
                "vkey": each.vkey or keeper.vkey,
                "base": each.base,
                "size": each.size,
                "ended": bool(each.ended),
            }
            for each in heads
        ],
        "witnesses": witnesses.vkeys(page.settings.witnesses),
    }
    return Response(told, headers={"Cache-Control": "no-cache"})


@ask_json(["/vault/log/checkpoint", "/vault/log/{number:int}/checkpoint"], public=True)
def checkpoint(
    request: Request[Any, Any, Any], db: Db, page: Here, of: Of, quorum: FromQuery[int] = 0
) -> Response[bytes]:
    """The newest checkpoint with the lines of its witnesses, or the newest that so many of them signed.

    The last one of a log that has ended comes as the next log's first entry names it.
    """
    head = _log(db, of)
    if quorum > 0:
        return _fresh(request, witnesses.agreed(db, head.id, quorum))
    if head.ended:
        return _fresh(request, head.ended.encode())
    made = page.door.keeper.checkpoint(db)
    size = int(made.split(b"\n", 2)[1])
    return _fresh(request, made + witnesses.lines(db, head.id, size))


@ask_json(["/vault/log/consistency", "/vault/log/{number:int}/consistency"], public=True)
def consistency(db: Db, old: FromQuery[int], new: FromQuery[int], of: Of) -> Response[bytes]:
    head = _log(db, of)
    if not 0 < old <= new <= head.size:
        raise Refused(N_("The log has no such sizes."))
    proof = log.consistency(db, old, new, head.id)
    text = "".join(base64.b64encode(each).decode() + "\n" for each in proof)
    return Response(text.encode(), media_type=TEXT, headers=FOR_EVER)


@ask_json(["/vault/log/tile/{place:path}", "/vault/log/{number:int}/tile/{place:path}"], public=True)
def tile(db: Db, place: FromPath[str], of: Of) -> Response[bytes]:
    """The first hashes of a tile, or the entries beneath it; all 256 of them, or as many as `.p/<W>` says."""
    head = _log(db, of)
    kind, _, rest = place.lstrip("/").partition("/")
    try:
        n, width = tiles.parse_place(rest)
    except FormatError:
        raise Missing(NOTHING) from None
    data = _entries(db, head.id, n, width) if kind == "entries" else _hashes(db, head.id, kind, n, width)
    return Response(data, media_type="application/octet-stream", headers=FOR_EVER)


@ask_json("/vault/log/releases", public=True)
def releases(db: Db) -> Response[Any]:
    """The bundles of the vault's page that were served, the newest first, each with its place in the register."""
    told = [
        {"sha256": each.sha256, "files": served.files_of(each), "index": each.idx, "at": _second(each.at)}
        for each in served.releases(db)
    ]
    return Response(told, headers={"Cache-Control": "no-cache"})


@ask_json("/vault/log/timestamps", public=True)
def timestamps(db: Db) -> Response[Any]:
    """The time stamps of checkpoints, the newest first: which size of which log, by whom, since and until when.

    The files of one lie under its id: `/token` (the reply, .tsr), `/chain` (PEM, roots first), `/checkpoint`.
    """
    told = [
        {
            "id": str(each.id),
            "log": each.log,
            "size": each.size,
            "authority": each.authority,
            "level": each.level,
            "at": _second(each.at),
            "until": _second(each.until),
        }
        for each in stamping.stamps(db)
    ]
    return Response(told, headers={"Cache-Control": "no-cache"})


@ask_json("/vault/log/timestamps/{id:uuid}/{part:str}", public=True)
def timestamp(db: Db, id: Id, part: Slug) -> Response[bytes]:
    """What it takes to check a time stamp without us."""
    stamp = stamping.stamp_of(db, id)
    if stamp is None or part not in PARTS:
        raise Missing(NOTHING)
    files = {
        "token": stamp.token,
        "chain": stamp.chain.encode(),
        "checkpoint": stamping.checkpoint_of(db, stamp),
    }
    return Response(files[part], media_type=PARTS[part], headers=FOR_EVER)


@hear("/vault/log/cosignatures", MOST_LINES)
async def cosignatures(request: Request[Any, Any, Any]) -> None:
    """A witness hands in a checkpoint of ours with its line beneath. Its signature says who it is."""
    door: Door = request.app.state.door
    handed = await request.body()

    def take() -> None:
        known = witnesses.listed(door.settings.witnesses)
        with transaction(door.engine) as db:
            witnesses.take(db, door.keeper, known, handed)

    await anyio.to_thread.run_sync(take)


def _second(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _log(db: Db, number: int) -> LogHead:
    head = log.head(db, number)
    if number and head.id != number:
        raise Missing(NOTHING)
    return head


def _entries(db: Db, number: int, n: int, width: int) -> bytes:
    found = log.entries(db, n, number)[:width]
    if len(found) < width:
        raise Missing(NOTHING)
    return tiles.bundle(found)


def _hashes(db: Db, number: int, level: str, n: int, width: int) -> bytes:
    known = level in {str(each) for each in range(MOST_LEVELS)}
    data = log.tile(db, int(level), n, number)[: width * 32] if known else b""
    if len(data) < width * 32:
        raise Missing(NOTHING)
    return data


def _fresh(request: Request[Any, Any, Any], data: bytes) -> Response[bytes]:
    """Asked for anew each time; not sent again to whoever has it."""
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(data, media_type=TEXT, headers=headers)


router = Router(
    "/",
    route_handlers=[about, checkpoint, consistency, tile, releases, timestamps, timestamp, cosignatures],
    dependencies={"of": Provide(_of, sync_to_thread=False)},
)
