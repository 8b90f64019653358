"""The facilitator's wall: everything that hangs, and every note on a page of its own."""

from typing import Any
from uuid import uuid4

from litestar import Response

from crosslab.core.find import find_by
from crosslab.rules import Verb
from crosslab.web.given import Db, Here, Id, Slug, Who
from crosslab.web.routes import ask, ask_json
from crosslab.workshops import queries
from crosslab.workshops.tables import Tie, Workshop

from .frame import note_in, shown

VIEWS, SIDES = ("wall", "outline"), ("links", "themes", "votes")
NEWEST = 20
"""As many threads come with the page; a script asks for the rest of them, and without one there is a link."""


@ask("/s/{no:str}/wall")
def wall(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """As a wall or as an outline, with threads, themes or dots beside it; `show` names the questions to see."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_GATHER)
    asked, around = page.request.query_params, shown(db, page, workshop)
    ties = by_age(around["wall"])
    return page.show(
        "workshops/wall.html",
        newest=ties if asked.get("threads") == "all" else ties[:NEWEST],
        view=_one_of(VIEWS, asked.get("view")),
        side=_one_of(SIDES, asked.get("side")),
        show=asked.get("show", "")[:8],
        here=queries.count_here(db, workshop),
        removed=queries.removed(db, workshop),
        **around,
    )


def by_age(wall: queries.Wall) -> list[Tie]:
    """The threads whose both notes hang, the newest first."""
    return sorted(wall.ties, key=lambda tie: (tie.tied_at, tie.id), reverse=True)


@ask_json("/s/{no:str}/threads.json")
def threads(db: Db, actor: Who, no: Slug) -> dict[str, Any]:
    """Every thread of a wall, the newest first, each as the live channel says it."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_GATHER)
    ties = by_age(queries.wall(db, workshop, names=False))
    return {
        "ties": [
            {"id": tie.id, "from": tie.from_id, "to": tie.to_id, "link": tie.kind, "why": tie.why}
            for tie in ties
        ]
    }


def _one_of(known: tuple[str, ...], asked: str | None) -> str:
    """What was asked for if there is such a thing, else the first."""
    return asked if asked in known else known[0]


@ask("/s/{no:str}/notes/{id:uuid}")
def note(db: Db, actor: Who, page: Here, no: Slug, id: Id) -> Response[str]:
    """One note with everything that can be done to it: the way without scripts, and a note's own address."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_GATHER)
    found = note_in(db, actor, workshop, id)
    return page.show("workshops/note.html", note=found, key=uuid4().hex, **shown(db, page, workshop))


HANDLERS = [wall, threads, note]
