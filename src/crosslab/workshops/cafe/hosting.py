"""Hosts: who is proposed, and who may hand a table on."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.workshops.tables import Card, Presence, Workshop

from . import queries
from .tables import Cafe, CafeTable


def name_hosts(people: Sequence[Card], tables: Sequence[CafeTable]) -> None:
    """A host for each table that has none among those who come: from the companies with the most people, one in turn.

    Whoever needs a table without steps hosts one of those, so that they meet nobody twice; no other one.
    """
    here = {card.id for card in people}
    for table in tables:
        if table.host_id not in here:
            table.host_id = None
    taken = {table.host_id for table in tables}
    many, given = Counter(card.company_id for card in people), Counter[object]()
    given.update(card.company_id for card in people if card.id in taken)
    for table in (each for each in tables if each.host_id is None):
        free = [card for card in people if card.id not in taken]
        best = min(
            free,
            key=lambda card: (
                card.near != table.near,
                given[card.company_id],
                -many[card.company_id],
                card.id,
            ),
        )
        table.host_id = best.id
        taken.add(best.id)
        given[best.company_id] += 1


def may_give(
    db: Session, actor: Actor, workshop: Workshop, cafe: Cafe, table: CafeTable, card: Card | None
) -> bool:
    """Whether a participant may: the host hands on to somebody at the table; without one here, one takes it oneself."""
    own, sitting = actor.cards.get(workshop.id), at_table(db, workshop, cafe.turn, table.at)
    if own is None or card is None or card.id not in {each.id for each in sitting}:
        return False
    present = [each.id for each in sitting if each.presence in {Presence.HERE, Presence.LATE}]
    return table.host_id == own if table.host_id in present else card.id == own


def at_table(db: Session, workshop: Workshop, turn: int, at: int) -> list[Card]:
    """Who sits at a table in a round."""
    return queries.seated(db, workshop).get(turn, {}).get(at, [])
