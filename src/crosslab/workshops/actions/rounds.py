"""The rounds of a café: begun, ended, its seats mended while it is on, and its end."""

from datetime import timedelta

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, ON_THE_WALL, Verb
from crosslab.workshops.cafe import queries
from crosslab.workshops.cafe.bringing_out import bring_out
from crosslab.workshops.cafe.mending import loose
from crosslab.workshops.cafe.mending import mend as mend_seats
from crosslab.workshops.cafe.tables import Cafe
from crosslab.workshops.tables import Workshop
from crosslab.workshops.wall import seconds_left, tell

A_MINUTE = 60


def mend(db: Session, actor: Actor, cafe: Cafe, *, workshop: Workshop) -> int:
    """Seat those who came late, take away the seats of those who left. The round under way stays as it is."""
    with act(db, actor, Verb.WORKSHOPS_MEND, cafe) as event:
        event.facts["moved"] = moved = mend_seats(db, workshop, cafe)
        tell(db, workshop.id, "cafe", turn=cafe.turn)
    return moved


def begin_round(db: Session, actor: Actor, cafe: Cafe, *, workshop: Workshop, turn: int) -> None:
    """The next round begins and its clock runs; whoever came late gets a seat first. Pressed twice, it begins once."""
    with act(db, actor, Verb.WORKSHOPS_BEGIN_ROUND, cafe) as event:
        queries.hold(db, workshop)
        if workshop.state not in ON_THE_WALL:
            raise Refused(N_("Open the room first."))
        if cafe.turn >= cafe.rounds:
            raise Refused(N_("That was the last round."))
        if turn != cafe.turn + 1:
            raise Refused(N_("Round {turn} has begun already."), turn=cafe.turn)
        if loose(db, workshop, cafe):
            mend_seats(db, workshop, cafe)
        event.facts["turn"] = cafe.turn = turn
        workshop.left, workshop.ends_at = None, now() + timedelta(minutes=cafe.minutes)
        db.add(workshop)
        tell(db, workshop.id, "cafe", turn=turn)


def end_round(db: Session, actor: Actor, cafe: Cafe, *, workshop: Workshop) -> None:
    """The round is over: its cards go on the wall and can still be changed."""
    with act(db, actor, Verb.WORKSHOPS_END_ROUND, cafe) as event:
        event.facts["turn"] = cafe.turn
        event.facts["cards"] = bring_out(db, workshop, cafe.turn)
        cafe.rest = seconds_left(workshop)
        workshop.left = workshop.ends_at = None
        db.add(workshop)
        tell(db, workshop.id, "cafe", turn=cafe.turn)


def reopen_round(db: Session, actor: Actor, cafe: Cafe, *, workshop: Workshop, turn: int) -> None:
    """A round that was ended by mistake goes on, until the next one has begun or the café is over.

    Its clock has what was left, a minute at least. Cards that went on the wall stay there and change with their note.
    """
    with act(db, actor, Verb.WORKSHOPS_REOPEN_ROUND, cafe) as event:
        queries.hold(db, workshop)
        if workshop.state not in ON_THE_WALL:
            raise Refused(N_("Open the room first."))
        if turn != cafe.turn:
            raise Refused(N_("Round {turn} has begun already."), turn=cafe.turn)
        event.facts["turn"] = turn
        workshop.left, workshop.ends_at = None, now() + timedelta(seconds=max(A_MINUTE, cafe.rest or 0))
        db.add(workshop)
        tell(db, workshop.id, "cafe", turn=turn)


def close_cafe(db: Session, actor: Actor, cafe: Cafe, *, workshop: Workshop) -> None:
    """The café is over: cards are locked for participants."""
    with act(db, actor, Verb.WORKSHOPS_CLOSE_CAFE, cafe):
        bring_out(db, workshop)
        tell(db, workshop.id, "cafe", turn=cafe.turn)
