"""Looking for somebody in a full room: by a name or a company, so many at once, by company."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from crosslab.workshops.tables import Card, Company

from .shown import Day
from .tables import CafeTable

MOST_SHOWN = 50
"""As many people as a list shows before somebody says whom they look for."""
MOST_ASKED = 80


@dataclass(frozen=True)
class Crowd:
    """Who was found of all in the room, those that are shown by company, in order."""

    asked: str
    all: int
    found: int
    shown: int
    by_company: list[tuple[Company, list[Card]]]


def crowd(people: Sequence[Card], companies: Mapping[UUID, Company], asked: str) -> Crowd:
    """Those whose name or company holds what was asked for, whatever its capitals; of nobody asked for, the first."""
    wish = asked.strip()[:MOST_ASKED]
    found = matching(people, companies, wish)
    shown = found[:MOST_SHOWN]
    by_company = [
        (companies[each], list(cards)) for each, cards in groupby(shown, key=lambda card: card.company_id)
    ]
    return Crowd(wish, len(people), len(found), len(shown), by_company)


def matching(people: Sequence[Card], companies: Mapping[UUID, Company], asked: str) -> list[Card]:
    """Whose name or company holds these letters."""
    wish = asked.strip().casefold()
    return [
        card
        for card in people
        if wish in card.name.casefold() or wish in companies[card.company_id].name.casefold()
    ]


def at_hand(day: Day, table: CafeTable, asked: str) -> tuple[list[Card], int]:
    """Whom to choose from for a table, and how many of these were found.

    That is who was asked for, else who sits there, else the first; its host and its writer are there always.
    """
    wish, sitting = asked.strip()[:MOST_ASKED], day.seats.get(day.turn, {}).get(table.at, [])
    found = matching(day.coming, day.companies, wish) if wish else sitting or day.coming
    chosen = [day.people[each] for each in (table.host_id, table.writer_id) if each in day.people]
    return list({card.id: card for card in [*chosen, *found[:MOST_SHOWN]]}.values()), len(found[:MOST_SHOWN])
