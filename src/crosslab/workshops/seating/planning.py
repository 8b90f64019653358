"""Seat people at tables for several rounds, so that they meet as many others as possible."""

from collections.abc import Sequence
from random import Random
from time import thread_time

from .placing import designed, known
from .plan import Guest, Rounds
from .search import COLD, Search, better, cost, least

SECONDS = 0.85
"""How long a plan may be worked on, in seconds of work."""


class CannotSeat(ValueError):
    """There are fewer people than tables, no table, two hosts at one table, or too few seats that can be reached."""


def seat(
    guests: Sequence[Guest], tables: int, rounds: int, *, seed: int = 0, seconds: float = SECONDS
) -> Rounds:
    """A plan for every round: everybody sits once, tables differ by one person at most, hosts stay.

    Where a design without repeats is known it is used, and kept but for those who need certain tables; otherwise a
    search betters a random plan for at most `seconds`. The same seed gives the same design. Raises `CannotSeat`.
    """
    _check(guests, tables)
    random, start = Random(seed), thread_time()  # noqa: S311 - nothing secret: the same seed must give the same plan
    placed = designed(guests, tables, rounds, random)
    search = Search(guests, placed + shuffled(guests, tables, rounds - len(placed), random))
    goal = least(guests, search.rounds)
    if placed:
        left = seconds - (thread_time() - start)
        better(search, left / 2 if left > 0 else 0.01, random, goal, hot=COLD)
    if cost(guests, search.rounds) > goal:
        other = Search(guests, shuffled(guests, tables, rounds, random))
        left = max(seconds - (thread_time() - start), 0.01)
        better(other, left, random, goal)
        search = min(search, other, key=lambda each: cost(guests, each.rounds))
    return search.rounds


def proposal(guests: Sequence[Guest], tables: int, rounds: int) -> int | None:
    """The number of tables nearest to the one wished for at which nobody meets anybody twice, if there is one."""
    hosted = _hosted(guests)
    for step in range(len(guests)):
        for count in (tables + step, tables - step):
            if 1 < count <= len(guests) and _is_sure(len(guests), count, rounds, hosted=hosted):
                return count
    return None


def shuffled(guests: Sequence[Guest], tables: int, rounds: int, random: Random) -> Rounds:
    """Everybody at a random table, the tables as full as each other: what a plan is measured against."""
    plan: Rounds = []
    for _ in range(rounds):
        order = list(range(len(guests)))
        random.shuffle(order)
        order.sort(key=lambda number: (guests[number].hosts is None, not guests[number].only))
        seats: list[list[int]] = [[] for _ in range(tables)]
        for number in order:
            min((seats[at] for at in range(tables) if guests[number].fits(at)), key=len).append(number)
        plan.append(seats)
    return plan


def _check(guests: Sequence[Guest], tables: int) -> None:
    hosts = [guest.hosts for guest in guests if guest.hosts is not None]
    if (
        tables < 1
        or len(guests) < tables
        or len(hosts) != len(set(hosts))
        or not set(hosts) <= set(range(tables))
        or not all(guest.only <= set(range(tables)) for guest in guests)
    ):
        raise CannotSeat
    if not _is_even(shuffled(guests, tables, 1, Random(0))):  # noqa: S311 - whether it can be done at all
        raise CannotSeat


def _hosted(guests: Sequence[Guest]) -> bool:
    return any(guest.hosts is not None for guest in guests)


def _is_sure(people: int, tables: int, rounds: int, *, hosted: bool) -> bool:
    """Whether a design seats so many without a repeat."""
    return len(known(people, tables, rounds, hosted=hosted)) >= rounds


def _is_even(rounds: Rounds) -> bool:
    return all(max(sizes) - min(sizes) <= 1 for sizes in ([len(table) for table in turn] for turn in rounds))
