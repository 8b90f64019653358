"""What the live channel of a wall says: its numbered changes as small JSON, read from what is so now.

A change of the diary names a thing; what is said of the thing is what is so when it is said, never what was so
when it was told. So a replay of old numbers says nothing of a note that was removed since, and no author while
names are hidden. `docs/decisions/0018` lists every kind and its facts; kinds that are not known here carry the
facts they were told with, and so may hold only what everybody in the room may see.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from crosslab.core.db import snapshot
from crosslab.core.hub import News
from crosslab.rules import NoteState

from .cafe.queries import backers
from .queries import count_here
from .tables import Card, Change, Company, Dot, Facilitator, Liking, Note, Presence, Theme, Tie, Workshop
from .wall import seconds_left

Facts = dict[str, Any]
Known = dict[UUID, Facts]
MOST = 2_000


def look(engine: Engine, workshop_id: UUID, after: int) -> News:
    """The same for a hub, read in one moment."""
    with snapshot(engine) as db:
        return news(db, workshop_id, after)


def news(db: Session, workshop_id: UUID, after: int, most: int = MOST) -> News:
    """What happened on a wall after a number, in order: at most the newest `most` changes, and who may not listen."""
    asked = select(Workshop).where(Workshop.id == workshop_id).execution_options(populate_existing=True)
    workshop = db.exec(asked).one()
    since = min(max(after, workshop.seq - most), workshop.seq)
    told = select(Change.seq, Change.kind, Change.facts).where(
        Change.workshop_id == workshop_id, col(Change.seq) > since
    )
    changes = [(seq, kind, dict(facts)) for seq, kind, facts in db.exec(told.order_by(col(Change.seq))).all()]
    moved = any(kind == "people" for _, kind, _ in changes)
    gone = _sent_out(db, workshop) | _dismissed(db, workshop, changes) if moved else frozenset()
    return News(workshop.seq, since, _said(db, workshop, changes), gone)


def _said(db: Session, workshop: Workshop, changes: list[tuple[int, str, Facts]]) -> list[tuple[int, bytes]]:
    named: defaultdict[str, set[UUID]] = defaultdict(set)
    for _, kind, facts in changes:
        if kind in THING_OF:
            named[THING_OF[kind]].add(UUID(facts["id"]))
    things = {thing: THINGS[thing](db, workshop, ids) for thing, ids in named.items()}
    room = {kind: ROOM[kind](db, workshop) for kind in {kind for _, kind, _ in changes} & ROOM.keys()}
    return [(seq, _message(seq, *_now(kind, facts, things, room))) for seq, kind, facts in changes]


def _now(kind: str, told: Facts, things: Mapping[str, Known], room: Mapping[str, Facts]) -> tuple[str, Facts]:
    """The kind and the facts of a change as things are now."""
    if kind not in THING_OF:
        return kind, room.get(kind, told)
    thing, name = THING_OF[kind], {"id": told["id"]}
    facts = things[thing].get(UUID(told["id"]))
    if facts is None:
        return f"{thing} gone", {**name, "into": told.get("into")} if thing == "theme" else name
    return (kind, {**name, kind: facts[kind]}) if kind in ONE_FACT else (thing, {**name, **facts})


def _message(seq: int, kind: str, facts: Facts) -> bytes:
    told = {"seq": seq, "kind": kind, **facts}
    return f"id: {seq}\ndata: {json.dumps(told, ensure_ascii=False, separators=(',', ':'), default=str)}\n\n".encode()


def _notes(db: Session, workshop: Workshop, ids: set[UUID]) -> Known:
    """The notes that hang. Without names nobody's name is read."""
    hangs = col(Note.id).in_(ids), Note.state == NoteState.UP
    notes = db.exec(select(Note).where(*hangs)).all()
    author = select(Note.id, Card.name).join(Card, col(Card.id) == col(Note.card_id)).where(*hangs)
    by = {} if workshop.names_hidden else dict(db.exec(author).all())
    liked = select(Liking.note_id, func.count()).where(col(Liking.note_id).in_(ids))
    likes = dict(db.exec(liked.group_by(col(Liking.note_id))).all())
    return {note.id: _note(note, likes.get(note.id, 0), by.get(note.id)) for note in notes}


def _note(note: Note, liked: int, by: str | None) -> Facts:
    facts = {
        "company": note.company_id,
        "prompt": note.prompt,
        "text": note.text,
        "at": note.at,
        "theme": note.theme_id,
        "paper": note.on_paper,
        "liked": liked,
    }
    return {**facts, "by": by} if by else facts


def _ties(db: Session, _workshop: Workshop, ids: set[UUID]) -> Known:
    """The threads whose both notes hang."""
    one, two = aliased(Note), aliased(Note)
    rows = select(Tie).join(one, col(one.id) == Tie.from_id).join(two, col(two.id) == Tie.to_id)
    hang = one.state == NoteState.UP, two.state == NoteState.UP, col(Tie.untied_at).is_(None)
    ties = db.exec(rows.where(col(Tie.id).in_(ids), *hang)).all()
    return {tie.id: {"from": tie.from_id, "to": tie.to_id, "link": tie.kind, "why": tie.why} for tie in ties}


def _themes(db: Session, workshop: Workshop, ids: set[UUID]) -> Known:
    """The themes that did not become part of another, with what lies on them."""
    alive = col(Theme.id).in_(ids), col(Theme.ended_at).is_(None)
    lie = select(Note.theme_id, Note.id, Note.company_id).where(
        col(Note.theme_id).in_(ids), Note.state == NoteState.UP
    )
    on: defaultdict[UUID | None, list[tuple[UUID, UUID]]] = defaultdict(list)
    for theme_id, note_id, company_id in db.exec(lie.order_by(col(Note.id))).all():
        on[theme_id].append((note_id, company_id))
    backed = backers(db, workshop.id)
    dots = Counter(db.exec(select(Dot.theme_id).where(col(Dot.theme_id).in_(ids))).all())
    return {
        theme.id: {
            "title": theme.title,
            "notes": [note for note, _ in on[theme.id]],
            "companies": len(
                {company for _, company in on[theme.id]}.union(
                    *(backed.get(note, set()) for note, _ in on[theme.id])
                )
            ),
            "dots": dots[theme.id],
        }
        for theme in db.exec(select(Theme).where(*alive)).all()
    }


def _companies(db: Session, _workshop: Workshop, ids: set[UUID]) -> Known:
    rows = db.exec(select(Company).where(col(Company.id).in_(ids))).all()
    return {company.id: {"name": company.name, "at": company.at} for company in rows}


def _clock(_db: Session, workshop: Workshop) -> Facts:
    return {"state": workshop.state, "left": seconds_left(workshop), "paused": workshop.left is not None}


def _sent_out(db: Session, workshop: Workshop) -> frozenset[UUID]:
    out = select(Card.id).where(Card.workshop_id == workshop.id, Card.presence == Presence.OUT)
    return frozenset(db.exec(out).all())


def _dismissed(db: Session, workshop: Workshop, changes: list[tuple[int, str, Facts]]) -> frozenset[UUID]:
    """Whoever the room was taken from, unless it was given to them again. To others this says nothing of them."""
    named = {
        UUID(facts["dismissed"]) for _, kind, facts in changes if kind == "people" and "dismissed" in facts
    }
    if not named:
        return frozenset()
    runs = select(Facilitator.person_id).where(Facilitator.workshop_id == workshop.id)
    return frozenset(named - set(db.exec(runs).all()))


THINGS: Mapping[str, Callable[[Session, Workshop, set[UUID]], Known]] = {
    "note": _notes,
    "tie": _ties,
    "theme": _themes,
    "company": _companies,
}
ROOM: Mapping[str, Callable[[Session, Workshop], Facts]] = {
    "step": _clock,
    "clock": _clock,
    "lock": lambda _db, workshop: {"locked": workshop.locked},
    "names": lambda _db, workshop: {"hidden": workshop.names_hidden},
    "people": lambda db, workshop: {"here": count_here(db, workshop)},
}
ONE_FACT = {"liked": "note", "dots": "theme"}
THING_OF = {**ONE_FACT, **{f"{thing}{end}": thing for thing in THINGS for end in ("", " gone")}}
