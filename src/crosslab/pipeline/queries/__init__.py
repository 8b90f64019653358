"""Questions about the pipeline. Each page asks few of them, however many consortia there are."""

from .board import Counts, board, counts, every, table
from .card import card_of, card_of_consortium, consortium_of, funding_of, gate, history, members_of

__all__ = [
    "Counts",
    "board",
    "card_of",
    "card_of_consortium",
    "consortium_of",
    "counts",
    "every",
    "funding_of",
    "gate",
    "history",
    "members_of",
    "table",
]
