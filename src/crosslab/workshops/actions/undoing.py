"""Taking back what was done to themes: a merge, a split. What others did meanwhile stays, and refuses what it must."""

from datetime import datetime

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, Verb
from crosslab.workshops import queries
from crosslab.workshops.tables import Theme
from crosslab.workshops.wall import tell

BUILT_ON = N_(
    "Since the split something was laid on “{theme}”, voted for or drafted from it. "
    "It stays; merge the two themes instead."
)


def unmerge(db: Session, actor: Actor, theme: Theme) -> None:
    """A theme that became part of another is one of its own again: its notes and dots as far as they are still there.

    A note that was laid elsewhere since stays there; a dot that was given since stays where it was given.
    """
    with act(db, actor, Verb.WORKSHOPS_UNMERGE, theme) as event:
        queries.hold_themes(db, theme.workshop_id)
        into = queries.became(db, theme)
        if into is None or theme.ended_at is None:
            raise Refused(N_("This theme is one of its own already."))
        _stands(into)
        event.facts["theme"] = into.title
        _back(db, into, theme, at=theme.ended_at)
        for dot in queries.dots_from(db, into, theme):
            dot.theme_id, dot.came = theme.id, dot.came[:-1]
        theme.into_id = theme.ended_at = None
        tell(db, theme.workshop_id, "theme", id=theme.id)
        tell(db, theme.workshop_id, "theme", id=into.id)


def unsplit(db: Session, actor: Actor, theme: Theme) -> None:
    """A theme that was split off is part of the one it came from again, unless somebody has built on it since."""
    with act(db, actor, Verb.WORKSHOPS_UNSPLIT, theme) as event:
        queries.hold_themes(db, theme.workshop_id)
        whole = queries.cut_off(db, theme)
        if whole is None or theme.ended_at is not None:
            raise Refused(N_("This theme was not split off, or became part of another since."))
        _stands(whole)
        event.facts["theme"] = whole.title
        _back(db, theme, whole, at=theme.made_at)
        db.flush()
        if queries.is_built_on(db, theme):
            raise Refused(BUILT_ON, theme=theme.title)
        theme.into_id, theme.ended_at = whole.id, now()
        tell(db, theme.workshop_id, "theme gone", id=theme.id, into=whole.id)
        tell(db, theme.workshop_id, "theme", id=whole.id)


def _stands(theme: Theme) -> None:
    """Refuse when the other theme became part of a third one."""
    if theme.ended_at is not None:
        raise Refused(
            N_("“{theme}” became part of another theme since. Take those two apart first."), theme=theme.title
        )


def _back(db: Session, here: Theme, home: Theme, at: datetime) -> None:
    """The notes that went from home at an instant and lie here still, lie at home as though they had never gone."""
    for note, there, before in queries.went(db, home, here, at):
        before.until, note.theme_id = None, home.id
        db.delete(there)
