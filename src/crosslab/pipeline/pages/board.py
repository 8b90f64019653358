"""The board and the table of a programme, and the export of what they show."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from litestar import Response

from crosslab.core.find import find_by
from crosslab.people.tables import Programme
from crosslab.pipeline import queries, views
from crosslab.pipeline.filters import Filters
from crosslab.pipeline.pages.frame import shown
from crosslab.rules import PIPELINE, Verb
from crosslab.web.given import Db, Here, Slug, Who
from crosslab.web.page import Page
from crosslab.web.routes import ask

HEAD = (
    *("ref", "name", "stage", "since", "on_hold_since", "lead", "partners", "challenge"),
    *("asks", "currency", "next_step", "next_on"),
)


@ask("/p/{slug:str}/pipeline")
def pipeline(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    programme = find_by(db, actor, Programme, slug=slug, to=Verb.PIPELINE_NOTE)
    page.context_name = programme.name
    filters = Filters.of(page.request.query_params)
    context = shown(db, actor, programme, filters)
    return page.show("pipeline/_board.html" if page.is_part else "pipeline/board.html", **context)


@ask("/p/{slug:str}/pipeline.csv")
def export(db: Db, actor: Who, page: Here, slug: Slug) -> Response[str]:
    programme = find_by(db, actor, Programme, slug=slug, to=Verb.PIPELINE_NOTE)
    filters = Filters.of(page.request.query_params)
    rows = (_line(page, row) for row in queries.every(db, actor, programme, filters))
    headers = {"Content-Disposition": f'attachment; filename="pipeline-{programme.slug}.csv"'}
    return Response("".join(_csv(rows)), media_type="text/csv", headers=headers)


def _line(page: Page, row: Any) -> list[str]:
    asked = views.asks(row)
    return [
        row["ref"],
        row["name"],
        page.say(PIPELINE.names[row["state"]]),
        row["moved_at"].date().isoformat(),
        row["held_since"].date().isoformat() if row["held_since"] else "",
        row["lead"],
        "; ".join(views.partners(row)[1:]),
        row["question"],
        str(asked.amount) if asked else "",
        asked.currency if asked else "",
        row["next_step"],
        row["next_on"].isoformat() if row["next_on"] else "",
    ]


def _csv(rows: Iterable[list[str]]) -> Iterator[str]:
    """Lines of CSV. A cell that a spreadsheet would take for a formula is told as text."""
    for cells in (list(HEAD), *rows):
        line = io.StringIO()
        csv.writer(line).writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in cells])
        yield line.getvalue()


HANDLERS = [pipeline, export]
