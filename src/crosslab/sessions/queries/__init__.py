"""Questions about open sessions and the places in them."""

from .inside import (
    TAKING,
    count_taken,
    hold,
    keyed,
    keys_made_since,
    last_nth,
    place_in_queue,
    registered_as,
    waiting,
)

__all__ = [
    "TAKING",
    "count_taken",
    "hold",
    "keyed",
    "keys_made_since",
    "last_nth",
    "place_in_queue",
    "registered_as",
    "waiting",
]
