"""Simulated annealing over seating plans: two guests of one round change tables, again and again.

What everybody would cost at every table of every round is kept at hand, so that a change is weighed in a few steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import exp
from random import Random
from time import thread_time

from .plan import Guest, Rounds, floor, least_inside, meetings, worth

Chance = Callable[[], float]
"""A number between 0 and 1, another one each time."""
INSIDE = 40.0
"""What two guests of one organisation at one table cost, in repeated meetings of two guests."""
BACK = 0.3
"""What coming back to a table costs."""
NEVER = 1e6
"""What a table costs that a guest cannot reach."""
HOT, COLD, COOLINGS = 0.3, 0.12, 4
"""How dear a worsening may be at first and at last, and how often it cools; a plan nearly right starts cold."""
HOPELESS = 7
"""A worsening of so many times the heat is not even tried: one in a thousand would be kept."""
LOOK = 512
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
    weight: list[list[list[float]]] = field(init=False)

    def __post_init__(self) -> None:
        own = [guest.organisation for guest in self.guests]
        self.cost = [
            [INSIDE if a and a == b and one != two else 0.0 for two, b in enumerate(own)]
            for one, a in enumerate(own)
        ]
        self.at = [[-1] * len(own) for _ in self.rounds]
        for one, two in meetings(self.rounds):
            self.cost[one][two] += 1
            self.cost[two][one] += 1
        for turn, tables in enumerate(self.rounds):
            for table, people in enumerate(tables):
                for guest in people:
                    self.at[turn][guest] = table
        self.weight = [self._weights(turn) for turn in range(len(self.rounds))]

    def _weights(self, turn: int) -> list[list[float]]:
        """What each guest costs at each table of a round; the place after the last is for whoever sits nowhere."""
        tables = self.rounds[turn]
        if turn < self.first:
            return []
        return [
            [self._own(turn, guest, table) + self._met(turn, guest, table) for table in range(len(tables))]
            + [0.0]
            for guest in range(len(self.guests))
        ]

    def _met(self, turn: int, guest: int, table: int) -> float:
        """Whom they would meet there that they meet elsewhere, or must not meet."""
        people, own = self.rounds[turn][table], self.cost[guest]
        here = len(people) - 1 if self.at[turn][guest] == table else 0
        return sum([own[other] for other in people]) - here

    def _own(self, turn: int, guest: int, table: int) -> float:
        """What a table costs a guest whoever else sits there: coming back, giving up what was announced."""
        who = self.guests[guest]
        if who.hosts is not None:
            return 0.0
        back = BACK * sum(seats[guest] == table for other, seats in enumerate(self.at) if other != turn)
        told = self.announced[turn].get(guest, table) if self.announced else table
        return back + (self.dear if told != table else 0.0) + (0.0 if who.fits(table) else NEVER)

    def gain(self, turn: int, one: int, two: int) -> float:
        """What the plan's cost changes by when two guests of a round change places."""
        here, there = self.at[turn][one], self.at[turn][two]
        ones, twos = self.weight[turn][one], self.weight[turn][two]
        return ones[there] + twos[here] - ones[here] - twos[there] - 2 * self.cost[one][two]

    def swap(self, turn: int, one: int, two: int) -> None:
        """Two guests of a round change places."""
        here, there = self.at[turn][one], self.at[turn][two]
        ones, twos = self.rounds[turn][here], self.rounds[turn][there]
        self._turned(turn, one, two, here, there)
        ones.remove(one)
        twos.remove(two)
        for guest, step in [(guest, 1) for guest in ones] + [(guest, -1) for guest in twos]:
            self.weight[turn][guest][here] += step
            self.weight[turn][guest][there] -= step
        for goes, comes, people in ((one, two, ones), (two, one, twos)):
            for other in people:
                self._meet(goes, other, -1)
                self._meet(comes, other, 1)
        for other in range(self.first, len(self.rounds)):
            if other != turn:
                self._elsewhere(other, one, two, ones, twos)
                self._back(other, one, two, here, there)
        ones.append(two)
        twos.append(one)
        self.at[turn][one], self.at[turn][two] = there, here

    def _turned(self, turn: int, one: int, two: int, here: int, there: int) -> None:
        """What the two tables cost everybody, in the round itself."""
        ones, twos = self.cost[one], self.cost[two]
        for guest, row in enumerate(self.weight[turn]):
            step = twos[guest] - ones[guest]
            if step:
                row[here] += step
                row[there] -= step

    def _meet(self, one: int, two: int, times: int) -> None:
        self.cost[one][two] += times
        self.cost[two][one] += times

    def _elsewhere(self, turn: int, one: int, two: int, ones: list[int], twos: list[int]) -> None:
        """What it costs in another round that the two met others than they would have."""
        at, weight = self.at[turn], self.weight[turn]
        first, second, ones_at, twos_at = weight[one], weight[two], at[one], at[two]
        for people, step in ((ones, 1), (twos, -1)):
            for other in people:
                place, row = at[other], weight[other]
                first[place] -= step
                second[place] += step
                row[ones_at] -= step
                row[twos_at] += step

    def _back(self, turn: int, one: int, two: int, here: int, there: int) -> None:
        for row, left, taken in (
            (self.weight[turn][one], here, there),
            (self.weight[turn][two], there, here),
        ):
            row[left] -= BACK
            row[taken] += BACK


def cost(guests: Sequence[Guest], rounds: Rounds) -> float:
    """Repeated meetings, and meetings inside an organisation as dear as many of these."""
    found = worth(guests, rounds)
    return found.again + INSIDE * found.inside


def least(guests: Sequence[Guest], rounds: Rounds) -> float:
    """What no plan of this shape costs less than."""
    return floor(guests, rounds) + INSIDE * least_inside(guests, rounds)


def better(search: Search, seconds: float, random: Random, goal: float, hot: float = HOT) -> None:
    """Better the plan in place until the goal is reached or so many seconds of work are done."""
    movers = [n for n, guest in enumerate(search.guests) if guest.hosts is None]
    if len(movers) < 2 or search.first >= len(search.rounds) or cost(search.guests, search.rounds) <= goal:
        return
    start = thread_time()
    best, at_best, total = 0.0, _copy(search.rounds), 0.0
    while (spent := (thread_time() - start) / seconds) < 1:
        heat = hot * (COLD / hot) ** (spent * COOLINGS % 1)
        total += _tries(search, movers, heat, random.random)
        if total < best - 1e-9:
            best, at_best = total, _copy(search.rounds)
            if cost(search.guests, search.rounds) <= goal:
                break
    search.rounds[:] = at_best


def _tries(search: Search, movers: list[int], heat: float, chance: Chance) -> float:
    """Some tries, every other one for somebody who meets others again; what the plan's cost changed by."""
    troubled, total, hopeless = _troubled(search, movers), 0.0, HOPELESS * heat
    turns, many, first = len(search.rounds) - search.first, len(movers), search.first
    for step in range(LOOK):
        if step & 1:
            turn, one = troubled[int(chance() * len(troubled))]
        else:
            turn, one = first + int(chance() * turns), movers[int(chance() * many)]
        two, at = movers[int(chance() * many)], search.at[turn]
        here, there = at[one], at[two]
        if here == there or here < 0 or there < 0:
            continue
        ones, twos = search.weight[turn][one], search.weight[turn][two]
        change = ones[there] + twos[here] - ones[here] - twos[there] - 2 * search.cost[one][two]
        if change <= 0 or (change < hopeless and chance() < exp(-change / heat)):
            search.swap(turn, one, two)
            total += change
    return total


def _troubled(search: Search, movers: list[int]) -> list[tuple[int, int]]:
    """Who costs something where they sit, by round; when nobody does, anybody."""
    turns = range(search.first, len(search.rounds))
    found = [
        (turn, one) for turn in turns for one in movers if search.weight[turn][one][search.at[turn][one]] >= 1
    ]
    return found or [(search.first, movers[0])]


def _copy(rounds: Rounds) -> Rounds:
    return [[list(table) for table in tables] for tables in rounds]
