"""What pages show of a café: the day as it stands, a try with other numbers, and one person's way through it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.rules import CafeState
from crosslab.workshops.seating import CannotSeat, Guest
from crosslab.workshops.tables import Card, Company, Presence, Workshop

from . import queries
from .plan import (
    MOST_PEOPLE,
    MOST_ROUNDS,
    MOST_TABLES,
    Rehearsal,
    as_rounds,
    crowd,
    guests,
    rehearsed,
    told,
)
from .tables import Cafe, CafeTable, Harvest, Seat
from .writing import may_keep


@dataclass
class Day:
    """A café as it stands."""

    cafe: Cafe | None
    tables: list[CafeTable]
    seats: queries.Seats
    cards: dict[tuple[int, int], Harvest]
    companies: dict[UUID, Company]
    coming: list[Card]
    moved: list[Seat]
    worth: Rehearsal | None
    hang: set[UUID]

    @property
    def turn(self) -> int:
        """The round that is under way, or the one to come; the last when all are over."""
        if self.cafe is None:
            return 1
        ahead = self.cafe.turn + (self.cafe.state is not CafeState.ROUND)
        return max(1, min(ahead, self.cafe.rounds))

    @property
    def minutes(self) -> int:
        return self.cafe.minutes if self.cafe else 20

    @property
    def question(self) -> str:
        """What all tables are asked, when they are asked the same."""
        asked = {table.question for table in self.tables}
        return asked.pop() if len(asked) == 1 else ""

    @property
    def people(self) -> dict[UUID, Card]:
        return {card.id: card for card in self.coming}

    @property
    def out(self) -> list[Harvest]:
        """The cards whose note hangs on the wall, the newest first. What was removed there is gone here."""
        out = (card for card in self.cards.values() if card.note_id in self.hang)
        return sorted(out, key=lambda each: each.id, reverse=True)

    @property
    def by_name(self) -> list[tuple[Card, dict[int, int]]]:
        """Everybody with their table in each round, by name."""
        ways: dict[UUID, dict[int, int]] = {}
        for turn, tables in self.seats.items():
            for at, people in tables.items():
                for card in people:
                    ways.setdefault(card.id, {})[turn] = at
        known = {
            card.id: card for tables in self.seats.values() for people in tables.values() for card in people
        }
        return sorted(
            ((known[each], way) for each, way in ways.items()), key=lambda one: one[0].name.casefold()
        )


def day(db: Session, workshop: Workshop) -> Day:
    """The day in a handful of queries."""
    cafe, tables = queries.cafe_of(db, workshop), queries.tables_of(db, workshop)
    rows, people = queries.seat_rows(db, workshop), queries.coming(db, workshop)
    seats = queries.seated(db, workshop)
    return Day(
        cafe=cafe,
        tables=tables,
        seats=seats,
        cards={(card.turn, card.at): card for card in queries.cards(db, workshop)},
        companies=queries.companies_of(db, workshop),
        coming=people,
        moved=[each for each in rows if cafe and each.was is not None and each.turn >= max(cafe.turn, 1)],
        worth=_worth(cafe, tables, rows, people),
        hang=queries.hanging(db, workshop),
    )


def _worth(
    cafe: Cafe | None, tables: list[CafeTable], rows: list[Seat], people: list[Card]
) -> Rehearsal | None:
    """What the seats that are made are worth."""
    sitting = {each.card_id for each in rows}
    here = [card for card in people if card.id in sitting]
    if cafe is None or len(here) < len(tables) or not tables:
        return None
    plan = as_rounds(rows, here, len(tables), cafe.rounds)
    return told(guests(here, tables, staying=cafe.staying), plan, len(tables))


@dataclass
class Try:
    """A rehearsal with numbers that somebody asked for; `worth` is None when it cannot be seated."""

    people: int
    tables: int
    rounds: int
    staying: bool
    worth: Rehearsal | None = None


def rehearsal(db: Session, workshop: Workshop, cafe: Cafe | None, asked: Mapping[str, str]) -> Try:
    """Try the numbers that were asked for; without any, only say what would be tried."""
    tables, people = queries.tables_of(db, workshop), queries.coming(db, workshop)
    firms = len(queries.companies_of(db, workshop))
    wish = Try(
        people=_between(asked.get("people"), len(people) or 40, 2, MOST_PEOPLE),
        tables=_between(asked.get("tables"), len(tables) or max(2, (len(people) or 40) // 5), 1, MOST_TABLES),
        rounds=_between(asked.get("rounds"), cafe.rounds if cafe else 3, 1, MOST_ROUNDS),
        staying=asked.get("staying") == "yes" if asked else (cafe.staying if cafe else True),
    )
    if "people" in asked:
        wish.worth = _tried(wish, firms)
    return wish


def _tried(wish: Try, firms: int) -> Rehearsal | None:
    try:
        invented: list[Guest] = crowd(wish.people, wish.tables, firms, staying=wish.staying)
        return rehearsed(invented, wish.tables, wish.rounds)
    except CannotSeat:
        return None


def _between(asked: str | None, usual: int, least: int, most: int) -> int:
    number = int(asked) if asked and asked.isdigit() and len(asked) < 5 else usual
    return max(least, min(number, most))


@dataclass
class Place:
    """One person's way: their seats, who sits with them, and the cards they may write, by round."""

    seats: dict[int, Seat]
    now: Seat | None
    next: Seat | None
    beside: list[Card]
    hosts: CafeTable | None
    takes: bool
    writes: dict[int, int] = field(default_factory=dict)


def place(db: Session, actor: Actor, workshop: Workshop, found: Day, card: Card) -> Place:
    """Where somebody sits now and next. Before seats are announced they know nothing of theirs."""
    cafe = found.cafe
    known = {} if cafe is None or cafe.state is CafeState.SKETCHED else _seats(db, card)
    turn, on = (cafe.turn, cafe.state is CafeState.ROUND) if cafe else (0, False)
    now = known.get(turn) if on else None
    beside = [] if now is None else found.seats.get(turn, {}).get(now.at, [])
    hosts = next((each for each in found.tables if each.host_id == card.id), None)
    writes = {t: at for t in range(1, turn + 1) for at in _at(known, hosts, found, card, t) if at}
    return Place(
        seats=known,
        now=now,
        next=known.get(turn + 1),
        beside=[each for each in beside if each.id != card.id],
        hosts=hosts,
        takes=now is not None and hosts is None and _no_host(found, now.at, beside),
        writes={t: at for t, at in writes.items() if may_keep(db, actor, workshop, t, at)},
    )


def _seats(db: Session, card: Card) -> dict[int, Seat]:
    return {each.turn: each for each in queries.seats_of(db, card)}


def _at(known: dict[int, Seat], hosts: CafeTable | None, found: Day, card: Card, turn: int) -> list[int]:
    """The table whose card of a round somebody might write: the one they write for, they host, or sat at."""
    named = [each.at for each in found.tables if each.writer_id == card.id]
    own = [hosts.at] if hosts else []
    return [*named, *own, *([known[turn].at] if turn in known else [])][:1]


def _no_host(found: Day, at: int, beside: list[Card]) -> bool:
    """Whether the host of a table is not in the room."""
    host = next((each.host_id for each in found.tables if each.at == at), None)
    present = {each.id for each in beside if each.presence in {Presence.HERE, Presence.LATE}}
    return host not in present
