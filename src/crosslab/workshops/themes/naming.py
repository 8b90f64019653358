"""What a pile of notes is about, in words its notes use and others do not (class-based TF-IDF)."""

import math
from collections import Counter
from collections.abc import Sequence

from .vectors import COMMON, Said, telling

MOST_SHOWN = 3
COMMON_ANYWHERE = frozenset[str]().union(*COMMON.values())
"""People also write in a language that is not the one of their page: its small words name nothing either."""


def labels(notes: Sequence[Said], heaps: Sequence[Sequence[int]]) -> list[tuple[str, ...]]:
    """Up to three words for each pile. A word counts when two of the pile's notes use it, or the pile is one note."""
    used = [Counter(word for note in heap for word in naming(notes[note])) for heap in heaps]
    everywhere = Counter(word for counter in used for word in counter.elements())
    mean = sum(everywhere.values()) / max(len(heaps), 1)
    return [_best(counter, everywhere, mean, len(heap)) for counter, heap in zip(used, heaps, strict=True)]


def naming(note: Said) -> set[str]:
    """The words of a note that could name a theme."""
    return {word for word in telling(note) if len(word) > 2 and not word.isdigit()} - COMMON_ANYWHERE


def _best(used: Counter[str], everywhere: Counter[str], mean: float, size: int) -> tuple[str, ...]:
    least = 1 if size == 1 else 2
    worth = {word: n * math.log(1 + mean / everywhere[word]) for word, n in used.items() if n >= least}
    return tuple(sorted(worth, key=lambda word: (-worth[word], word))[:MOST_SHOWN])
