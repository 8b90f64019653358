"""Simulated annealing over seating plans: two guests of one round change tables, again and again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from .plan import Guest, Rounds, meetings, worth

INSIDE = 40.0
"""What two guests of one organisation at one table cost, in repeated meetings of two guests."""
BACK = 0.3
"""What coming back to a table costs."""
HOT, COLD = 0.9, 0.12
"""How dear a worsening may be at first and at last: a plan that is nearly right starts cold."""
LOOK = 256
"""Tries between two looks at the clock."""


@dataclass
class Search:
    """A plan being bettered. `first` is the first round that may still change; `announced` seats are dear."""

    guests: Sequence[Guest]
    rounds: Rounds
    first: int = 0
    announced: Sequence[dict[int, int]] = ()
    dear: float = 0.0
    at: list[list[int]] = field(init=False)
    cost: list[list[float]] = field(init=False)
    been: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        many, tables = len(self.guests), max(map(len, self.rounds))
        own = [guest.organisation for guest in self.guests]
        self.cost = [[INSIDE if a and a == b else 0.0 for b in own] for a in own]
        self.been = [[0] * tables for _ in range(many)]
        self.at = [[-1] * many for _ in self.rounds]
        for one, two in meetings(self.rounds):
            self.cost[one][two] += 1
            self.cost[two][one] += 1
        for turn, seats in enumerate(self.rounds):
            for table, people in enumerate(seats):
                for guest in people:
                    self.at[turn][guest] = table
                    self.been[guest][table] += 1

    def gain(self, turn: int, one: int, two: int) -> float:
        """What the plan's cost changes by when two guests of a round change places."""
        here, there = self.at[turn][one], self.at[turn][two]
        first, second = self.rounds[turn][here], self.rounds[turn][there]
        ones, twos = self.cost[one], self.cost[two]
        change = len(first) + len(second) - 2.0
        for other in first:
            if other != one:
                change += twos[other] - ones[other]
        for other in second:
            if other != two:
                change += ones[other] - twos[other]
        one_been, two_been = self.been[one], self.been[two]
        change += BACK * (one_been[there] - one_been[here] + two_been[here] - two_been[there] + 2)
        return change + self._dearer(turn, one, here, there) + self._dearer(turn, two, there, here)

    def swap(self, turn: int, one: int, two: int) -> None:
        """Two guests of a round change places."""
        here, there = self.at[turn][one], self.at[turn][two]
        first, second = self.rounds[turn][here], self.rounds[turn][there]
        first.remove(one)
        second.remove(two)
        for people, comes, goes in ((first, two, one), (second, one, two)):
            for other in people:
                self._meet(comes, other, 1)
                self._meet(goes, other, -1)
        first.append(two)
        second.append(one)
        self._move(turn, one, here, there)
        self._move(turn, two, there, here)

    def _meet(self, one: int, two: int, times: int) -> None:
        self.cost[one][two] += times
        self.cost[two][one] += times

    def _move(self, turn: int, guest: int, here: int, there: int) -> None:
        self.at[turn][guest] = there
        self.been[guest][here] -= 1
        self.been[guest][there] += 1

    def _dearer(self, turn: int, guest: int, here: int, there: int) -> float:
        """An announced seat that is given up costs; one that is taken up again is given back."""
        told = self.announced[turn].get(guest) if self.announced else None
        if told is None:
            return 0.0
        return self.dear * ((there != told) - (here != told))


def better(search: Search, seconds: float, random: Random, goal: int, hot: float = HOT) -> None:
    """Better the plan in place until the goal is reached or the time is over."""
    if _reached(search, goal):
        return
    movers = [n for n, guest in enumerate(search.guests) if guest.hosts is None]
    turns = range(search.first, len(search.rounds))
    if len(movers) < 2 or not turns:
        return
    start = perf_counter()
    best, at_best, total = 0.0, _copy(search.rounds), 0.0
    while (spent := (perf_counter() - start) / seconds) < 1:
        heat = hot * (COLD / hot) ** spent
        for _ in range(LOOK):
            total += _try(search, movers, turns, heat, random)
        if total < best - 1e-9:
            best, at_best = total, _copy(search.rounds)
            if _reached(search, goal):
                break
    search.rounds[:] = at_best


def _try(search: Search, movers: list[int], turns: range, heat: float, random: Random) -> float:
    turn = turns[int(random.random() * len(turns))]
    one, two = movers[int(random.random() * len(movers))], movers[int(random.random() * len(movers))]
    at = search.at[turn]
    here, there = at[one], at[two]
    if here == there or here < 0 or there < 0:
        return 0.0
    if not (search.guests[one].fits(there) and search.guests[two].fits(here)):
        return 0.0
    change = search.gain(turn, one, two)
    if change > 0 and random.random() >= math.exp(-change / heat):
        return 0.0
    search.swap(turn, one, two)
    return change


def _reached(search: Search, goal: int) -> bool:
    now = worth(search.guests, search.rounds)
    return now.again <= goal and now.inside == 0


def _copy(rounds: Rounds) -> Rounds:
    return [[list(table) for table in tables] for tables in rounds]
