"""Identifiers that sort by the time they were made (RFC 9562, version 7), so that lists page by key."""

import os
from threading import Lock
from uuid import UUID

from .clock import now

RANDOM_BITS = 74  # 12 before the variant and 62 after it
_making = Lock()
_last = {"millis": 0, "made": 0}


def uuid7() -> UUID:
    """A new UUID version 7: 48 bits of Unix milliseconds by our clock, then 74 random bits.

    What one process makes within one millisecond sorts in the order in which it was made: the random part
    grows by a random step (RFC 9562, section 6.2, method 2). A clock that is set back begins anew.
    """
    millis = int(now().timestamp() * 1000)
    with _making:
        before = _last["made"] if _last["millis"] == millis else _random(RANDOM_BITS - 1)
        made = (before + 1 + _random(40)) % (1 << RANDOM_BITS)
        _last.update(millis=millis, made=made)
    return UUID(int=(millis << 80) | (7 << 76) | (made >> 62 << 64) | (2 << 62) | (made & ((1 << 62) - 1)))


def _random(bits: int) -> int:
    return int.from_bytes(os.urandom(10), "big") >> (80 - bits)
