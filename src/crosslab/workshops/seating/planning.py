"""Seat people at tables for several rounds, so that they meet as many others as possible."""

from collections.abc import Sequence
from itertools import combinations, groupby
from math import exp
from random import Random

from .designs import Design, design, transversal
from .plan import Guest, Rounds, floor, worth
from .search import COLD, HOT, Search, better

SECONDS = 0.9
TRIES, LOOK, MILD = 20_000, 8, 0.25
"""How often colleagues change places in a design, how often it is looked who meets, how dear a worsening may be."""


class CannotSeat(ValueError):
    """There are fewer people than tables, no table, two hosts at one table, or too few seats that can be reached."""


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
    moved = sum(_put_right(guests, turn) for turn in placed)
    if not _is_even(placed):
        placed = []
    apart = not moved and not worth(guests, placed).inside
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


def _put_right(guests: Sequence[Guest], turn: list[list[int]]) -> int:
    """Let whoever sits at a table they cannot reach change places with somebody, or just move; how many did."""
    wrong = [(n, at) for at, table in enumerate(turn) for n in table if not guests[n].fits(at)]
    for number, at in wrong:
        near = next(place for place in range(len(turn)) if guests[number].fits(place))
        other = next((n for n in turn[near] if guests[n].hosts is None and not guests[n].only), None)
        turn[at].remove(number)
        turn[near].append(number)
        if other is not None:
            turn[near].remove(other)
            turn[at].append(other)
    return len(wrong)


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
    free = sorted(place for table in known[0] for place in table if place not in taken)
    moving = [number for number in range(len(guests)) if number not in places]
    places |= _packed(guests, moving, free[: len(moving)], len(known[0]))
    _part_colleagues(guests, places, known, random)
    back = {place: number for number, place in places.items()}
    return [[[back[place] for place in table if place in back] for table in turn] for turn in known]


def _packed(
    guests: Sequence[Guest], moving: Sequence[int], free: Sequence[int], column: int
) -> dict[int, int]:
    """A place for everybody who moves: an organisation in one column, where nobody meets, as long as one has room."""
    columns = [list(places) for _, places in groupby(free, key=lambda place: place // column)]
    firms: dict[str, list[int]] = {}
    for number in moving:
        firms.setdefault(guests[number].organisation or guests[number].id, []).append(number)
    places: dict[int, int] = {}
    for people in sorted(firms.values(), key=len, reverse=True):
        for number in people:
            left = sum(each not in places for each in people)
            room = min(columns, key=lambda each: (len(each) < left, abs(len(each) - left), not each))
            places[number] = (room if room else max(columns, key=len)).pop()
    return places


def _part_colleagues(guests: Sequence[Guest], places: dict[int, int], known: Design, random: Random) -> None:
    """Exchange places until no two colleagues meet, or until it has been tried often enough."""
    meets = {pair for turn in known for table in turn for pair in combinations(sorted(table), 2)}
    moving = [number for number in places if guests[number].hosts is None]
    colleagues = {
        number: [other for other in places if other != number and _same(guests, number, other)]
        for number in places
    }

    def troubles(number: int) -> int:
        mine = places[number]
        return sum((min(mine, places[o]), max(mine, places[o])) in meets for o in colleagues[number])

    troubled: list[int] = []
    for step in range(TRIES):
        if step % LOOK == 0 and not (troubled := [number for number in moving if troubles(number)]):
            return
        one, two = random.choice(troubled), random.choice(moving)
        before = troubles(one) + troubles(two)
        places[one], places[two] = places[two], places[one]
        worse = troubles(one) + troubles(two) - before
        if worse > 0 and random.random() >= exp(-worse / (MILD * (1 - step / TRIES))):
            places[one], places[two] = places[two], places[one]


def _same(guests: Sequence[Guest], one: int, two: int) -> bool:
    own = guests[one].organisation
    return bool(own) and own == guests[two].organisation


def _is_even(rounds: Rounds) -> bool:
    return all(max(sizes) - min(sizes) <= 1 for sizes in ([len(table) for table in turn] for turn in rounds))
