"""The inbox: what a person was told, newest first."""

from itertools import groupby
from typing import Any

from litestar import Response
from litestar.params import FromQuery

from crosslab.desk import actions, queries
from crosslab.people.queries import me
from crosslab.rules import N_, Verb
from crosslab.web.given import Db, Here, Id, Posted, Who
from crosslab.web.routes import ask, do

GONE = N_("What this notice was about is no longer open to you.")


@ask("/inbox")
def inbox(db: Db, actor: Who, page: Here, after: FromQuery[str] = "") -> Response[str]:
    told = queries.inbox(db, actor, after)
    days = [(day, list(rows)) for day, rows in groupby(told.rows, lambda each: each.at.date())]
    return page.show("desk/inbox.html", days=days, next=told.after, me=me(db, actor))


@do("/inbox/read", Verb.DESK_READ)
def read(db: Db, actor: Who, page: Here, typed: Posted) -> Response[Any]:
    actions.read(db, actor)
    return page.go("/inbox", said=N_("All notices are marked as read."))


@ask("/notices/{id:uuid}")
def notice(db: Db, actor: Who, page: Here, id: Id) -> Response[Any]:
    url = queries.destination(db, actor, queries.event_told(db, actor, id))
    return page.go(url) if url else page.go("/inbox", said=GONE)
