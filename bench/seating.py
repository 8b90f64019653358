"""Seating plans: repeated meetings beside random seating, the floor nobody can go below, the best known, and the time.

Promised: 100 people, 11 tables, 5 rounds with no repeat in at most 50 ms, and 11 tables proposed to whoever asks
for 10; no repeat for 5-3-7, 7-4-6, 8-4-6, 8-4-7 and 8-4-10 (tables-seats-rounds, nobody stays; the last by
Aguado's construction of 2004); everywhere else at most 1.05 times the floor in a second of work, and where the
floor is 0 at most 1 % of what random seating leaves, but for two: at six tables 36 officers cannot meet so (G.
Tarry 1900), and at eight tables one firm of eight is at every table in every round; there at least 80 % fewer
than random. As few meetings inside a company as can be; one guest who can reach one table alone costs nothing
when they host it; a repair after ten no-shows in at most a second with at most 15 % of the announced seats
changed.
A repeat is a pair counted once for every two rounds in which they share a table.
"""

from collections import Counter
from itertools import groupby
from random import Random
from time import process_time

from bench import promise
from crosslab.workshops.seating import Guest, Worth, changed, proposal, repair, seat, shuffled, worth
from crosslab.workshops.seating.plan import least_inside

KNOWN = ((5, 3, 7), (7, 4, 6), (8, 4, 6), (8, 4, 7), (8, 4, 10))
CROWDS = (
    (24, 4, 3), (30, 5, 4), (48, 6, 4), (60, 6, 4), (80, 8, 5), (60, 10, 5), (80, 10, 4), (96, 12, 5),
    (100, 10, 3), (100, 12, 4), (300, 60, 5),
)  # fmt: skip
HARD = ((36, 6, 4, "> 0"), (48, 8, 5, "–"))
NEEDING = ((48, 8, 5), (64, 8, 5), (25, 5, 4), (60, 9, 5))
"""People, tables and rounds; of the hard ones nobody knows a plan, and in the last ones somebody needs a table."""


LINE = "  {:>12} {:>8} {:>6} {:>7} {:>6} {:>7} {:>6} {:>8}"


def crowd(people: int, tables: int) -> list[Guest]:
    """Firms of about four people, at random; hosts as the café proposes them, from each firm one in turn."""
    random = Random(people)
    firms = [f"firm {random.randrange(max(2, people // 4))}" for _ in range(people)]
    many = Counter(firms)
    turns = [n for _, of in groupby(sorted(firms)) for n, _ in enumerate(of)]
    order = sorted(zip(turns, sorted(firms), strict=True), key=lambda each: (each[0], -many[each[1]]))
    return [Guest(str(n), firm, n if n < tables else None) for n, (_, firm) in enumerate(order)]


def even(people: int, tables: int) -> list[Guest]:
    """Firms of four, and a host of each in turn."""
    return [Guest(str(n), f"firm {n % (people // 4)}", n if n < tables else None) for n in range(people)]


def row(
    name: str, guests: list[Guest], tables: int, rounds: int, best: str = "–"
) -> tuple[Worth, int, float]:
    """Print a line of the table; return what the plan is worth, random repeats, milliseconds of work."""
    chance = worth(guests, shuffled(guests, tables, rounds, Random(1))).again
    started = process_time()
    seats = seat(guests, tables, rounds)
    found = worth(guests, seats)
    took = (process_time() - started) * 1000
    told = (found.again, found.floor, chance, best, found.inside, least_inside(guests, seats), f"{took:.0f}")
    print(LINE.format(name, *told))
    return found, chance, took


def main() -> None:
    print(LINE.format("", "repeats", "floor", "random", "known", "inside", "least", "ms"))
    hundred = crowd(100, 11)
    first, _, took = row("100/11/5", hundred, 11, 5, "0")
    known = [row(f"{t}-{s}-{r}", [Guest(str(n)) for n in range(t * s)], t, r, "0")[0] for t, s, r in KNOWN]
    crowds = [(p, t, r, *row(f"{p}/{t}/{r}", crowd(p, t), t, r)) for p, t, r in CROWDS]
    fours = row("48/8/5 fours", even(48, 8), 8, 5)[0]
    hard = [row(f"{p}/{t}/{r}", crowd(p, t), t, r, best) for p, t, r, best in HARD]
    promise("100 people at 11 tables, 5 rounds: repeats", first.again, 0, "")
    promise("the same: time", took, 50, "ms")
    promise(
        "tables proposed beyond 11 to whoever asks for 10",
        abs((proposal(crowd(100, 10), 10, 5) or 0) - 11),
        0,
        "",
    )
    promise("known instances: repeats in all", sum(each.again for each in known), 0, "")
    forced = [(each.again, each.floor) for *_, each, _, _ in crowds]
    promise("repeats beside a floor above 0, the worst", max(a / f for a, f in forced if f), 1.05)
    promise("a firm of four at eight tables: repeats", fours.again, 0, "")
    free = max(100 * found.again / chance for *_, found, chance, _ in crowds if not found.floor)
    promise("floor 0: repeats left of random, the worst", free, 1, "%")
    left = max(100 * found.again / chance for found, chance, _ in hard)
    promise("no plan known: repeats left of random, the worst", left, 20, "%")
    inside = sum(
        each.inside - least_inside(crowd(p, t), shuffled(crowd(p, t), t, r, Random(1)))
        for p, t, r, each, _, _ in crowds
    )
    promise("meetings inside a company that could be avoided", inside, 0, "")
    promise("time, the longest", max(took for *_, took in crowds), 1000, "ms")
    needing()
    mended(hundred)


def needing() -> None:
    """One guest can reach the first table alone: as a plain guest, and as its host."""
    hosting = 0
    for people, tables, rounds in NEEDING:
        guests = even(people, tables)
        only = Guest("near", only=frozenset({0}))
        row(f"{people}/{tables}/{rounds} near", [*guests[:-1], only], tables, rounds)
        found, _, _ = row(f"{people}/{tables}/{rounds} host", guests, tables, rounds, "0")
        hosting += found.again
    promise("whoever needs a table hosts it: repeats in all", hosting, 0, "")


def mended(guests: list[Guest]) -> None:
    """Ten who do not come, after two of five rounds."""
    plan, gone = seat(guests, 11, 5), set(Random(3).sample(range(11, 100), 10))
    started = process_time()
    after = repair(guests, plan, begun=2, gone=gone)
    took = (process_time() - started) * 1000
    told = [{g: at for at, table in enumerate(turn) for g in table if g not in gone} for turn in plan[2:]]
    print(f"  after ten no-shows: {worth(guests, after).again} repeats")
    promise("repair: seats changed", 100 * changed(after[2:], told) / sum(map(len, told)), 15, "%")
    promise("repair: time", took, 1000, "ms")


if __name__ == "__main__":
    main()
