"""What the board does by itself when something happened elsewhere. Right when late, and when twice."""

from uuid import UUID

from sqlmodel import Session, select

from crosslab.consortia.tables import Consortium
from crosslab.core.actor import SYSTEM
from crosslab.core.events import Event
from crosslab.funding.tables import Application
from crosslab.rules import N_, Stage, Verb

from . import actions, queries
from .requirements import COLUMNS
from .tables import Card

REACHES = {
    Verb.FUNDING_SUBMIT: (Stage.SUBMITTED, N_("The application was submitted.")),
    Verb.FUNDING_AWARD: (Stage.FUNDED, N_("The award was recorded.")),
}


def enter(db: Session, event_id: str) -> None:
    """Put a consortium that was started onto the board."""
    event = db.exec(select(Event).where(Event.id == UUID(event_id))).one()
    consortium = db.exec(select(Consortium).where(Consortium.id == event.thing_id)).one()
    if queries.card_of_consortium(db, consortium.id) is None:
        actions.enter(db, SYSTEM, consortium)


def follow(db: Session, event_id: str) -> None:
    """Move a consortium to where a fact has taken it: submitted, funded, or stopped because it dissolved."""
    event = db.exec(select(Event).where(Event.id == UUID(event_id))).one()
    card = queries.card_of_consortium(db, _consortium_id(db, event))
    if card is None or card.state is Stage.STOPPED:
        return
    if event.verb is Verb.CONSORTIA_DISSOLVE:
        actions.stop(db, SYSTEM, card, reason=N_("The consortium dissolved."))
    elif event.verb in REACHES:
        _reach(db, card, *REACHES[event.verb])


def _consortium_id(db: Session, event: Event) -> UUID:
    if event.kind == Consortium.__tablename__:
        return event.thing_id
    return db.exec(select(Application.consortium_id).where(Application.id == event.thing_id)).one()


def _reach(db: Session, card: Card, stage: Stage, reason: str) -> None:
    while COLUMNS.index(card.state) < COLUMNS.index(stage):
        actions.advance(db, SYSTEM, card, reason=reason, following=True)
