"""Part of a file, as a program asks for it that goes on where a line broke off (RFC 9110, section 14)."""

import re

_ONE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{1,15})?")


def part_of(header: str | None, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last, of a file of so many bytes; None when all of it is asked for.

    One part from a place on, or up to a place; anything else is answered with the whole, as the standard allows.
    """
    found = _ONE.fullmatch(header or "")
    if found is None:
        return None
    start, stop = int(found[1]), min(size, int(found[2] or size) + 1)
    return (start, stop) if start < stop else None
