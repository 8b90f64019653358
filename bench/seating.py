"""Seating plans: repeated meetings beside random seating, beside the floor nobody can go below, and the time taken.

Promised: 100 people, 11 tables, 5 rounds with no repeat in at most 50 ms, and 11 tables proposed to whoever asks
for 10; no repeat for 5-3-7, 7-4-6, 8-4-6, 8-4-7 and 8-4-10 (tables-seats-rounds, nobody stays; the last by
Aguado's construction of 2004); where the floor is above 0, at most
1.05 times the floor in a second; where it is 0 and no design is known, at least 80 % fewer than random; a repair
after ten no-shows in at most a second with at most 15 % of the announced seats changed.
A repeat is a pair counted once for every two rounds in which they share a table.
"""

from random import Random
from time import process_time

from bench import promise
from crosslab.workshops.seating import Guest, changed, proposal, repair, seat, shuffled, worth

KNOWN = ((5, 3, 7), (7, 4, 6), (8, 4, 6), (8, 4, 7), (8, 4, 10))
FORCED = ((24, 4, 3), (30, 5, 4), (48, 6, 4), (60, 6, 4), (80, 8, 5))
OPEN = ((48, 8, 5), (60, 10, 5), (80, 10, 4), (96, 12, 5), (100, 10, 3), (100, 12, 4), (36, 6, 4))


def crowd(people: int, tables: int) -> list[Guest]:
    """The first of them host a table each; firms of about four people, at random."""
    random = Random(people)
    firms = [f"firm {random.randrange(max(2, people // 4))}" for _ in range(people)]
    return [Guest(str(n), firm, n if n < tables else None) for n, firm in enumerate(firms)]


def row(
    name: str, guests: list[Guest], tables: int, rounds: int, best: str = "–"
) -> tuple[int, int, int, float]:
    """Print a line of the table; return repeats, floor, random repeats, milliseconds."""
    chance = worth(guests, shuffled(guests, tables, rounds, Random(1))).again
    started = process_time()
    plan = seat(guests, tables, rounds)
    took = (process_time() - started) * 1000
    found = worth(guests, plan)
    print(
        f"  {name:>10} {found.again:>8} {found.floor:>6} {chance:>7} {best:>6} {found.inside:>7} {took:>8.0f}"
    )
    return found.again, found.floor, chance, took


def main() -> None:
    print(f"  {'':>10} {'repeats':>8} {'floor':>6} {'random':>7} {'known':>6} {'inside':>7} {'ms':>8}")
    hundred = crowd(100, 11)
    again, _, _, took = row("100/11/5", hundred, 11, 5, "0")
    known = [row(f"{t}-{s}-{r}", [Guest(str(n)) for n in range(t * s)], t, r, "0")[0] for t, s, r in KNOWN]
    forced = [row(f"{p}/{t}/{r}", crowd(p, t), t, r) for p, t, r in FORCED]
    free = [row(f"{p}/{t}/{r}", crowd(p, t), t, r) for p, t, r in OPEN]
    promise("100 people at 11 tables, 5 rounds: repeats", again, 0, "")
    promise("the same: time", took, 50, "ms")
    promise(
        "tables proposed beyond 11 to whoever asks for 10",
        abs((proposal(crowd(100, 10), 10, 5) or 0) - 11),
        0,
        "",
    )
    promise("known instances: repeats in all", sum(known), 0, "")
    promise("forced repeats beside the floor, the worst", max(a / f for a, f, _, _ in forced), 1.05)
    promise(
        "floor 0 and no design: repeats left of random, the worst",
        max(100 * a / c for a, _, c, _ in free),
        20,
        "%",
    )
    mended(hundred)


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
