"""Mend a plan while the café is on: some did not come, some came late, and what was announced should hold."""

from collections.abc import Collection, Sequence
from random import Random

from .plan import Guest, Rounds, floor
from .search import Search, better

MOST_CHANGED = 0.15
"""The part of the announced seats that a repair may give to others."""


def repair(
    guests: Sequence[Guest],
    rounds: Rounds,
    *,
    begun: int,
    gone: Collection[int] = (),
    seed: int = 0,
    seconds: float = 0.8,
) -> Rounds:
    """The plan for those who are here; rounds that have begun stay as they were.

    `guests` may have grown at its end: whoever has no seat yet came late. Few announced seats change: a
    change is made where it spares repeated meetings, and never for more than `MOST_CHANGED` of the seats.
    """
    random = Random(seed)  # noqa: S311 - nothing secret: the same seed must give the same plan
    told = _seats(rounds, begun, gone)
    kept = _filled(guests, rounds, begun, gone)
    for dear in (0.35, 1.0, 4.0):
        search = Search(guests, [[list(t) for t in turn] for turn in kept], begun, told, dear)
        better(search, seconds / 3, random, floor(kept[begun:]))
        if changed(search.rounds, told) <= MOST_CHANGED * sum(map(len, told)):
            return search.rounds
    return kept


def changed(rounds: Rounds, told: Sequence[dict[int, int]]) -> int:
    """How many announced seats are others now."""
    now = _seats(rounds, 0, ())
    return sum(
        now[turn].get(guest) != table for turn, seats in enumerate(told) for guest, table in seats.items()
    )


def _seats(rounds: Rounds, begun: int, gone: Collection[int]) -> list[dict[int, int]]:
    """What was announced to those who are here, for the rounds to come."""
    return [
        {}
        if turn < begun
        else {guest: at for at, table in enumerate(tables) for guest in table if guest not in gone}
        for turn, tables in enumerate(rounds)
    ]


def _filled(guests: Sequence[Guest], rounds: Rounds, begun: int, gone: Collection[int]) -> Rounds:
    """The plan without those who are gone, with those who came late, and with tables as full as each other."""
    seated = {guest for table in rounds[0] for guest in table} if rounds else set()
    late = [number for number in range(len(guests)) if number not in seated and number not in gone]
    kept = [[list(table) for table in turn] for turn in rounds[:begun]]
    for turn in rounds[begun:]:
        tables = [[guest for guest in table if guest not in gone] for table in turn]
        for number in late:
            host = guests[number].hosts
            (min(tables, key=len) if host is None else tables[host]).append(number)
        _level(guests, tables)
        kept.append(tables)
    return kept


def _level(guests: Sequence[Guest], tables: list[list[int]]) -> None:
    """Move people from the fullest table to the emptiest until they differ by one at most."""
    while True:
        fullest, emptiest = max(tables, key=len), min(tables, key=len)
        movable = [number for number in fullest if guests[number].hosts is None]
        if len(fullest) - len(emptiest) <= 1 or not movable:
            return
        fullest.remove(movable[-1])
        emptiest.append(movable[-1])
