"""From people and tables to a seating plan and back: what the planner of seats is told, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from crosslab.workshops.seating import CannotSeat, Guest, Rounds, Worth, proposal, seat, shuffled, worth
from crosslab.workshops.tables import Card

from .tables import CafeTable, Seat

QUICK = 0.5
MOST_PEOPLE, MOST_TABLES, MOST_ROUNDS = 300, 60, 8


@dataclass(frozen=True)
class Rehearsal:
    """What a plan would be worth, beside seats drawn by lot; and the number of tables that would be better."""

    people: int
    tables: int
    rounds: int
    worth: Worth
    by_lot: int
    better: int | None

    @property
    def smallest(self) -> int:
        return self.people // self.tables

    @property
    def largest(self) -> int:
        return -(-self.people // self.tables)

    @property
    def meets(self) -> int:
        """How many others each meets on average, rounded down."""
        return 2 * self.worth.met // self.people


def guests(cards: Sequence[Card], tables: Sequence[CafeTable], *, staying: bool) -> list[Guest]:
    """What the planner knows of people: their company, the table they host, the tables they can reach."""
    hosts = {table.host_id: table.at - 1 for table in tables if table.host_id} if staying else {}
    near = frozenset(table.at - 1 for table in tables if table.near)
    return [
        Guest(
            str(card.id),
            str(card.company_id),
            hosts.get(card.id),
            near if card.near and card.id not in hosts else frozenset(),
        )
        for card in cards
    ]


def crowd(people: int, tables: int, firms: int, *, staying: bool) -> list[Guest]:
    """Invented people for a rehearsal before anybody has come: as many from each firm, a host for each table."""
    own = max(firms, 1)
    return [
        Guest(f"g{n}", f"firm {n % own}" if firms else "", n if staying and n < tables else None)
        for n in range(people)
    ]


def rehearsed(people: Sequence[Guest], tables: int, rounds: int) -> Rehearsal:
    """Seat them for a try. Raises `CannotSeat`."""
    return told(people, seat(people, tables, rounds, seconds=QUICK), tables)


def told(people: Sequence[Guest], plan: Rounds, tables: int) -> Rehearsal:
    """What a plan is worth. Another number of tables is named only where it spares repeated meetings."""
    found = worth(people, plan)
    lot = shuffled(people, tables, len(plan), Random(1))  # noqa: S311 - what chance would do
    other = proposal(people, tables, len(plan)) if found.again else None
    return Rehearsal(
        len(people), tables, len(plan), found, worth(people, lot).again, other if other != tables else None
    )


def rows(workshop_id: UUID, cards: Sequence[Card], plan: Rounds, first: int = 1) -> list[Seat]:
    """A plan as seats, from round `first` on."""
    return [
        Seat(workshop_id=workshop_id, turn=turn, card_id=cards[number].id, at=at)
        for turn, tables in enumerate(plan, 1)
        if turn >= first
        for at, people in enumerate(tables, 1)
        for number in people
    ]


def as_rounds(seats: Sequence[Seat], cards: Sequence[Card], tables: int, rounds: int) -> Rounds:
    """Seats as a plan over these people."""
    number = {card.id: n for n, card in enumerate(cards)}
    plan: Rounds = [[[] for _ in range(tables)] for _ in range(rounds)]
    for each in seats:
        if each.card_id in number and each.turn <= rounds and each.at <= tables:
            plan[each.turn - 1][each.at - 1].append(number[each.card_id])
    return plan


__all__ = [
    "MOST_PEOPLE", "MOST_ROUNDS", "MOST_TABLES", "CannotSeat", "Rehearsal", "as_rounds", "crowd", "guests",
    "rehearsed", "rows", "told",
]  # fmt: skip
