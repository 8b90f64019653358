"""Themes: piles of notes with a title, that keep their sources through merge and split; and the dots given to them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, Verb
from crosslab.workshops import queries
from crosslab.workshops.conditions import own_card
from crosslab.workshops.tables import Dot, Laid, Note, Theme, Workshop, signed
from crosslab.workshops.wall import tell

MOST = 40


def gather(db: Session, actor: Actor, workshop: Workshop, *, title: str, notes: Sequence[Note] = ()) -> Theme:
    """Make a theme, of these notes if any are given."""
    with act(db, actor, Verb.WORKSHOPS_GATHER, workshop) as event:
        if len(queries.themes(db, workshop)) >= MOST:
            raise Refused(N_("There are {most} themes already. Merge some first."), most=MOST)
        event.facts["theme"] = title
        made = _theme(db, workshop, title)
        for note in notes:
            _lay(db, note, made)
        tell(db, workshop.id, "theme", id=made.id)
    return made


def entitle(db: Session, actor: Actor, theme: Theme, *, title: str) -> None:
    """A theme is called otherwise."""
    with act(db, actor, Verb.WORKSHOPS_ENTITLE, theme):
        _alive(theme)
        theme.title = title
        tell(db, theme.workshop_id, "theme", id=theme.id)


def lay(db: Session, actor: Actor, note: Note, *, theme: Theme) -> None:
    """Lay a note on a theme; where it lay before is kept."""
    with act(db, actor, Verb.WORKSHOPS_LAY, note) as event:
        queries.hold_themes(db, note.workshop_id)
        _alive(theme)
        if theme.workshop_id != note.workshop_id:
            raise Refused(N_("This theme is of another wall."))
        event.facts["theme"] = theme.title
        _lay(db, note, theme)
        tell(db, note.workshop_id, "theme", id=theme.id)


def lift(db: Session, actor: Actor, note: Note) -> None:
    """Take a note off its theme."""
    with act(db, actor, Verb.WORKSHOPS_LIFT, note):
        theme_id = note.theme_id
        if theme_id is None:
            raise Refused(N_("This note lies on no theme."))
        _lay(db, note, None)
        tell(db, note.workshop_id, "theme", id=theme_id)


def merge(db: Session, actor: Actor, theme: Theme, *, into: Theme) -> None:
    """One theme becomes part of another: its notes and dots go along, and it leads there for ever."""
    with act(db, actor, Verb.WORKSHOPS_MERGE, theme) as event:
        queries.hold_themes(db, theme.workshop_id)
        _alive(theme)
        _alive(into)
        if theme.id == into.id or theme.workshop_id != into.workshop_id:
            raise Refused(N_("Choose another theme of this wall."), field="into")
        event.facts["theme"] = into.title
        theme.into_id, theme.ended_at = into.id, now()
        for note in queries.notes_on(db, theme):
            _lay(db, note, into, at=theme.ended_at)
        for dot in queries.dots_on(db, theme):
            dot.theme_id, dot.came = into.id, [*dot.came, str(theme.id)]
        tell(db, theme.workshop_id, "theme gone", id=theme.id, into=into.id)
        tell(db, theme.workshop_id, "theme", id=into.id)


def split(db: Session, actor: Actor, theme: Theme, *, title: str, notes: Sequence[Note]) -> Theme:
    """Some notes of a theme become a theme of their own, which knows where it came from. Dots stay."""
    with act(db, actor, Verb.WORKSHOPS_SPLIT, theme) as event:
        queries.hold_themes(db, theme.workshop_id)
        _alive(theme)
        here = {each.id for each in queries.notes_on(db, theme)}
        if not notes or not {note.id for note in notes} < here:
            raise Refused(N_("Choose some of its notes, but not all."), field="notes")
        event.facts["theme"] = title
        made = _theme(db, theme, title, of=theme)
        for note in notes:
            _lay(db, note, made, at=made.made_at)
        tell(db, theme.workshop_id, "theme", id=made.id)
    return made


def vote(db: Session, actor: Actor, workshop: Workshop, *, theme: Theme) -> None:
    """A participant gives one of their dots to a theme."""
    with act(db, actor, Verb.WORKSHOPS_VOTE, workshop) as event:
        card = own_card(db, actor, workshop.id)
        queries.hold(db, card)
        queries.keep_alive(db, theme)
        _alive(theme)
        event.facts |= signed(card)
        if queries.dots_given(db, card) >= workshop.dots:
            raise Refused(N_("You have given all your dots. Take one back first."))
        db.add(Dot(card_id=card.id, theme_id=theme.id))
        tell(db, workshop.id, "dots", id=theme.id)


def take_vote(db: Session, actor: Actor, workshop: Workshop, *, theme: Theme) -> None:
    """A participant takes a dot back from a theme."""
    with act(db, actor, Verb.WORKSHOPS_TAKE_VOTE, workshop) as event:
        card = own_card(db, actor, workshop.id)
        event.facts |= signed(card)
        dot = queries.dot_of(db, card, theme)
        if dot is None:
            raise Refused(N_("None of your dots is on this theme."))
        db.delete(dot)
        tell(db, workshop.id, "dots", id=theme.id)


def _theme(db: Session, wall: Workshop | Theme, title: str, of: Theme | None = None) -> Theme:
    workshop_id = wall.id if isinstance(wall, Workshop) else wall.workshop_id
    made = Theme(
        workshop_id=workshop_id,
        programme_id=wall.programme_id,
        title=title,
        from_id=of.id if of else None,
    )
    db.add(made)
    db.flush()
    return made


def _alive(theme: Theme) -> None:
    if theme.ended_at is not None:
        raise Refused(N_("This theme became part of another. Use that one."))


def _lay(db: Session, note: Note, theme: Theme | None, at: datetime | None = None) -> None:
    """Move a note between themes and keep from when until when it lay where: what moves at once has one instant."""
    at = at or now()
    if (there := queries.lying(db, note)) is not None:
        there.until = at
    note.theme_id = theme.id if theme else None
    if theme is not None:
        db.add(Laid(note_id=note.id, theme_id=theme.id, since=at))
