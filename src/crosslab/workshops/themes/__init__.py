"""Themes in the notes of a wall: suggested, never imposed. What a person placed stays where they placed it."""

from .heaping import matched, nearest_pile, piles, suggested_count
from .naming import labels
from .sharing import shared_word, sharing
from .vectors import Said, likeness

__all__ = [
    "Said",
    "labels",
    "likeness",
    "matched",
    "nearest_pile",
    "piles",
    "shared_word",
    "sharing",
    "suggested_count",
]
