"""Threads between notes: what the companies could have to do with each other."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import N_, NoteState, Verb
from crosslab.workshops import queries
from crosslab.workshops.conditions import own_card, runs
from crosslab.workshops.links import LinkKind
from crosslab.workshops.tables import Note, Tie, Workshop
from crosslab.workshops.wall import tell


def tie(
    db: Session,
    actor: Actor,
    workshop: Workshop,
    *,
    one: Note,
    two: Note,
    kind: LinkKind,
    why: str = "",
    key: str,
) -> Tie:
    """Tie a note of one's own company to a note of another, saying what it is. Sent twice, it is tied once."""
    with act(db, actor, Verb.WORKSHOPS_TIE, workshop):
        there = queries.tie_by_key(db, workshop, key)
        if there is not None:
            return there
        card = None if runs(actor, workshop) else own_card(db, actor, workshop.id)
        if card is not None and card.company_id != one.company_id:
            raise Refused(N_("Begin a thread at a note of your own company."), field="one")
        _fit(workshop, one, two)
        made = Tie(
            workshop_id=workshop.id,
            programme_id=workshop.programme_id,
            key=key,
            from_id=one.id,
            to_id=two.id,
            kind=kind,
            why=why,
            card_id=card.id if card else None,
        )
        db.add(made)
        tell(db, workshop.id, "tie", id=made.id)
    return made


def untie(db: Session, actor: Actor, tie: Tie, *, workshop: Workshop) -> None:
    """Whoever tied a thread, or the facilitator, takes it away. Its trace stays."""
    with act(db, actor, Verb.WORKSHOPS_UNTIE, tie):
        mine = tie.card_id is not None and tie.card_id == actor.cards.get(workshop.id)
        if not mine and not runs(actor, workshop):
            raise Forbidden(N_("Only whoever tied a thread, and the facilitator, can take it away."))
        if tie.untied_at is not None:
            raise Refused(N_("This thread is gone already."))
        tie.untied_at = now()
        tell(db, workshop.id, "tie gone", id=tie.id)


def _fit(workshop: Workshop, one: Note, two: Note) -> None:
    """Both notes hang on this wall, under two companies."""
    if {one.workshop_id, two.workshop_id} != {workshop.id} or {one.state, two.state} != {NoteState.UP}:
        raise Refused(N_("One of the notes is no longer on the wall."))
    if one.company_id == two.company_id:
        raise Refused(N_("Tie it to a note of another company."), field="two")
