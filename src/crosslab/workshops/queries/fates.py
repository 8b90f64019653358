"""How far did it go: from notes to themes, business cases, and what these became in later rooms.

What happens in a later room is read from events: the rooms above tell of themselves in this way. Only titles are
read; whoever shows them asks who is reading.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_, select

from crosslab.core.events import Event, EventPlace
from crosslab.rules import SkeletonState, Verb
from crosslab.workshops.lineage import Fate, Grown, Paper, before
from crosslab.workshops.skeletons.tables import Skeleton, Source
from crosslab.workshops.tables import Laid, Note, Theme, Tie, Workshop

NAMING = (Verb.CONSORTIA_START, Verb.CONSORTIA_DESCRIBE)
PAPERS = (Verb.FUNDING_SUBMIT, Verb.FUNDING_AWARD, Verb.FUNDING_REJECT)
HEARD = (*NAMING, *PAPERS, Verb.CONSORTIA_DISSOLVE)


def fates(db: Session, workshop: Workshop) -> dict[UUID, Fate]:
    """What became of each note of a workshop, in a handful of queries. Titles alone leave the rooms above."""
    notes = db.exec(select(Note).where(Note.workshop_id == workshop.id).order_by(col(Note.id))).all()
    titles, into = _themes(db, workshop)
    lay, met, cases = _lay(db, workshop), _met(db, workshop, notes), _cases(db, workshop)
    return {
        note.id: Fate(
            note.id,
            note.state,
            tuple(dict.fromkeys(met[note.id])),
            titles.get(note.theme_id, "") if note.theme_id else "",
            tuple(titles[each] for each in before(note.theme_id, lay[note.id], into)),
            tuple(cases[note.id]),
        )
        for note in notes
    }


def grown(db: Session, skeletons: Iterable[Skeleton]) -> dict[UUID, Grown]:
    """What each business case became: the consortium's name and the titles of its applications."""
    there = list(skeletons)
    told = _told(db, [each.taken_by for each in there if each.taken_by])
    return {each.id: _grown(each, told[each.taken_by] if each.taken_by else []) for each in there}


def _grown(skeleton: Skeleton, told: list[Event]) -> Grown:
    names = [event.facts["what"] for event in told if event.verb in NAMING]
    papers = {
        event.thing_id: Paper(event.facts["what"], event.verb) for event in told if event.verb in PAPERS
    }
    return Grown(
        skeleton.id,
        skeleton.title,
        skeleton.state,
        consortium=names[-1] if names else "",
        dissolved=any(event.verb is Verb.CONSORTIA_DISSOLVE for event in told),
        papers=tuple(papers.values()),
    )


def _told(db: Session, consortia: list[UUID]) -> defaultdict[UUID, list[Event]]:
    """What was heard of consortia, oldest first."""
    found: defaultdict[UUID, list[Event]] = defaultdict(list)
    if consortia:
        rows = select(EventPlace.place_id, Event).join(Event, col(Event.id) == col(EventPlace.event_id))
        heard = col(EventPlace.place_id).in_(consortia), col(EventPlace.verb).in_(HEARD)
        for place, event in db.exec(rows.where(*heard).order_by(col(Event.at), col(Event.id))).all():
            found[place].append(event)
    return found


def _themes(db: Session, workshop: Workshop) -> tuple[dict[UUID, str], dict[UUID, UUID | None]]:
    rows = db.exec(select(Theme.id, Theme.title, Theme.into_id).where(Theme.workshop_id == workshop.id)).all()
    return {one: title for one, title, _ in rows}, {one: into for one, _, into in rows}


def _lay(db: Session, workshop: Workshop) -> defaultdict[UUID, list[UUID]]:
    """The themes each note has lain on, in order."""
    rows = select(Laid.note_id, Laid.theme_id).join(Theme, col(Theme.id) == col(Laid.theme_id))
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for note, theme in db.exec(rows.where(Theme.workshop_id == workshop.id).order_by(col(Laid.id))).all():
        found[note].append(theme)
    return found


def _met(db: Session, workshop: Workshop, notes: Iterable[Note]) -> defaultdict[UUID, list[UUID]]:
    """The companies that threads lead to from each note."""
    company = {note.id: note.company_id for note in notes}
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    ties = select(Tie.from_id, Tie.to_id).where(Tie.workshop_id == workshop.id, col(Tie.untied_at).is_(None))
    for one, two in db.exec(ties.order_by(col(Tie.id))).all():
        found[one].append(company[two])
        found[two].append(company[one])
    return found


def _cases(db: Session, workshop: Workshop) -> defaultdict[UUID, list[Grown]]:
    """The business cases drafted from each note. What was let go before it became anything is not told."""
    kept = or_(col(Skeleton.state) != SkeletonState.LET_GO, col(Skeleton.taken_by).is_not(None))
    rows: Any = select(Source.note_id, Skeleton).join(Skeleton, col(Skeleton.id) == col(Source.skeleton_id))
    query = rows.where(Skeleton.workshop_id == workshop.id, col(Source.note_id).is_not(None), kept)
    pairs = db.exec(query.order_by(col(Skeleton.id))).all()
    became = grown(db, {each.id: each for _, each in pairs}.values())
    found: defaultdict[UUID, list[Grown]] = defaultdict(list)
    for note, skeleton in pairs:
        found[note].append(became[skeleton.id])
    return found
