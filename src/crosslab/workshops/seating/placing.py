"""Who takes which place of a design: hosts their own, colleagues such as never meet, and those who need a table."""

from collections.abc import Sequence
from itertools import combinations, groupby
from math import exp
from random import Random

from .designs import Design, design, transversal
from .plan import Guest, Rounds
from .search import Search, cost

TRIES, LOOK, MILD = 10_000, 8, 0.25
"""How often colleagues change places in a design, how often it is looked who meets, how dear a worsening may be."""
SAMPLE = 24
"""With how many others whoever needs certain tables tries to exchange their place in a design."""


def designed(guests: Sequence[Guest], tables: int, rounds: int, random: Random) -> Rounds:
    """Rounds of a design in which everybody sits where they can; none where too few rounds are known."""
    hosted = any(guest.hosts is not None for guest in guests)
    found = known(len(guests), tables, rounds + 1, hosted=hosted)
    if 2 * len(found) <= rounds:
        return []
    placed = _place(guests, found[:rounds], found[rounds:], random)
    bound = [n for n, guest in enumerate(guests) if guest.hosts is None and guest.only]
    for number in bound:
        placed = _brought_near(guests, placed, number, random)
    return placed if all(map(_is_even, placed)) else []


def known(people: int, tables: int, rounds: int, *, hosted: bool) -> Design:
    """As many rounds without a repeat, of those that are asked for, as are known for so many at so many tables."""
    if not hosted:
        return design(tables, -(-people // tables), rounds) or []
    return transversal(tables, rounds) or [] if people <= tables * tables else []


def _brought_near(guests: Sequence[Guest], placed: Rounds, number: int, random: Random) -> Rounds:
    """Whoever needs certain tables exchanges seats in some rounds, and a place in the design before, as spares most."""
    others = [n for n, guest in enumerate(guests) if guest.hosts is None and not guest.only]
    tried = [_exchanged(placed, number, other) for other in random.sample(others, min(SAMPLE, len(others)))]
    plans = [found for plan in [placed, *tried] if (found := _near(guests, plan, number))]
    return min(plans, key=lambda plan: cost(guests, plan), default=[])


def _near(guests: Sequence[Guest], plan: Rounds, number: int) -> Rounds:
    """The plan with one exchange in each round in which they sit where they cannot; none where nobody can exchange."""
    search = Search(guests, [[list(table) for table in turn] for turn in plan])
    for turn, at in enumerate(search.at):
        if guests[number].fits(at[number]):
            continue
        free = [
            n
            for n, guest in enumerate(guests)
            if guest.hosts is None and guest.fits(at[number]) and guests[number].fits(at[n])
        ]
        if not free:
            return []
        gains = [(search.gain(turn, number, n), n) for n in free]
        search.swap(turn, number, min(gains)[1])
    return search.rounds


def _exchanged(plan: Rounds, one: int, two: int) -> Rounds:
    """The plan with each of two in the other's place throughout."""
    new = {one: two, two: one}
    return [[[new.get(n, n) for n in table] for table in turn] for turn in plan]


def _is_even(turn: Sequence[Sequence[int]]) -> bool:
    return max(map(len, turn)) - min(map(len, turn)) <= 1


def _place(guests: Sequence[Guest], found: Design, spare: Design, random: Random) -> Rounds:
    """Give every guest a place of the design: hosts their own, colleagues places that never meet if possible.

    Nobody meets in a column, nor at a table of a round that is not held, where the hosts' colleagues go.
    """
    hosts = {n: guest.hosts for n, guest in enumerate(guests) if guest.hosts is not None}
    free = sorted(place for table in found[0] for place in table if place not in hosts.values())
    held = free[: len(guests) - len(hosts)]
    plans: list[tuple[int, dict[int, int]]] = []
    for unmet in (_columns(held, len(found[0])), *(_tables(held, turn) for turn in spare)):
        places = {**hosts, **_packed(guests, hosts, unmet, by_host=bool(plans))}
        plans.append((_part_colleagues(guests, places, found, random), places))
        if not plans[-1][0]:
            break
    back = {place: number for number, place in min(plans, key=lambda plan: plan[0])[1].items()}
    return [[[back[place] for place in table if place in back] for table in turn] for turn in found]


def _columns(held: Sequence[int], tables: int) -> list[list[int]]:
    return [list(of) for _, of in groupby(held, key=lambda place: place // tables)]


def _tables(held: Sequence[int], turn: Sequence[Sequence[int]]) -> list[list[int]]:
    return [[place for place in table if place in set(held)] for table in turn]


def _packed(
    guests: Sequence[Guest], hosts: dict[int, int], groups: list[list[int]], *, by_host: bool
) -> dict[int, int]:
    """A place for everybody who moves: an organisation in one group, where nobody meets, as long as one has room."""
    firms: dict[str, list[int]] = {}
    for number, guest in enumerate(guests):
        if number not in hosts:
            firms.setdefault(guest.organisation or guest.id, []).append(number)
    homes = {guests[n].organisation: groups[at] for n, at in hosts.items()} if by_host else {}
    places: dict[int, int] = {}
    for firm, people in sorted(firms.items(), key=lambda each: len(each[1]), reverse=True):
        for number in people:
            left = sum(each not in places for each in people)
            room = homes.get(firm) or min(
                groups, key=lambda each: (len(each) < left, abs(len(each) - left), not each)
            )
            places[number] = (room if room else max(groups, key=len)).pop()
    return places


def _part_colleagues(guests: Sequence[Guest], places: dict[int, int], known: Design, random: Random) -> int:
    """Exchange places until no two colleagues meet, or until it has been tried often enough; how many still do."""
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
            return 0
        one, two = random.choice(troubled), random.choice(moving)
        before = troubles(one) + troubles(two)
        places[one], places[two] = places[two], places[one]
        worse = troubles(one) + troubles(two) - before
        if worse > 0 and random.random() >= exp(-worse / (MILD * (1 - step / TRIES))):
            places[one], places[two] = places[two], places[one]
    return sum(map(troubles, moving))


def _same(guests: Sequence[Guest], one: int, two: int) -> bool:
    own = guests[one].organisation
    return bool(own) and own == guests[two].organisation
