"""Piles of notes that belong together: average linkage, with the facilitator's own placing above everything."""

import math
from collections.abc import Mapping, Sequence

from .vectors import Matrix

APART = -1e9
"""Likeness of two notes that were put in different piles by hand."""
LONELY = 0.0
"""A new note no more like any pile than this, on average, begins one of its own."""


def piles(likeness: Matrix, many: int, pinned: Mapping[int, str] = {}) -> list[list[int]]:
    """Notes in at most about `many` piles. Notes pinned to one theme stay together, to different ones apart."""
    heaps, alike = _begun(likeness, pinned)
    nearest = {heap: _nearest(alike, heap) for heap in heaps}
    while len(heaps) > max(many, 1):
        one = max(heaps, key=lambda heap: alike[heap].get(nearest[heap], APART))
        two = nearest[one]
        if alike[one].get(two, APART) <= APART / 2:
            break
        _merge(heaps, alike, one, two)
        _renew(nearest, alike, one, two)
    return sorted(map(sorted, heaps.values()), key=lambda heap: (-len(heap), heap))


def suggested_count(notes: int) -> int:
    """How many piles to begin with. There is no right number: finer and coarser are one touch away."""
    return max(2, round(math.sqrt(notes / 2)))


def nearest_pile(likeness: Sequence[float], heaps: Mapping[str, Sequence[int]]) -> str | None:
    """The pile that a new note is most like on average, or None when it is like none. Nothing else moves."""
    means = {name: sum(likeness[note] for note in heap) / len(heap) for name, heap in heaps.items() if heap}
    best = max(means, key=means.__getitem__, default=None)
    return best if best is not None and means[best] > LONELY else None


def matched(old: Mapping[str, Sequence[int]], new: Sequence[Sequence[int]]) -> list[str | None]:
    """For each new pile the old theme it goes on with, by the notes they share; each old theme at most once."""
    shared = sorted(
        (
            (len(set(heap) & set(notes)), name, at)
            for at, heap in enumerate(new)
            for name, notes in old.items()
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    found: list[str | None] = [None] * len(new)
    taken: set[str] = set()
    for many, name, at in shared:
        if many and name not in taken and found[at] is None:
            found[at] = name
            taken.add(name)
    return found


def _begun(
    likeness: Matrix, pinned: Mapping[int, str]
) -> tuple[dict[int, list[int]], dict[int, dict[int, float]]]:
    """Each note a heap of its own, those pinned together already one; heaps pinned apart are as unlike as can be."""
    heaps = {note: [note] for note in range(len(likeness))}
    alike = {one: {two: x for two, x in enumerate(row) if two != one} for one, row in enumerate(likeness)}
    for one, theme in pinned.items():
        for two, other in pinned.items():
            if one != two and theme != other:
                alike[one][two] = APART
    first: dict[str, int] = {}
    for note, theme in sorted(pinned.items()):
        if first.setdefault(theme, note) != note:
            _merge(heaps, alike, first[theme], note)
    return heaps, alike


def _merge(heaps: dict[int, list[int]], alike: dict[int, dict[int, float]], one: int, two: int) -> None:
    """Two heaps become one; its likeness to others is the average over all pairs of notes."""
    ones, twos = len(heaps[one]), len(heaps[two])
    heaps[one] += heaps.pop(two)
    gone = alike.pop(two)
    for other in heaps:
        if other != one:
            row = alike[other]
            both = (row[one], gone[other])
            row[one] = alike[one][other] = (
                APART if APART in both else (ones * both[0] + twos * both[1]) / (ones + twos)
            )
            del row[two]
    alike[one].pop(two, None)


def _renew(nearest: dict[int, int], alike: dict[int, dict[int, float]], one: int, two: int) -> None:
    del nearest[two]
    for heap, row in alike.items():
        if heap == one or nearest[heap] in (one, two):
            nearest[heap] = _nearest(alike, heap)
        elif row[one] > row[nearest[heap]]:
            nearest[heap] = one


def _nearest(alike: dict[int, dict[int, float]], heap: int) -> int:
    return max(alike[heap], key=alike[heap].__getitem__, default=heap)
