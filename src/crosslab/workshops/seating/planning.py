"""Seat people at tables for several rounds, so that they meet as many others as possible."""

from collections.abc import Sequence
from itertools import combinations
from random import Random

from .designs import Design, design, transversal
from .plan import Guest, Rounds, floor, worth
from .search import COLD, HOT, Search, better

SECONDS = 0.9


class CannotSeat(ValueError):
    """There are fewer people than tables, no table, or two hosts at one table."""


def seat(
    guests: Sequence[Guest], tables: int, rounds: int, *, seed: int = 0, seconds: float = SECONDS
) -> Rounds:
    """A plan for every round: everybody sits once, tables differ by one person at most, hosts stay.

    Where a design without repeats is known it is used; otherwise a search betters a random plan for at most
    `seconds`. The same seed gives the same design. Raises `CannotSeat`.
    """
    _check(guests, tables)
    random = Random(seed)  # noqa: S311 - nothing secret: the same seed must give the same plan
    known = _known(guests, tables, rounds)
    placed = _place(guests, known, random) if known else []
    if not _is_even(placed):
        placed = []
    apart = not worth(guests, placed).inside
    whole = placed + shuffled(guests, tables, rounds - len(placed), random)
    search = Search(guests, whole, len(placed) if apart else 0)
    better(search, seconds, random, floor(whole), hot=HOT if apart else COLD)
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
        seats: list[list[int]] = [[] for _ in range(tables)]
        moving: list[int] = []
        for number, guest in enumerate(guests):
            (moving if guest.hosts is None else seats[guest.hosts]).append(number)
        random.shuffle(moving)
        for number in moving:
            min(seats, key=len).append(number)
        plan.append(seats)
    return plan


def _check(guests: Sequence[Guest], tables: int) -> None:
    hosts = [guest.hosts for guest in guests if guest.hosts is not None]
    if (
        tables < 1
        or len(guests) < tables
        or len(hosts) != len(set(hosts))
        or not set(hosts) <= set(range(tables))
    ):
        raise CannotSeat


def _hosted(guests: Sequence[Guest]) -> bool:
    return any(guest.hosts is not None for guest in guests)


def _is_sure(people: int, tables: int, rounds: int, *, hosted: bool) -> bool:
    """Whether a design seats so many without a repeat."""
    return len(_design(people, tables, hosted=hosted)) >= rounds


def _design(people: int, tables: int, *, hosted: bool) -> Design:
    """All the rounds without a repeat that are known for so many at so many tables."""
    if not hosted:
        return design(tables, -(-people // tables)) or []
    return transversal(tables) or [] if people <= tables * tables else []


def _known(guests: Sequence[Guest], tables: int, rounds: int) -> Design:
    return _design(len(guests), tables, hosted=_hosted(guests))[:rounds]


def _place(guests: Sequence[Guest], known: Design, random: Random) -> Rounds:
    """Give every guest a place of the design: hosts their own, colleagues places that never meet if possible."""
    places = {n: guest.hosts for n, guest in enumerate(guests) if guest.hosts is not None}
    taken = set(places.values())
    free = iter(sorted(place for table in known[0] for place in table if place not in taken))
    order = sorted(range(len(guests)), key=lambda n: (_size(guests, n), guests[n].organisation))
    places |= {number: next(free) for number in order if number not in places}
    _part_colleagues(guests, places, known, random)
    back = {place: number for number, place in places.items()}
    return [[[back[place] for place in table if place in back] for table in turn] for turn in known]


def _size(guests: Sequence[Guest], number: int) -> int:
    """Large organisations first: they are the hardest to keep apart."""
    return -sum(each.organisation == guests[number].organisation for each in guests)


def _part_colleagues(guests: Sequence[Guest], places: dict[int, int], known: Design, random: Random) -> None:
    """Exchange places until no two colleagues meet, or until no exchange helps any more."""
    meets = {pair for turn in known for table in turn for pair in combinations(sorted(table), 2)}
    moving = [number for number in places if guests[number].hosts is None]
    colleagues = {
        number: [other for other in places if other != number and _same(guests, number, other)]
        for number in places
    }

    def troubles(number: int) -> int:
        mine = places[number]
        return sum((min(mine, places[o]), max(mine, places[o])) in meets for o in colleagues[number])

    def exchanged(one: int, two: int) -> int:
        """How much trouble there is less after an exchange of places, which is made."""
        before = troubles(one) + troubles(two)
        places[one], places[two] = places[two], places[one]
        return before - troubles(one) - troubles(two)

    for _ in range(4 * len(guests)):
        troubled = [number for number in moving if troubles(number)]
        if not troubled:
            return
        one = random.choice(troubled)
        for two in random.sample(moving, len(moving)):
            if exchanged(one, two) > random.choice((-1, 0, 0, 0)):
                break
            exchanged(one, two)


def _same(guests: Sequence[Guest], one: int, two: int) -> bool:
    own = guests[one].organisation
    return bool(own) and own == guests[two].organisation


def _is_even(rounds: Rounds) -> bool:
    return all(max(sizes) - min(sizes) <= 1 for sizes in ([len(table) for table in turn] for turn in rounds))
