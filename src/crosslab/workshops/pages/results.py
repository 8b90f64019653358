"""What the room sees from afar, and what came of it: projector and results."""

import csv
import io
from typing import Any

from litestar import Response

from crosslab.core.find import find_by
from crosslab.rules import ON_THE_WALL, Step, Verb
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.routes import ask_anyone
from crosslab.workshops.links import matrix, pairs, trios
from crosslab.workshops.tables import Workshop
from crosslab.workshops.why import WHY

from .frame import shown

SCENES = {
    Step.WRITING: "wall",
    Step.LINKING: "links",
    Step.THEMES: "themes",
    Step.VOTING: "votes",
    Step.CALLING: "votes",
}
HEAD = ("company", "question", "note", "author", "theme", "on paper", "written at")


@ask_anyone("/s/{no:str}/projector")
def projector(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """What hangs in front of the room. Only those in the room and its host see it."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_TIE)
    asked = page.request.query_params.get("scene", "auto")
    scene = asked if asked in {"join", *SCENES.values()} else SCENES.get(workshop.state, "join")
    template = "workshops/_scene.html" if page.is_part else "workshops/projector.html"
    return page.show(template, scene=scene, **shown(db, page, workshop))


@ask_anyone("/s/{no:str}/results")
def results(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Who should talk, what it was about, and every note: for those who were there."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_TIE)
    context = shown(db, page, workshop)
    links = context["wall"].links
    return page.show(
        "workshops/results.html",
        matrix=matrix(links),
        pairs=pairs(links)[:12],
        trios=trios(links, 6),
        why=WHY,
        open=workshop.state in ON_THE_WALL,
        **context,
    )


@ask_anyone("/s/{no:str}/notes.csv")
def notes_file(db: Db, actor: Who, page: Here, no: Slug) -> Response[str]:
    """Every note on the wall as a table."""
    workshop = find_by(db, actor, Workshop, no=no, to=Verb.WORKSHOPS_TIE)
    wall = shown(db, page, workshop)["wall"]
    themes = {theme.id: theme.title for theme in wall.themes}
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEAD)
    for notes in wall.by_company.values():
        for note in notes:
            table.writerow(_line(wall, themes, note))
    headers = {"Content-Disposition": f'attachment; filename="notes-{workshop.no}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _line(wall: Any, themes: dict[Any, str], note: Any) -> list[str]:
    """A note in a table; what a spreadsheet would take for a formula is told as text."""
    said = [
        wall.named[note.company_id].name,
        note.prompt,
        note.text,
        wall.authors.get(note.card_id, ""),
        themes.get(note.theme_id, ""),
        "yes" if note.on_paper else "",
        note.written_at.isoformat(timespec="seconds"),
    ]
    return [f"'{each}" if each[:1] in "=+-@\t" else each for each in said]


HANDLERS = [projector, results, notes_file]
