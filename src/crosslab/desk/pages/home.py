"""The desk, the front door, and the search."""

from typing import Any

from litestar import Response
from litestar.params import FromQuery

from crosslab.desk import queries
from crosslab.desk.waiting import waiting
from crosslab.rules import Role
from crosslab.web.given import Db, Here, Who
from crosslab.web.routes import ask, ask_anyone

LATEST = 5
MOST = 100


@ask("/desk")
def desk(db: Db, actor: Who, page: Here) -> Response[str]:
    tasks, mine = waiting(db, actor, page.door.history), queries.mine(db, actor)
    latest = queries.inbox(db, actor, size=LATEST).rows
    steward = actor.is_everywhere(Role.STEWARD)
    return page.show("desk/desk.html", tasks=tasks, mine=mine, latest=latest, steward=steward)


@ask_anyone("/")
def front(page: Here) -> Response[Any]:
    return page.go("/desk" if page.signed_in else page.here())


@ask("/search")
def search(db: Db, actor: Who, page: Here, q: FromQuery[str] = "") -> Response[str]:
    asked = q.strip()[:MOST]
    return page.show("desk/search.html", asked=asked, found=queries.search(db, actor, asked))
