"""Attendance and effect to take away: a company a line as a table, everything for programs. People are counted."""

import csv
import io
from typing import Any

from crosslab.workshops.tables import Presence, Workshop

from .effect import Effect, Line
from .files import BOM, plain
from .tables import Outcome

FORM = "crosslab-effect-1"
PRESENT = (Presence.HERE, Presence.LATE, Presence.EXPECTED, Presence.ABSENT)
COUNTED = ("notes", "walked", "tied", "reached", "suggested")
HEAD = (
    *("company", *PRESENT),
    *("notes", "marked as interesting", "threads tied", "threads received", "pairs suggested"),
)


def effect_table(found: Effect) -> bytes:
    """A company a line."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEAD)
    for line in found.lines:
        sheet.writerow([*plain([line.company.name]), *_counts(line).values()])
    return (BOM + out.getvalue()).encode()


def effect_told(workshop: Workshop, found: Effect) -> dict[str, Any]:
    """Attendance and effect for programs. What was answered is in it from five answers on, as on the page."""
    return {
        "form": FORM,
        "workshop": {"number": workshop.no, "title": workshop.title},
        "companies": [
            {"id": str(line.company.id), "name": line.company.name, **_counts(line)} for line in found.lines
        ],
        "present": {str(each): found.present.get(each, 0) for each in PRESENT},
        "notes_from_paper": found.on_paper,
        "asked": found.asked,
        "answered": found.answered,
        "outcomes": {str(each): found.outcomes.get(each, 0) for each in Outcome} if found.enough else None,
        "with_whom": [{"name": company.name, "answers": n} for company, n in found.with_whom],
        "words": [{"words": words, "company": company} for words, company in found.words],
    }


def _counts(line: Line) -> dict[str, int]:
    present = {str(each): line.present.get(each, 0) for each in PRESENT}
    return {**present, **{name: getattr(line, name) for name in COUNTED}}
