"""What hangs in front of the room: one scene at a time, for ten metres."""

from litestar import Response

from crosslab.core.find import find_by
from crosslab.rules import Step, Verb
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.routes import ask_anyone
from crosslab.workshops import queries
from crosslab.workshops.tables import Workshop

from .frame import shown

SCENES = {
    Step.WRITING: "wall",
    Step.LINKING: "links",
    Step.THEMES: "themes",
    Step.VOTING: "votes",
    Step.CALLING: "calls",
}
"""What a step shows when nobody chose: before the first and after the last, the way in."""


@ask_anyone("/s/{no:str}/projector")
def projector(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """The scene that was asked for, else that of the step. Only those in the room and its host see it."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_TIE)
    asked = page.request.query_params.get("scene", "auto")
    scene = asked if asked in {"join", *SCENES.values()} else SCENES.get(workshop.state, "join")
    template = "workshops/_scene.html" if page.is_part else "workshops/projector.html"
    here = queries.count_here(db, workshop)
    calls = queries.calls(db, actor, workshop)
    return page.show(template, scene=scene, here=here, calls=calls, **shown(db, page, workshop))


HANDLERS = [projector]
