"""Suggested piles of the notes that lie on no theme yet: to be taken up or left, never imposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from .queries.shown import Wall
from .tables import Note
from .themes import Said, labels, likeness, piles, shared_word, sharing, suggested_count


@dataclass(frozen=True)
class Pile:
    """Notes that seem to be about one thing, and words they share."""

    notes: tuple[Note, ...]
    words: tuple[str, ...]


def suggested(wall: Wall, languages: Mapping[UUID | None, str], many: int | None = None) -> list[Pile]:
    """Piles of at least two notes, the largest first. `many` makes them finer or coarser.

    A note that shares no word and no stem with the others of its pile is left out: nobody could see why it lies there.
    """
    loose = [note for note in wall.notes if note.theme_id is None]
    said = [Said(note.text, languages.get(note.card_id, "en")) for note in loose]
    heaps = [sharing(said, heap) for heap in piles(likeness(said), many or suggested_count(len(loose)))]
    heaps = sorted((heap for heap in heaps if heap), key=lambda heap: (-len(heap), heap))
    named = labels(said, heaps)
    return [
        Pile(tuple(loose[n] for n in heap), words or (shared_word(said, heap),))
        for heap, words in zip(heaps, named, strict=True)
    ]
