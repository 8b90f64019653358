"""Attendance and effect, for whoever runs the workshop: the page, and what can be taken away of it."""

from typing import Any

from litestar import Response
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.rules import Verb
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.routes import ask, ask_json
from crosslab.workshops import queries
from crosslab.workshops.after import effect_files, files
from crosslab.workshops.after.effect import Effect, effect
from crosslab.workshops.after.forms import OUTCOMES
from crosslab.workshops.tables import Workshop

from .frame import room, shown


@ask("/s/{no:str}/effect")
def effects(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Who came, who wrote, who tied, and what came of it: in figures, a company a line."""
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SUM_UP)
    context = shown(db, page, workshop)
    return page.show(
        "workshops/effect.html", effect=effect(db, workshop, context["wall"]), outcomes=OUTCOMES, **context
    )


def _found(db: Session, actor: Actor, no: str) -> tuple[Workshop, Effect]:
    workshop = room(db, actor, no, to=Verb.WORKSHOPS_SUM_UP)
    return workshop, effect(db, workshop, queries.wall(db, workshop, names=False))


@ask("/s/{no:str}/effect.csv")
def effect_table(db: Db, actor: Who, no: Slug) -> Response[bytes]:
    """A company a line, for a spreadsheet."""
    workshop, found = _found(db, actor, no)
    made = effect_files.effect_table(found)
    return files.sent(made, "text/csv; charset=utf-8", f"effect-{workshop.no}.csv")


@ask_json("/s/{no:str}/effect.json")
def effect_file(db: Db, actor: Who, no: Slug) -> dict[str, Any]:
    """The same for programs, with the answers from five on; its shape is `crosslab-effect-1`."""
    return effect_files.effect_told(*_found(db, actor, no))


HANDLERS = [effects, effect_table, effect_file]
