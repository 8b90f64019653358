"""Running the room: its steps, its clock, its lock, its names."""

from datetime import timedelta

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, Verb
from crosslab.workshops.cafe.bringing_out import bring_out
from crosslab.workshops.tables import Workshop
from crosslab.workshops.wall import tell

MOST_MINUTES = 180


def begin(db: Session, actor: Actor, workshop: Workshop, *, minutes: int | None = None) -> None:
    """Whoever runs it opens the wall: writing begins."""
    with act(db, actor, Verb.WORKSHOPS_BEGIN, workshop):
        _wind(workshop, minutes)
    tell(db, workshop.id, "step", step=workshop.state)


def advance(db: Session, actor: Actor, workshop: Workshop, *, minutes: int | None = None) -> None:
    """The room goes to the next step, with a fresh clock."""
    with act(db, actor, Verb.WORKSHOPS_ADVANCE, workshop):
        _wind(workshop, minutes)
    tell(db, workshop.id, "step", step=workshop.state)


def go_back(db: Session, actor: Actor, workshop: Workshop, *, minutes: int | None = None) -> None:
    """The room goes back a step. Nothing that was done is undone."""
    with act(db, actor, Verb.WORKSHOPS_GO_BACK, workshop):
        _wind(workshop, minutes)
    tell(db, workshop.id, "step", step=workshop.state)


def finish(db: Session, actor: Actor, workshop: Workshop) -> None:
    """The workshop is over. Its results stay."""
    with act(db, actor, Verb.WORKSHOPS_FINISH, workshop):
        bring_out(db, workshop)
        _wind(workshop, None)
    tell(db, workshop.id, "step", step=workshop.state)


def cancel(db: Session, actor: Actor, workshop: Workshop) -> None:
    """A planned workshop does not take place."""
    with act(db, actor, Verb.WORKSHOPS_CANCEL, workshop):
        pass


def set_time(db: Session, actor: Actor, workshop: Workshop, *, minutes: int = 0, more: int = 0) -> None:
    """So many minutes from now, or so many more; nothing happens by itself when they are over."""
    with act(db, actor, Verb.WORKSHOPS_SET_TIME, workshop):
        if not 0 <= minutes + more <= MOST_MINUTES:
            raise Refused(N_("Between 0 and {most} minutes."), field="minutes", most=MOST_MINUTES)
        if more and workshop.left is not None:
            workshop.left += 60 * more
        elif more:
            workshop.ends_at = max(workshop.ends_at or now(), now()) + timedelta(minutes=more)
        else:
            _wind(workshop, minutes or None)
        tell(db, workshop.id, "clock")


def pause(db: Session, actor: Actor, workshop: Workshop) -> None:
    """The clock stands still and keeps what is left."""
    with act(db, actor, Verb.WORKSHOPS_PAUSE, workshop):
        if workshop.ends_at is None:
            raise Refused(N_("The clock is not running."))
        workshop.left = max(0, int((workshop.ends_at - now()).total_seconds()))
        workshop.ends_at = None
        tell(db, workshop.id, "clock")


def go_on(db: Session, actor: Actor, workshop: Workshop) -> None:
    """The clock runs on from where it stood."""
    with act(db, actor, Verb.WORKSHOPS_GO_ON, workshop):
        if workshop.left is None:
            raise Refused(N_("The clock is not paused."))
        workshop.ends_at, workshop.left = now() + timedelta(seconds=workshop.left), None
        tell(db, workshop.id, "clock")


def lock(db: Session, actor: Actor, workshop: Workshop) -> None:
    """Participants cannot write or change notes for a while."""
    with act(db, actor, Verb.WORKSHOPS_LOCK, workshop):
        workshop.locked = True
        tell(db, workshop.id, "lock", locked=True)


def unlock(db: Session, actor: Actor, workshop: Workshop) -> None:
    """Participants can write again."""
    with act(db, actor, Verb.WORKSHOPS_UNLOCK, workshop):
        workshop.locked = False
        tell(db, workshop.id, "lock", locked=False)


def hide_names(db: Session, actor: Actor, workshop: Workshop) -> None:
    """Nobody reads which person wrote what until names are shown again; a note stays under its company."""
    with act(db, actor, Verb.WORKSHOPS_HIDE_NAMES, workshop):
        workshop.names_hidden = True
        tell(db, workshop.id, "names", hidden=True)


def show_names(db: Session, actor: Actor, workshop: Workshop) -> None:
    """The wall says again who wrote what."""
    with act(db, actor, Verb.WORKSHOPS_SHOW_NAMES, workshop):
        workshop.names_hidden = False
        tell(db, workshop.id, "names", hidden=False)


def _wind(workshop: Workshop, minutes: int | None) -> None:
    workshop.left = None
    workshop.ends_at = now() + timedelta(minutes=minutes) if minutes else None
