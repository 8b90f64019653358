"""A seating plan: who sits where in which round, and what it is worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

Rounds = list[list[list[int]]]
"""Rounds, of tables, of guests by their number."""


@dataclass(frozen=True)
class Guest:
    """Somebody who comes: for which organisation, which table they host, if any, and the tables they can reach.

    No table in `only` means every table.
    """

    id: str
    organisation: str = ""
    hosts: int | None = None
    only: frozenset[int] = frozenset()

    def fits(self, table: int) -> bool:
        """Whether they can sit there: hosts at their own table, others where they can reach."""
        return table == self.hosts if self.hosts is not None else not self.only or table in self.only


@dataclass(frozen=True)
class Worth:
    """What a plan is worth. Fewer is better in everything; `floor` is what nobody can go below.

    `again`: pairs of guests counted once for every two rounds in which they share a table.
    `inside`: meetings of two guests of one organisation. `back`: times a guest comes back to a table
    without hosting it.
    """

    again: int
    floor: int
    inside: int
    back: int
    met: int
    pairs: int


def worth(guests: Sequence[Guest], rounds: Rounds) -> Worth:
    """Count meetings, repeated meetings, meetings inside an organisation and returns to a table."""
    times: dict[tuple[int, int], int] = {}
    for pair in meetings(rounds):
        times[pair] = times.get(pair, 0) + 1
    inside = sum(n for (one, two), n in times.items() if _together(guests, one, two))
    return Worth(
        again=sum(comb(n, 2) for n in times.values()),
        floor=floor(rounds),
        inside=inside,
        back=_returns(guests, rounds),
        met=len(times),
        pairs=comb(len(guests), 2),
    )


def meetings(rounds: Rounds) -> Iterator[tuple[int, int]]:
    """Every two guests at one table, once a round."""
    for tables in rounds:
        for table in tables:
            yield from combinations(sorted(table), 2)


def floor(rounds: Rounds) -> int:
    """How many repeated meetings no plan of this shape can avoid, by the pigeonhole principle.

    Those who share a table in one round spread over the tables of any other round; when they are more
    than there are tables, some meet again.
    """
    return sum(
        sum(crowding(len(table), len(other)) for table in one) for one, other in combinations(rounds, 2)
    )


def crowding(people: int, places: int) -> int:
    """The fewest pairs that come together when people spread over places."""
    each, more = divmod(people, places)
    return (places - more) * comb(each, 2) + more * comb(each + 1, 2)


def _together(guests: Sequence[Guest], one: int, two: int) -> bool:
    own = guests[one].organisation
    return bool(own) and own == guests[two].organisation


def _returns(guests: Sequence[Guest], rounds: Rounds) -> int:
    been = [(guest, at) for tables in rounds for at, table in enumerate(tables) for guest in table]
    moving = [each for each in been if guests[each[0]].hosts is None]
    return len(moving) - len(set(moving))
