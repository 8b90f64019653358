"""A seating plan: who sits where in which round, and what it is worth."""

from collections import Counter
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
        floor=floor(guests, rounds),
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


def floor(guests: Sequence[Guest], rounds: Rounds) -> int:
    """How many repeated meetings no plan of this shape can avoid, by the pigeonhole principle.

    Those who share a table in one round spread over the tables of any other round; when they are more than there
    are tables, some meet again. Whoever hosts a table, and whoever can reach that table alone, meet every time.
    """
    spread = sum(
        crowding(len(table), len(other), len(_stuck(guests, table, at, other)))
        for one, other in combinations(rounds, 2)
        for at, table in enumerate(one)
    )
    return max(spread, _alternating(guests, rounds))


def _stuck(
    guests: Sequence[Guest], table: Sequence[int], at: int, other: Sequence[Sequence[int]]
) -> list[int]:
    """Who can sit nowhere else and so sits at this table in the other round too."""
    return [
        n
        for n in table
        if (guests[n].hosts == at or guests[n].only == {at}) and at < len(other) and n in other[at]
    ]


def _alternating(guests: Sequence[Guest], rounds: Rounds) -> int:
    """How often those who can reach a few tables meet the hosts of these and each other again, at least."""
    groups = {guest.only for guest in guests if guest.hosts is None and guest.only}
    return sum(_alternate(guests, rounds, only) for only in groups)


def _alternate(guests: Sequence[Guest], rounds: Rounds, only: frozenset[int]) -> int:
    group = [n for n, guest in enumerate(guests) if guest.hosts is None and guest.only == only]
    often = [sum(any(n in turn[at] for at in only) for turn in rounds) for n in group]
    hosted = all(
        any(guests[n].hosts == at and _stays(rounds, n, at) for n in range(len(guests))) for at in only
    )
    hosts = sum(crowding(times, len(only)) for times in often) if hosted else 0
    together = crowding(len(group), len(only)) * sum(
        all(any(n in turn[at] for at in only) for n in group) for turn in rounds
    )
    return hosts + (crowding(together, comb(len(group), 2)) if len(group) > 1 else 0)


def _stays(rounds: Rounds, guest: int, at: int) -> bool:
    return all(guest in turn[at] for turn in rounds)


def least_inside(guests: Sequence[Guest], rounds: Rounds) -> int:
    """How many meetings inside an organisation no plan of this shape avoids: where it has more people than tables."""
    firms = Counter(
        (turn, guests[n].organisation)
        for turn, tables in enumerate(rounds)
        for table in tables
        for n in table
        if guests[n].organisation
    )
    return sum(crowding(many, len(rounds[turn])) for (turn, _), many in firms.items())


def crowding(people: int, places: int, stuck: int = 0) -> int:
    """The fewest pairs that come together when people spread over places, so many of them stuck at one place."""
    each, more = divmod(people, places)
    if stuck > each + (more > 0):
        return comb(stuck, 2) + crowding(people - stuck, places - 1)
    return (places - more) * comb(each, 2) + more * comb(each + 1, 2)


def _together(guests: Sequence[Guest], one: int, two: int) -> bool:
    own = guests[one].organisation
    return bool(own) and own == guests[two].organisation


def _returns(guests: Sequence[Guest], rounds: Rounds) -> int:
    been = [(guest, at) for tables in rounds for at, table in enumerate(tables) for guest in table]
    moving = [each for each in been if guests[each[0]].hosts is None]
    return len(moving) - len(set(moving))
