"""The desk, the health of the house, and the mailbox of a demonstration."""

from typing import Any

from litestar import Response, Router
from sqlalchemy import text

from crosslab.web.given import Db, Here
from crosslab.web.routes import ask, ask_anyone


@ask("/desk")
def desk(page: Here) -> Response[str]:
    return page.show("desk/desk.html")


@ask_anyone("/")
def front(page: Here) -> Response[Any]:
    return page.go("/desk" if page.signed_in else page.here())


@ask_anyone("/healthz")
def alive() -> str:
    return "alive"


@ask_anyone("/readyz")
def ready(db: Db) -> str:
    db.execute(text("SELECT 1"))
    return "ready"


router = Router("/", route_handlers=[desk, front, alive, ready])
