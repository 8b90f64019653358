"""Identifiers that sort by the time they were made (RFC 9562, version 7), so that lists page by key."""

import os
from uuid import UUID

from .clock import now


def uuid7() -> UUID:
    """A new UUID version 7: 48 bits of Unix milliseconds by our clock, then 74 random bits."""
    millis = int(now().timestamp() * 1000)
    value = (millis << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)
