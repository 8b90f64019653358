"""Questions about open sessions and the places in them."""

from .inside import (
    TAKING,
    count_here,
    count_taken,
    hold,
    host_of,
    is_in,
    keyed,
    keys_made_since,
    last_nth,
    place_in_queue,
    registered_as,
    session_of,
    standing,
    waiting,
    was_told,
)

__all__ = [
    "TAKING",
    "count_here",
    "count_taken",
    "hold",
    "host_of",
    "is_in",
    "keyed",
    "keys_made_since",
    "last_nth",
    "place_in_queue",
    "registered_as",
    "session_of",
    "standing",
    "waiting",
    "was_told",
]
