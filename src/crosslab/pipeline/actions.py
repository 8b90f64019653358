"""Everything that can happen to a consortium on the board."""

from datetime import date

from sqlmodel import Session

from crosslab.consortia.tables import Consortium
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_, PIPELINE, Stage, Verb

from . import queries
from .requirements import after, before, missing
from .tables import Card


def enter(db: Session, actor: Actor, consortium: Consortium) -> Card:
    """A consortium that was started comes onto the board of its programme."""
    card = Card(consortium_id=consortium.id, programme_id=consortium.programme_id, name=consortium.name)
    with act(db, actor, Verb.PIPELINE_ENTER, card) as event:
        event.facts["to"] = card.state
    return card


def advance(
    db: Session,
    actor: Actor,
    card: Card,
    *,
    reason: str = "",
    to: Stage | None = None,
    following: bool = False,
) -> None:
    """One stage on, when nothing is missing. What follows a recorded fact (`following`) asks for no gate."""
    with act(db, actor, Verb.PIPELINE_ADVANCE, card) as event:
        _one_step(card, to, after(card.state))
        if not following:
            _not_held(card)
            _gate_is_met(db, card)
        event.facts |= _moved(card, after(card.state), reason)


def send_back(db: Session, actor: Actor, card: Card, *, reason: str = "", to: Stage | None = None) -> None:
    """One stage back: a move that was too early, or work that has to be done again."""
    with act(db, actor, Verb.PIPELINE_SEND_BACK, card) as event:
        _one_step(card, to, before(card.state))
        _not_held(card)
        event.facts |= _moved(card, before(card.state), reason)


def hold(db: Session, actor: Actor, card: Card, *, reason: str) -> None:
    """Put on hold, with a reason the members read. Nothing moves until it is taken off hold."""
    with act(db, actor, Verb.PIPELINE_HOLD, card) as event:
        _not_held(card)
        if card.state is Stage.STOPPED:
            raise Refused(N_("It was stopped. Take it up again first."))
        card.held_since, card.reason = now(), reason
        event.facts["reason"] = reason


def resume(db: Session, actor: Actor, card: Card) -> None:
    """Take off hold. It goes on where it stood, and its time at the stage begins anew."""
    with act(db, actor, Verb.PIPELINE_RESUME, card):
        if card.held_since is None:
            raise Refused(N_("It is not on hold."))
        card.held_since, card.reason, card.moved_at = None, "", now()


def stop(db: Session, actor: Actor, card: Card, *, reason: str) -> None:
    """Stop a consortium, with a reason its members get by mail."""
    with act(db, actor, Verb.PIPELINE_STOP, card) as event:
        event.facts |= _moved(card, Stage.STOPPED, reason)
        card.held_since = None


def revive(db: Session, actor: Actor, card: Card, *, reason: str = "") -> None:
    """Take up again what was stopped; it starts over as a consortium."""
    with act(db, actor, Verb.PIPELINE_REVIVE, card) as event:
        event.facts |= _moved(card, Stage.CONSORTIUM, reason)


def note(db: Session, actor: Actor, card: Card, *, next_step: str, next_on: date | None = None) -> None:
    """What comes next and by when, for the managers of the programme alone."""
    with act(db, actor, Verb.PIPELINE_NOTE, card) as event:
        card.next_step, card.next_on = next_step, next_on
        event.facts["reason"] = next_step


def _moved(card: Card, to: Stage | None, reason: str) -> dict[str, str | None]:
    facts = {"from": card.state, "to": to, "reason": reason}
    card.moved_at, card.reason = now(), reason
    return facts


def _one_step(card: Card, wished: Stage | None, possible: Stage | None) -> None:
    if wished is not None and wished is not possible:
        raise Refused(
            N_("From “{here}” it goes to “{there}”, one stage at a time."),
            here=PIPELINE.names[card.state],
            there=PIPELINE.names[possible] if possible else PIPELINE.names[card.state],
        )


def _not_held(card: Card) -> None:
    if card.held_since is not None:
        raise Refused(N_("It is on hold. Take it off hold first."))


def _gate_is_met(db: Session, card: Card) -> None:
    lacking = missing(card.state, queries.gate(db, card))
    if lacking:
        raise Refused(
            N_("{name} cannot leave “{stage}” yet. Missing: {lacking}."),
            name=card.name,
            stage=PIPELINE.names[card.state],
            lacking=frozenset(each.words for each in lacking),
        )
