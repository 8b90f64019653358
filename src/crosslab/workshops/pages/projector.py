"""What hangs in front of the room: one scene at a time, for ten metres."""

from litestar import Response

from crosslab.core.find import find_by
from crosslab.rules import CAFE_OPEN, ON_THE_WALL, CafeState, Step, Verb
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.routes import ask_anyone
from crosslab.workshops import queries
from crosslab.workshops.cafe.shown import Day, day
from crosslab.workshops.tables import Kind, Workshop

from .frame import shown

SCENES = {
    Step.WRITING: "wall",
    Step.LINKING: "links",
    Step.THEMES: "themes",
    Step.VOTING: "votes",
    Step.CALLING: "calls",
}
"""What a step shows when nobody chose: before the first and after the last, the way in."""
IN_CAFE = ("seats", "cafe")
"""Where everybody sits in the next round, and what the tables have brought out."""


@ask_anyone("/s/{no:str}/projector")
def projector(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """The scene that was asked for, else that of the step. Only those in the room and its host see it."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_TIE)
    asked = page.request.query_params.get("scene", "auto")
    found = day(db, workshop)
    scene = asked if asked in {"join", *IN_CAFE, *SCENES.values()} else _of_step(workshop, found)
    template = "workshops/_scene.html" if page.is_part else "workshops/projector.html"
    here = queries.count_here(db, workshop)
    calls = queries.calls(db, actor, workshop)
    return page.show(template, scene=scene, here=here, calls=calls, day=found, **shown(db, page, workshop))


def _of_step(workshop: Workshop, found: Day) -> str:
    """While a café is on, where to sit between two rounds, and what was said during one."""
    on = found.cafe is not None and workshop.state in ON_THE_WALL and found.cafe.state in CAFE_OPEN
    if on and found.cafe is not None:
        seats = found.cafe.state is not CafeState.ROUND and found.cafe.turn < found.cafe.rounds
        return IN_CAFE[0] if seats else IN_CAFE[1]
    if workshop.kind is Kind.CAFE and workshop.state is Step.WRITING:
        return IN_CAFE[1]
    return SCENES.get(workshop.state, "join")


HANDLERS = [projector]
