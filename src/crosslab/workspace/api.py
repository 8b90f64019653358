"""The vault's doors for its page in the browser and for the command line.

A statement is a form with one or more `note` parts in order, `about` (JSON naming the organisation or
consortium that a first statement is about) and `attachment` parts. Sealed files are put by their hash, whole
or in parts.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import anyio
from litestar import Request, Response, Router
from litestar.datastructures import UploadFile
from litestar.enums import HttpMethod
from litestar.params import FromQuery
from litestar.response import Stream
from sqlmodel import Session

from crosslab.core.db import look_again, transaction
from crosslab.core.errors import Missing
from crosslab.ip_vault.statements.statement import MAX_SIZE
from crosslab.ledger import intake, log, witnesses
from crosslab.ledger.history import Trial
from crosslab.ledger.intake import Taken
from crosslab.ledger.store import key
from crosslab.rules import N_, Verb
from crosslab.web.given import Db, Here, Posted, Proof, Slug, Who, finish
from crosslab.web.ranges import part_of
from crosslab.web.routes import ask_how_far, ask_json, do_json, hand_in, take_away

from . import actions, arrivals, outsiders, queries
from .scope import scope_of

SEALED = "application/octet-stream"
MOST_FORM = 16 * 1_048_576  # one statement with two hundred attachments
MOST_SMALL = 65_536


@ask_json("/vault/session")
def session(db: Db, actor: Who, page: Here) -> dict[str, Any]:
    with page.door.history.caught_up(db) as state:
        return {
            "person": queries.person(db, actor),
            "csrf": page.csrf,
            "lang": page.lang_tag,
            "log": {
                "origin": page.door.keeper.origin,
                "vkey": page.door.keeper.vkey,
                "earlier": [each.vkey for each in log.heads(db) if each.ended],
                "witnesses": witnesses.vkeys(page.settings.witnesses),
            },
            "organisations": queries.organisations(db, actor, state),
            "consortia": queries.consortia(db, actor, state),
            "released": outsiders.released(db, actor, state),
            "limits": {
                "blob": page.settings.upload_limit,
                "attachment": intake.MOST_ATTACHMENT,
                "note": MAX_SIZE,
            },
        }


@do_json("/vault/statements", Verb.WORKSPACE_RECORD, streams=True)
def record(db: Db, actor: Who, page: Here, typed: Posted) -> dict[str, Any]:
    """Taken in with whatever others hand in at this moment, in a transaction that is not this request's own."""
    notes = [_bytes(note) for note in _many(typed.get("note"))]
    files = {sha256(data).hexdigest(): data for data in map(_bytes, _many(typed.get("attachment")))}
    about = str(typed.get("about", ""))
    # A new key is looked at closely: here, where nobody waits for it.
    for note in notes[: actions.MOST_NOTES]:
        intake.read(note)

    def envelope(own: Session, trial: Trial) -> Sequence[Taken]:
        return actions.record(own, actor, trial, notes=notes, files=files, about=about)

    finish(page)
    return _made(*page.door.gathering.hand_in(envelope))


@do_json("/vault/anew", Verb.WORKSPACE_BEGIN_ANEW, streams=True)
def begin_anew(db: Db, actor: Who, page: Here, typed: Posted) -> dict[str, Any]:
    """A new first key for somebody who lost every way to theirs; `about` holds what they typed to confirm it."""
    note, about = _bytes(typed.get("note", "")), str(typed.get("about", ""))

    def envelope(own: Session, trial: Trial) -> Sequence[Taken]:
        return actions.begin_anew(own, actor, trial, note=note, about=about)

    finish(page)
    return _made(*page.door.gathering.hand_in(envelope))


@ask_json("/vault/statements/{id:str}")
def statement(db: Db, actor: Who, page: Here, id: Slug) -> dict[str, Any]:
    with page.door.history.caught_up(db) as state:
        found = queries.statement(db, scope_of(db, actor, state), state, id)
    return {"note": found.note, "index": found.idx}


@ask_json("/vault/statements/{id:str}/receipt")
def receipt(db: Db, actor: Who, page: Here, id: Slug) -> Response[bytes]:
    with page.door.history.caught_up(db) as state:
        found = queries.statement(db, scope_of(db, actor, state), state, id)
    (receipt,) = page.door.keeper.receipts(db, [found.idx])
    return Response(receipt, media_type="text/plain")


@ask_json("/vault/chains/{id:str}")
def chain(db: Db, actor: Who, page: Here, id: Slug, after: FromQuery[int] = 0) -> dict[str, Any]:
    with page.door.history.caught_up(db) as state:
        return queries.chain(db, scope_of(db, actor, state), state, id, after)


@ask_json("/vault/attachments/{name:str}")
def attachment(db: Db, actor: Who, page: Here, name: Slug) -> Response[bytes]:
    with page.door.history.caught_up(db) as state:
        data = queries.attachment(db, scope_of(db, actor, state), state, name)
    return Response(data, media_type=SEALED)


@hand_in("/vault/blobs/{name:str}", Verb.WORKSPACE_STORE, in_parts=True)
async def store(
    request: Request[Any, Any, Any], db: Db, actor: Who, page: Here, csrf: Proof, name: Slug
) -> Response[None]:
    """Receive a sealed file without holding a transaction, whole or in parts; keep it only once it is whole."""
    door = page.door

    def keep(size: int) -> None:
        with transaction(door.engine) as short:
            actions.store(short, actor, name=name, size=size)

    sender = await anyio.to_thread.run_sync(queries.may_send, db, door.files, actor, name)
    if request.method == HttpMethod.PATCH:
        return await arrivals.part(request, door, name, sender, keep)
    return await arrivals.whole(request, door, name, keep)


@ask_how_far("/vault/blobs/{name:str}")
def how_far(db: Db, actor: Who, page: Here, name: Slug) -> Response[None]:
    with page.door.history.caught_up(db) as state:
        known = queries.whole_for(db, scope_of(db, actor, state), state, actor, name)
    size, whole = queries.how_far(page.door.files, actor, name, known)
    limit = {"Upload-Limit": f"max-size={page.settings.upload_limit}", "Cache-Control": "no-store"}
    return Response(None, headers={**arrivals.state(size, whole=whole), **limit})


@ask_json("/vault/blobs/{name:str}")
def blob(db: Db, actor: Who, page: Here, name: Slug) -> Stream:
    with page.door.history.caught_up(db) as state:
        size = queries.may_fetch(db, scope_of(db, actor, state), state, actor, name)
    if page.door.files.size(key(name)) != size:
        raise Missing(N_("The sealed file is not in the store. Tell the operator; nothing else is affected."))
    start, stop = part_of(page.request.headers.get("range"), size) or (0, size)
    headers = {
        "Content-Length": str(stop - start),
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
    }
    if (start, stop) != (0, size):
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    pieces = page.door.files.stream(key(name), start, stop)
    return Stream(
        pieces, media_type=SEALED, headers=headers, status_code=200 if stop - start == size else 206
    )


@ask_json("/vault/unlock/{kind:str}", writes=True)
def unlock(db: Db, actor: Who, kind: Slug) -> Response[bytes]:
    return Response(queries.unlock(db, actor, kind), media_type=SEALED, headers={"Cache-Control": "no-store"})


@hand_in("/vault/unlock/{kind:str}", Verb.WORKSPACE_KEEP)
async def keep(
    request: Request[Any, Any, Any], db: Db, actor: Who, page: Here, csrf: Proof, kind: Slug
) -> None:
    """Receive one's own unlock file."""
    await anyio.to_thread.run_sync(look_again, db)
    data = await request.body()

    def now() -> None:
        with transaction(page.door.engine) as short:
            actions.keep(short, actor, kind=kind, data=data)

    await anyio.to_thread.run_sync(now)


@hand_in("/vault/returned", Verb.WORKSPACE_GIVE_BACK)
async def give_back(request: Request[Any, Any, Any], db: Db, actor: Who, page: Here, csrf: Proof) -> None:
    """Receive what the register has lost, from somebody whose machine still holds it."""
    await anyio.to_thread.run_sync(look_again, db)
    data = await request.body()

    def now() -> None:
        with transaction(page.door.engine) as short:
            actions.give_back(short, actor, page.door.keeper, data=data)

    await anyio.to_thread.run_sync(now)


@take_away("/vault/unlock/{kind:str}", Verb.WORKSPACE_FORGET)
def forget(db: Db, actor: Who, csrf: Proof, kind: Slug) -> None:
    actions.forget(db, actor, kind=kind)


def _made(taken: Sequence[Taken], receipts: Sequence[bytes]) -> dict[str, Any]:
    made = [
        {"id": each.said.id, "index": each.index, "receipt": receipt.decode()}
        for each, receipt in zip(taken, receipts, strict=True)
    ]
    return {**made[-1], "statements": made}


def _many(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _bytes(part: str | UploadFile) -> bytes:
    """A part of the form: a note typed as a field, or a file."""
    return part.encode() if isinstance(part, str) else part.file.read()


told = Router(
    "/",
    route_handlers=[
        session, statement, receipt, chain, attachment, blob, how_far, unlock, forget,
    ],
)  # fmt: skip
router = Router(
    "/",
    route_handlers=[
        told,
        Router("/", route_handlers=[record, give_back], request_max_body_size=MOST_FORM),
        Router("/", route_handlers=[begin_anew, keep], request_max_body_size=MOST_SMALL),
        Router("/", route_handlers=[store]),
    ],
)
