"""Who writes the card of a table."""

from uuid import UUID

from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.workshops.conditions import own_card, runs
from crosslab.workshops.tables import Presence, Workshop

from . import queries
from .hosting import at_table
from .tables import CafeTable


def may_keep(db: Session, actor: Actor, workshop: Workshop, turn: int, at: int) -> bool:
    """Its host, whoever was named, whoever wrote it first; where no host is in the room, whoever sat there."""
    table = next((each for each in queries.tables_of(db, workshop) if each.at == at), None)
    if table is None:
        return False
    if runs(actor, workshop):
        return True
    own = own_card(db, actor, workshop.id).id
    card = queries.card_at(db, workshop, turn, at)
    if own in {table.host_id, table.writer_id, card.card_id if card else None}:
        return True
    return not _is_hosted(db, workshop, table) and own in {
        each.id for each in at_table(db, workshop, turn, at)
    }


def _is_hosted(db: Session, workshop: Workshop, table: CafeTable) -> bool:
    here: set[UUID] = {
        each.id for each in queries.coming(db, workshop) if each.presence in {Presence.HERE, Presence.LATE}
    }
    return bool({table.host_id, table.writer_id} & here)
