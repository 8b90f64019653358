"""What can be taken away: every note as a table, the results for programs."""

import csv
import io
from typing import Any
from uuid import UUID

from litestar import Response
from sqlmodel import Session, select

from crosslab.workshops.tables import Card, Note, Presence, Tie, Workshop

from .story import Story
from .telling import Heap, Talk

HEAD = ("company", "question", "note", "author", "theme", "on paper", "written at")
FORM = "crosslab-results-1"
BOM = "\ufeff"
"""Tells a spreadsheet that the letters are UTF-8."""


def sent(content: bytes, media_type: str, name: str, *, inline: bool = False) -> Response[bytes]:
    """A file, kept by nobody on the way."""
    how = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


def names(db: Session, workshop: Workshop) -> dict[UUID, str]:
    """Who wrote, by card; nobody while names are hidden."""
    if workshop.names_hidden:
        return {}
    return dict(db.exec(select(Card.id, Card.name).where(Card.workshop_id == workshop.id)).all())


def table(told: Story, authors: dict[UUID, str]) -> bytes:
    """Every note on the wall, company by company."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEAD)
    wall = told.picture.wall
    for company in wall.companies:
        for note in wall.by_company.get(company.id, []):
            sheet.writerow(_line(told, note, authors))
    return (BOM + out.getvalue()).encode()


def _line(told: Story, note: Note, authors: dict[UUID, str]) -> list[str]:
    """A note in a table."""
    wall = told.picture.wall
    return plain(
        [
            wall.named[note.company_id].name,
            note.prompt,
            note.text,
            authors.get(note.card_id, "") if note.card_id else "",
            next((theme.title for theme in wall.themes if theme.id == note.theme_id), ""),
            "yes" if note.on_paper else "",
            note.written_at.isoformat(timespec="seconds"),
        ]
    )


def plain(cells: list[str]) -> list[str]:
    """Cells of a table; what a spreadsheet would take for a formula is told as text."""
    return [
        f"'{each}" if each.lstrip()[:1] in set("=+-@") or each[:1] in set("\t\r") else each for each in cells
    ]


def told(story: Story) -> dict[str, Any]:
    """The results for programs. Keys stay; new ones may come. What somebody wrote is in it for those who were there."""
    workshop, results, picture = story.workshop, story.results, story.picture
    return {
        "form": FORM,
        "workshop": {
            "number": workshop.no, "title": workshop.title, "language": workshop.language,
            "starts_at": workshop.starts_at.isoformat(), "closes_at": workshop.closes_at.isoformat(),
            "zone": workshop.zone, "address": workshop.address, "host": story.host, "challenge": story.challenge,
        },
        "published_at": results.published_at.isoformat() if results and results.published_at else None,
        "summary": results.summary if results else "",
        "next": {
            "words": results.next_words if results else "",
            "at": results.next_at.isoformat() if results and results.next_at else None,
        },
        "figures": vars(picture.figures),
        "attendance": {str(each): story.present.get(each, 0) for each in Presence if each is not Presence.OUT},
        "companies": [{"id": str(each.id), "name": each.name} for each in picture.wall.companies],
        "questions": [{"letter": each["letter"], "title": each["title"]} for each in workshop.prompts],
        "themes": [_heap(story, each) for each in picture.heaps],
        "notes": [_note(each) for each in picture.wall.notes] if story.words else [],
        "threads": [_tie(story, each) for each in picture.wall.ties] if story.words else [],
        "suggestions": [_talk(story, each) for each in (*picture.pairs, *picture.trios)],
        "matrix": [
            {"from": str(one.id), "to": str(two.id), "threads": cell.count, "mutual": cell.mutual}
            for one, row in zip(picture.order, picture.rows, strict=True)
            for two, cell in zip(picture.order, row, strict=True) if cell
        ],
        "cases": [
            {"title": each.call.title, "owner": each.company, "taken_up": each.taken_up,
             "due_on": each.due_on.isoformat() if each.due_on else None}
            for each in story.cases
        ],
    }  # fmt: skip


def _heap(story: Story, heap: Heap) -> dict[str, Any]:
    notes = [str(note.id) for note in heap.notes] if story.words else []
    return {
        "title": heap.theme.title, "companies": heap.companies, "dots": heap.dots,
        "count": len(heap.notes), "notes": notes,
    }  # fmt: skip


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": str(note.id), "company": str(note.company_id), "question": note.prompt, "text": note.text,
        "on_paper": note.on_paper, "written_at": note.written_at.isoformat(),
    }  # fmt: skip


def _tie(story: Story, tie: Tie) -> dict[str, Any]:
    of = story.picture.wall.of
    return {
        "from_note": str(tie.from_id), "to_note": str(tie.to_id), "kind": str(tie.kind), "words": tie.why,
        "from": str(of[tie.from_id].company_id), "to": str(of[tie.to_id].company_id),
    }  # fmt: skip


def _talk(story: Story, talk: Talk) -> dict[str, Any]:
    return {
        "companies": [str(each.id) for each in talk.companies], "why": str(talk.found.why),
        "from": talk.found.whose if talk.found.is_one_sided and not story.workshop.names_hidden else None,
        "notes": [str(each.id) for each in talk.notes] if story.words else [],
    }  # fmt: skip
