"""What every handler may ask for. The names are the names used everywhere."""

from collections.abc import AsyncIterator
from contextlib import nullcontext
from hashlib import sha256
from typing import Any
from uuid import UUID

import anyio
from litestar import Request
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, select

from crosslab.core.actor import NOBODY_YET, Actor
from crosslab.core.bell import commit
from crosslab.core.clock import now
from crosslab.core.db import session
from crosslab.core.errors import Forbidden, Refused, Repeated, SignedOut
from crosslab.rules import N_

from .door import COOKIE, Door
from .page import Asked, Page
from .security import csrf_holds
from .tables import Sent

Typed = dict[str, Any]

Db = NamedDependency[Session]
Who = NamedDependency[Actor]
Here = NamedDependency[Page]
Posted = NamedDependency[Typed]
Proof = NamedDependency[None]
Id = FromPath[UUID]
Number = FromPath[int]
Slug = FromPath[str]

SAFE = {"GET", "HEAD", "OPTIONS"}


async def _db(request: Asked) -> AsyncIterator[Session]:
    """One request, one session, one transaction: committed after the handler, undone by anything raised.

    A form is received whole before the transaction begins: whoever sends slowly must not keep others waiting.
    Where only one can write at a time they wait here, where waiting takes no thread: whoever has the database
    would else wait for a thread, and every thread for the database.
    """
    door: Door = request.app.state.door
    given = request.route_handler.opt
    if request.method == "POST":
        await request.form()
    reads = given.get("streams") or (request.method in SAFE and not given.get("writes"))
    db = session(door.engine, read_only=bool(reads))
    try:
        async with nullcontext() if reads else door.turn():
            yield db
            await anyio.to_thread.run_sync(_commit, db, door)
    finally:
        await anyio.to_thread.run_sync(db.close)


def _commit(db: Session, door: Door) -> None:
    try:
        commit(db, door.bell)
    except (StaleDataError, IntegrityError) as lost:
        raise meant_by(lost) from lost


def meant_by(lost: StaleDataError | IntegrityError) -> Refused:
    """What two people at once look like to the one who came second."""
    if isinstance(lost, StaleDataError):
        return Refused(
            N_(
                "Somebody changed this a moment ago. Load the page again, look at it, and repeat what you did."
            )
        )
    return Refused(
        N_("This is there already, or something it needs has just gone. Load the page again and look at it.")
    )


def who_asks(request: Asked, db: NamedDependency[Session]) -> Actor:
    """Who is there, by the session cookie. A page that is not public refuses visitors."""
    door: Door = request.app.state.door
    token = request.cookies.get(COOKIE)
    actor = door.who(db, token) if token else NOBODY_YET
    if not actor.signed_in and not request.route_handler.opt.get("public"):
        raise SignedOut(N_("Your session has ended. Sign in again to go on."))
    return actor


def _page(request: Asked, db: NamedDependency[Session], actor: NamedDependency[Actor]) -> Page:
    return Page.of(request, actor, db)


async def _typed(request: Asked, page: NamedDependency[Page], db: NamedDependency[Session]) -> Typed:
    """What was posted, after the form has proved that it is ours and that it was not sent before."""
    form = await request.form()
    typed: Typed = {name: _one_or_many(form.getall(name)) for name in form}
    token = str(typed.pop("csrf", "") or request.headers.get("x-csrf", ""))
    _is_ours(page, token)
    once = str(typed.pop("once", ""))
    if once:
        await anyio.to_thread.run_sync(_only_once, db, once)
    return typed


def _one_or_many(values: list[Any]) -> str | UploadFile | list[Any]:
    return values[0] if len(values) == 1 else values


def _only_once(db: Session, once: str) -> None:
    token = sha256(once.encode()).hexdigest()[:40]
    again = Repeated(N_("This form was sent already. What you sent the first time is saved."))
    if db.exec(select(Sent.token).where(Sent.token == token)).first():
        raise again
    db.add(Sent(token=token, at=now()))
    try:
        db.flush()
    except IntegrityError:
        raise again from None


def finish(page: Page) -> None:
    """Commit now, because the answer must speak of what is durable: a receipt. The door's own commit is then empty."""
    if page.db:
        _commit(page.db, page.door)


def csrf_only(request: Request[Any, Any, Any], page: NamedDependency[Page]) -> None:
    """For requests whose body is not a form: the token comes in a header."""
    _is_ours(page, request.headers.get("x-csrf", ""))


def _is_ours(page: Page, token: str) -> None:
    """Refuse what was not sent from a page of ours to whoever holds this cookie."""
    if not csrf_holds(page.settings.secret, page.cookie, token):
        raise Forbidden(
            N_("This is not from our page, or the page has grown old. Load it again and send it once more.")
        )


GIVEN = {
    "db": Provide(_db),
    "actor": Provide(who_asks, sync_to_thread=True),
    "page": Provide(_page, sync_to_thread=False),
    "typed": Provide(_typed),
    "csrf": Provide(csrf_only, sync_to_thread=False),
}
