"""Themes are suggested quickly and well: measured on texts whose themes are known, each in a random language.

Promised, for 300 notes in 12 themes: similarities, piles and names in at most 500 ms of processor time. For 120 notes
in 8 themes: an adjusted Rand index of at least 0.33, and at least four times that of k-means on the words alone,
weighed by rarity, in the same run; when half of the notes come later and each is laid on the nearest pile, at
least three quarters of it remain and no note that lay somewhere moves. Texts: see bench/data/README.md.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import hypot, log
from pathlib import Path
from random import Random
from time import process_time

from bench import promise
from crosslab.workshops.themes import Said, labels, likeness, nearest_pile, piles, sharing
from crosslab.workshops.themes.vectors import words

TEXTS = Path(__file__).parent / "data" / "massive_en_de_nb.csv"
LANGUAGES, TURNS, STARTS = ("en", "de", "nb"), 20, 10


def wall(many: int, themes: int, seed: int) -> tuple[list[Said], list[str]]:
    """Notes on so many themes, mixed, each in one of three languages; and the theme of each."""
    random, rows = Random(seed), defaultdict(list)
    for row in csv.DictReader(TEXTS.open(encoding="utf-8")):
        rows[row["intent"]].append(row)
    chosen = [
        row
        for theme in random.sample(sorted(rows), themes)
        for row in random.sample(rows[theme], many // themes)
    ]
    random.shuffle(chosen)
    spoken = [random.choice(LANGUAGES) for _ in chosen]
    return [Said(r[lang], lang) for r, lang in zip(chosen, spoken, strict=True)], [
        r["intent"] for r in chosen
    ]


def agreement(true: Sequence[str], heaps: Sequence[Sequence[int]]) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985): 1 for the same themes, 0 for chance."""

    def pairs(counts: Counter[object]) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    mine = {note: heap for heap, notes in enumerate(heaps) for note in notes}
    both = pairs(Counter((true[n], mine[n]) for n in mine))
    ones, twos = pairs(Counter(true[n] for n in mine)), pairs(Counter(mine.values()))
    chance = ones * twos / (len(mine) * (len(mine) - 1) / 2)
    return (both - chance) / ((ones + twos) / 2 - chance)


Vector = dict[str, float]


def by_words(notes: Sequence[Said], themes: int) -> list[list[int]]:
    """The baseline: words weighed by rarity, spherical k-means, the best of ten starts; languages are not centred."""
    bags = [Counter(words(note.text)) for note in notes]
    held = Counter(word for bag in bags for word in bag)
    vectors = [_unit({w: n * (1 + log(len(bags) / held[w])) for w, n in bag.items()}) for bag in bags]
    tries = [_means(vectors, Random(start).sample(vectors, themes)) for start in range(STARTS)]
    return max(tries, key=lambda tried: tried[0])[1]


def _means(vectors: Sequence[Vector], centres: list[Vector]) -> tuple[float, list[list[int]]]:
    """Lay each on the nearest centre and move the centres, until nothing moves: how near they lie, and the piles."""
    laid: list[int] = []
    while True:
        near = [[_along(vector, centre) for centre in centres] for vector in vectors]
        now = [row.index(max(row)) for row in near]
        piled: list[list[int]] = [[n for n, at in enumerate(now) if at == k] for k in range(len(centres))]
        if now == laid:
            return sum(map(max, near)), [pile for pile in piled if pile]
        laid, centres = now, [_middle([vectors[n] for n in pile]) for pile in piled]


def _middle(vectors: Sequence[Vector]) -> Vector:
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for word, weight in vector.items():
            total[word] += weight
    return _unit(total)


def _unit(vector: Vector) -> Vector:
    length = hypot(*vector.values()) or 1.0
    return {word: weight / length for word, weight in vector.items()}


def _along(one: Vector, two: Vector) -> float:
    return sum(weight * two.get(word, 0.0) for word, weight in one.items())


def live(notes: Sequence[Said], themes: int) -> list[list[int]]:
    """Half of the notes in piles, the others laid on the nearest one by one. Nothing that lies moves."""
    half, alike = len(notes) // 2, likeness(notes)
    heaps = {str(n): heap for n, heap in enumerate(piles(likeness(notes[:half]), themes))}
    for note in range(half, len(notes)):
        heaps.setdefault(nearest_pile(alike[note], heaps) or f"new {note}", []).append(note)
    return list(heaps.values())


def main() -> None:
    large = [wall(300, 12, seed)[0] for seed in range(TURNS)]
    promise("300 notes into named piles", min(map(cost, large)), 500, "ms")
    walls = [wall(120, 8, seed) for seed in range(TURNS)]

    def mean(heaped: list[list[list[int]]]) -> float:
        return sum(agreement(true, heaps) for heaps, (_, true) in zip(heaped, walls, strict=True)) / TURNS

    ours = mean([piles(likeness(notes), 8) for notes, _ in walls])
    plain = max(mean([by_words(notes, 8) for notes, _ in walls]), 0.01)
    offered = mean([_offered(notes, piles(likeness(notes), 8)) for notes, _ in walls])
    late = mean([live(notes, 8) for notes, _ in walls])
    print(
        f"  120 notes, 8 themes, 3 languages: index {ours:.2f}, "
        f"as offered {offered:.2f}, "
        f"k-means on words {plain:.2f}, half laid later {late:.2f}"
    )
    promise("short of the promised index of 0.33", max(0.33 - ours, 0) * 100, 0, "hundredths")
    promise("what is offered, short of all piles", max(ours - offered, 0) * 100, 0, "hundredths")
    promise("k-means on words, as a part of ours", plain / ours, 1 / 4)
    promise("all at once, beside half of the notes later", ours / late, 4 / 3)


def _offered(notes: Sequence[Said], heaps: Sequence[Sequence[int]]) -> list[list[int]]:
    """The piles without the notes that share nothing a reader can see; each of these lies alone."""
    kept = [sharing(notes, heap) for heap in heaps]
    alone = [[note] for heap, stay in zip(heaps, kept, strict=True) for note in heap if note not in stay]
    return [*(stay for stay in kept if stay), *alone]


def cost(notes: Sequence[Said]) -> float:
    started = process_time()
    labels(notes, [sharing(notes, heap) for heap in piles(likeness(notes), 12)])
    return (process_time() - started) * 1000


if __name__ == "__main__":
    main()
