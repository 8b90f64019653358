"""Mend a plan while the café is on: some did not come, some came late, and what was announced should hold."""

from collections.abc import Collection, Sequence
from random import Random

from .plan import Guest, Rounds
from .search import Search, better, least

MOST_CHANGED = 0.15
"""The part of the announced seats that a repair may give to others."""
COOL = 0.2
"""A plan that is nearly right is bettered without first being shaken."""


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
    for dear in (0.15, 0.6, 4.0):
        search = Search(guests, [[list(t) for t in turn] for turn in kept], begun, told, dear)
        better(search, seconds / 3, random, least(guests, kept[begun:]), hot=COOL)
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
    """The plan without those who are gone, with those who came late, with hosts at their tables, all tables alike."""
    kept = [[list(table) for table in turn] for turn in rounds[:begun]]
    for turn in rounds[begun:]:
        tables = [[n for n in table if n not in gone and guests[n].fits(at)] for at, table in enumerate(turn)]
        sitting = {number for table in tables for number in table}
        for number in sorted(
            set(range(len(guests))) - sitting - set(gone), key=lambda n: (guests[n].hosts is None, n)
        ):
            min((tables[at] for at in range(len(tables)) if guests[number].fits(at)), key=len).append(number)
        _level(guests, tables)
        kept.append(tables)
    return kept


def _level(guests: Sequence[Guest], tables: list[list[int]]) -> None:
    """Move people from the fullest table to the emptiest they can reach, until they differ by one at most."""
    while True:
        emptiest = min(range(len(tables)), key=lambda at: len(tables[at]))
        fullest = max(
            (
                at
                for at, table in enumerate(tables)
                if any(guests[n].hosts is None and guests[n].fits(emptiest) for n in table)
            ),
            key=lambda at: len(tables[at]),
            default=emptiest,
        )
        if len(tables[fullest]) - len(tables[emptiest]) <= 1:
            return
        number = [n for n in tables[fullest] if guests[n].hosts is None and guests[n].fits(emptiest)][-1]
        tables[fullest].remove(number)
        tables[emptiest].append(number)
