"""Ready designs in which no two people meet twice: rounds of tables of numbered places.

A design has more places than there are people, or just as many; whoever is missing leaves a place empty.
"""

from collections.abc import Sequence

from .fields import MOST, ring

Design = list[list[list[int]]]
"""Rounds, of tables, of places."""

EIGHT = tuple(range(8))
THIRTY_TWO = (
    (EIGHT, ((0, 8, 16, 24),)),
    ((0, 1, 2, 3), ((0, 15, 21, 26), (4, 10, 19, 29))),
    ((0, 1, 2, 3), ((0, 11, 22, 29), (4, 7, 24, 27), (12, 14, 16, 18))),
    (EIGHT, ((0, 10, 17, 27),)),
    (EIGHT, ((0, 2, 4, 6), (8, 11, 12, 15), (16, 19, 21, 22), (24, 26, 29, 31))),
    ((0, 1, 4, 5), ((0, 13, 18, 30), (2, 7, 11, 14), (16, 20, 25, 29))),
    (EIGHT, ((0, 7, 19, 20), (8, 14, 26, 28))),
)
"""Thirty-two people at eight tables of four, ten rounds: everybody meets everybody but one (A. Aguado 2004; the
rounds as E. Pegg prints them in "Social Golfer Problem", Wolfram Demonstrations). Told by its eight translations,
which move place p to p ^ v: for each round the translations that keep it, and tables whose translates fill it."""

FIFTEEN = (7, ((0, 12, 14), (3, 4, 11), (1, 6, 10), (2, 5, 8), (7, 9, 13)))
"""Fifteen schoolgirls (Kirkman 1850): turning this round seven times gives all seven. The last never turns."""

TWENTY_EIGHT = (
    9,
    (
        (2, 9, 22, 27),
        (6, 7, 11, 23),
        (3, 5, 8, 14),
        (1, 13, 20, 24),
        (0, 10, 17, 18),
        (4, 19, 25, 26),
        (12, 15, 16, 21),
    ),
)
"""Twenty-eight people at seven tables of four: turned nine times, everybody meets everybody once."""


TWELVE = (
    (0,) * 12,
    tuple(range(12)),
    (0, 2, 1, 6, 8, 7, 10, 9, 11, 4, 3, 5),
    (0, 3, 8, 10, 1, 9, 2, 6, 5, 7, 11, 4),
    (0, 4, 10, 9, 7, 1, 11, 5, 3, 2, 8, 6),
    (0, 8, 6, 4, 3, 10, 9, 11, 2, 5, 1, 7),
)
"""Six rows over Z2 × Z6, any two of which differ by each of its elements once (the first of this kind: D. M. Johnson,
A. L. Dulmage and N. S. Mendelsohn 1961; these rows were found by a search)."""


def design(tables: int, size: int, most: int = MOST) -> Design | None:
    """Rounds without a repeat, `most` of them if so many are known, for tables of this size where nobody stays."""
    match tables, size:
        case 5, 3:
            return turned(*FIFTEEN)[:most]
        case 7, 4:
            return turned(*TWENTY_EIGHT)[:most]
        case 8, 4:
            return translated(THIRTY_TWO)[:most]
        case _:
            return crossed(tables, size, most)


def transversal(tables: int, most: int = MOST) -> Design | None:
    """Rounds in which row i of column j sits at table i + d(round, j), d being a difference matrix.

    As many rounds as tables where their number is a prime power, six at twelve tables, else as many as its smallest
    prime power. Two people of one column never meet, two of different columns once, and nobody comes back to a
    table, except that column 0 never moves: its people are the hosts. Place = column · tables + row.
    """
    found = _differences(tables)
    if found is None:
        return None
    sums, matrix = found
    rounds: Design = []
    for differences in matrix[:most]:
        seats: list[list[int]] = [[] for _ in range(tables)]
        for place in range(tables * tables):
            column, row = divmod(place, tables)
            seats[sums[row][differences[column]]].append(place)
        rounds.append(seats)
    return rounds


def _differences(tables: int) -> tuple[list[list[int]], list[list[int]]] | None:
    """The sums of a group, and rows of which any two differ by each of its elements once."""
    if tables == len(TWELVE[0]):
        return [[_twelfth(one, two) for two in range(tables)] for one in range(tables)], list(
            map(list, TWELVE)
        )
    found = ring(tables)
    if found is None:
        return None
    sums, products, apart = found
    return sums, [products[each] for each in apart]


def _twelfth(one: int, two: int) -> int:
    """The sum of two elements of Z2 × Z6, (a, b) being 6 a + b."""
    return (one // 6 + two // 6) % 2 * 6 + (one + two - one // 6 * 6 - two // 6 * 6) % 6


def crossed(tables: int, size: int, most: int) -> Design | None:
    """A transversal design whose staying column is left out, or is met last when every table is full."""
    whole = transversal(tables, most)
    if whole is None or size > tables:
        return None
    if size == tables:
        return [*whole, [list(range(at * tables, (at + 1) * tables)) for at in range(tables)]][:most]
    return [
        [[place - tables for place in table if 0 < place // tables <= size] for table in turn]
        for turn in whole
    ]


def turned(modulus: int, first: Sequence[Sequence[int]]) -> Design:
    """Every place of the first round moved on by one, again and again, within its circle of `modulus` places."""

    def on(place: int, turn: int) -> int:
        circle, at = divmod(place, modulus)
        last = (circle + 1) * modulus > sum(map(len, first))
        return place if last else circle * modulus + (at + turn) % modulus

    return [[[on(place, turn) for place in table] for table in first] for turn in range(modulus)]


def translated(seeds: Sequence[tuple[Sequence[int], Sequence[Sequence[int]]]]) -> Design:
    """Each seed makes a round; one that only some of the eight translations keep makes the round they move it to."""
    rounds: Design = []
    for keeping, first in seeds:
        away = next((v for v in EIGHT if v not in keeping), None)
        for by in (0,) if away is None else (0, away):
            tables = {tuple(sorted(place ^ v ^ by for place in table)) for v in keeping for table in first}
            rounds.append([list(table) for table in sorted(tables)])
    return rounds
