"""What the notes of a pile have in common that a reader can see: a word, or the stem of one."""

from collections import Counter
from collections.abc import Sequence

from .naming import naming
from .vectors import Said

BEGINNING, PART = 4, 5
"""Words share a stem when their first four letters are the same, or five in a row anywhere: Licht, Bühnenlicht."""


def sharing(notes: Sequence[Said], heap: Sequence[int]) -> list[int]:
    """The notes of a pile that share a word or a stem with another of it. Letters alone make no theme."""
    stems = {note: _stems(notes[note]) for note in heap}
    held = Counter(stem for each in stems.values() for stem in each)
    return [note for note in heap if any(held[stem] > 1 for stem in stems[note])]


def shared_word(notes: Sequence[Said], heap: Sequence[int]) -> str:
    """The shortest word with the stem that most notes of a pile share; the empty text when none do."""
    stems = {note: _stems(notes[note]) for note in heap}
    held = Counter(stem for each in stems.values() for stem in each)
    stem, many = max(held.items(), key=lambda each: (each[1], len(each[0]), each[0]), default=("", 0))
    having = (word for note in heap for word in naming(notes[note]) if many > 1 and stem in _stems_of(word))
    return min(having, key=lambda word: (len(word), word), default="")


def _stems(note: Said) -> set[str]:
    return {stem for word in naming(note) for stem in _stems_of(word)}


def _stems_of(word: str) -> set[str]:
    parts = {word[at : at + PART] for at in range(len(word) - PART + 1)}
    return {f"={word}", *parts, *([f"^{word[:BEGINNING]}"] if len(word) >= BEGINNING else [])}
