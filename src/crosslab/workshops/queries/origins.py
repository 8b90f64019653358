"""Where it comes from: the trail of a business case or a theme back to its notes, through the reader's eyes.

Whoever may know of a case may know the titles on its trail. The words of a note are for those who may read the
note; a note that was removed says only that; and while names are hidden on the wall they are hidden here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.actor import Actor
from crosslab.core.find import seen_by
from crosslab.rules import NoteState
from crosslab.workshops.lineage import cut_from, ever_on, path
from crosslab.workshops.links import LinkKind
from crosslab.workshops.skeletons.tables import Skeleton, Source
from crosslab.workshops.tables import Company, Laid, Note, Theme, Tie, Workshop


@dataclass(frozen=True, slots=True)
class Quote:
    """A note on a trail. Without words when it is gone, or not for these eyes."""

    id: UUID
    state: NoteState
    prompt: str = ""
    text: str = ""
    company: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread on a trail."""

    kind: LinkKind
    why: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A theme on a trail: its title, those it was cut from, and those it became part of, in order."""

    id: UUID
    title: str
    cut_from: tuple[str, ...]
    became: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something comes from. `seen` says whether the reader may open the workshop's own pages."""

    workshop: Workshop
    seen: bool
    quotes: tuple[Quote, ...]
    threads: tuple[Thread, ...] = ()
    trail: Trail | None = None

    @property
    def many(self) -> int:
        return len(self.quotes)

    @property
    def read(self) -> tuple[Quote, ...]:
        """Those with words for this reader."""
        return tuple(each for each in self.quotes if each.text)

    @property
    def gone(self) -> tuple[Quote, ...]:
        """Those that hang no more."""
        return tuple(each for each in self.quotes if each.state is not NoteState.UP)


def origin(db: Session, actor: Actor, skeleton: Skeleton) -> Origin:
    """Where a business case comes from, for somebody who may know of it."""
    rows = db.exec(select(Source).where(Source.skeleton_id == skeleton.id).order_by(col(Source.at))).all()
    workshop = db.exec(select(Workshop).where(Workshop.id == skeleton.workshop_id)).one()
    theme_id = next((row.theme_id for row in rows if row.theme_id), None)
    return Origin(
        workshop,
        _in_room(actor, workshop),
        _quotes(db, actor, workshop, [row.note_id for row in rows if row.note_id]),
        _threads(db, actor, [row.tie_id for row in rows if row.tie_id]),
        trail_of(db, workshop, theme_id) if theme_id else None,
    )


def theme_origin(db: Session, actor: Actor, theme: Theme) -> Origin:
    """Where a theme comes from: every note that ever lay on it, or on a theme that became part of it."""
    workshop = db.exec(select(Workshop).where(Workshop.id == theme.workshop_id)).one()
    into, _, _ = _family(db, workshop)
    laid = select(Laid.note_id, Laid.theme_id).join(Theme, col(Theme.id) == col(Laid.theme_id))
    rows = db.exec(laid.where(Theme.workshop_id == workshop.id).order_by(col(Laid.id))).all()
    notes = ever_on(theme.id, into, rows)
    seen = _in_room(actor, workshop)
    return Origin(workshop, seen, _quotes(db, actor, workshop, notes), trail=trail_of(db, workshop, theme.id))


def trail_of(db: Session, workshop: Workshop, theme_id: UUID) -> Trail:
    """The titles before and after a theme."""
    into, of, titles = _family(db, workshop)
    before = tuple(titles[each] for each in cut_from(theme_id, of))
    return Trail(theme_id, titles[theme_id], before, tuple(titles[each] for each in path(theme_id, into)[1:]))


def on_theme(db: Session, actor: Actor, theme: Theme) -> Sequence[Skeleton]:
    """The business cases drafted from a theme that somebody may read."""
    drafted = select(Source.skeleton_id).where(Source.theme_id == theme.id)
    return db.exec(
        seen_by(actor, Skeleton).where(col(Skeleton.id).in_(drafted)).order_by(col(Skeleton.id))
    ).all()


Parents = dict[UUID, UUID | None]


def _family(db: Session, workshop: Workshop) -> tuple[Parents, Parents, dict[UUID, str]]:
    """What each theme became part of, what it was cut from, what it is called."""
    rows = db.exec(select(Theme).where(Theme.workshop_id == workshop.id)).all()
    return (
        {each.id: each.into_id for each in rows},
        {each.id: each.from_id for each in rows},
        {each.id: each.title for each in rows},
    )


def _in_room(actor: Actor, workshop: Workshop) -> bool:
    return any(place in actor.seats for place in workshop.places)


def _quotes(db: Session, actor: Actor, workshop: Workshop, ids: Iterable[UUID]) -> tuple[Quote, ...]:
    wanted = list(dict.fromkeys(ids))
    states = dict(db.exec(select(Note.id, Note.state).where(col(Note.id).in_(wanted))).all())
    up = col(Note.id).in_(wanted), Note.state == NoteState.UP
    rows = select(Note, Company.name).join(Company, col(Company.id) == col(Note.company_id))
    read = {note.id: (note, name) for note, name in db.exec(rows.where(Note.visible_to(actor), *up)).all()}
    return tuple(
        _quote(*read[each], shown=not workshop.names_hidden)
        if each in read
        else Quote(each, NoteState(states[each]))
        for each in wanted
        if each in states
    )


def _quote(note: Note, company: str, *, shown: bool) -> Quote:
    return Quote(note.id, note.state, note.prompt, note.text, company if shown else "")


def _threads(db: Session, actor: Actor, ids: Sequence[UUID]) -> tuple[Thread, ...]:
    rows = seen_by(actor, Tie).where(col(Tie.id).in_(ids)).order_by(col(Tie.id))
    return tuple(Thread(each.kind, each.why) for each in db.exec(rows).all())
