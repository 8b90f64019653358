"""Seats put right while the café is on: who has none, who has left one, and what changes for those who were told."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.rules import CafeState
from crosslab.workshops.seating import Rounds, repair
from crosslab.workshops.tables import Card, Workshop

from . import queries
from .plan import as_rounds, guests
from .tables import Cafe, CafeTable, Seat


@dataclass(frozen=True)
class Loose:
    """What a plan no longer fits: people without a seat in a round to come, and people who left one behind."""

    unseated: list[Card]
    gone: list[Card]

    def __bool__(self) -> bool:
        return bool(self.unseated or self.gone)


def loose(db: Session, workshop: Workshop, cafe: Cafe) -> Loose:
    """Who came after the seats were made, and who has a seat in a round to come and is not here."""
    ahead = [each for each in queries.seat_rows(db, workshop) if each.turn > cafe.turn]
    told = {each.card_id for each in ahead}
    here = {card.id: card for card in queries.coming(db, workshop)}
    away = db.exec(select(Card).where(Card.workshop_id == workshop.id)).all()
    if cafe.turn >= cafe.rounds:
        return Loose([], [])
    return Loose(
        [card for card in here.values() if card.id not in told],
        [card for card in away if card.id in told and card.id not in here],
    )


def mend(db: Session, workshop: Workshop, cafe: Cafe) -> int:
    """Seat whoever has none, free the seats of those who left; what has begun stays. How many seats moved."""
    queries.hold(db, workshop)
    tables, seats = queries.tables_of(db, workshop), queries.seat_rows(db, workshop)
    here = {card.id for card in queries.coming(db, workshop)}
    known = here | {each.card_id for each in seats}
    people = [card for card in _everybody(db, workshop) if card.id in known]
    gone = {n for n, card in enumerate(people) if card.id not in here}
    plan = as_rounds(seats, people, len(tables), cafe.rounds)
    after = repair(guests(people, tables, staying=cafe.staying), plan, begun=cafe.turn, gone=gone)
    if cafe.state is CafeState.ROUND:
        _chairs(db, workshop, cafe, people, tables, plan[cafe.turn - 1], gone)
    return _kept(db, workshop, seats, people, after, cafe.turn)


def _everybody(db: Session, workshop: Workshop) -> Sequence[Card]:
    return db.exec(select(Card).where(Card.workshop_id == workshop.id).order_by(col(Card.id))).all()


def _chairs(
    db: Session,
    workshop: Workshop,
    cafe: Cafe,
    people: Sequence[Card],
    tables: Sequence[CafeTable],
    turn: list[list[int]],
    gone: set[int],
) -> None:
    """In the round under way nobody moves; whoever came late gets a chair where the fewest sit."""
    sitting = {number for table in turn for number in table}
    all_guests = guests(people, tables, staying=cafe.staying)
    for number, card in enumerate(people):
        if number in sitting or number in gone:
            continue
        at = min(
            (each for each in range(len(turn)) if all_guests[number].fits(each)),
            key=lambda each: len([n for n in turn[each] if n not in gone]),
        )
        turn[at].append(number)
        db.add(Seat(workshop_id=workshop.id, turn=cafe.turn, card_id=card.id, at=at + 1))


def _kept(
    db: Session, workshop: Workshop, seats: Sequence[Seat], people: Sequence[Card], after: Rounds, begun: int
) -> int:
    """Write the rounds to come; a seat that moved remembers what was told."""
    wanted = {
        (turn, people[n].id): at
        for turn, tables in enumerate(after, 1)
        if turn > begun
        for at, table in enumerate(tables, 1)
        for n in table
    }
    moved = 0
    for seat in seats:
        if seat.turn <= begun:
            continue
        at = wanted.pop((seat.turn, seat.card_id), None)
        if at is None:
            db.delete(seat)
        elif at != seat.at:
            moved += 1
            was = seat.at if seat.was is None else seat.was
            seat.at, seat.was = at, was if was != at else None
    db.add_all(_new(workshop.id, wanted))
    db.flush()
    return moved


def _new(workshop_id: UUID, wanted: dict[tuple[int, UUID], int]) -> list[Seat]:
    return [
        Seat(workshop_id=workshop_id, turn=turn, card_id=who, at=at) for (turn, who), at in wanted.items()
    ]
