"""The one clock. Tests and the demo world set it; nothing else reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_set_to: list[datetime] = []


def now() -> datetime:
    """The present instant, aware and in UTC."""
    return _set_to[-1] if _set_to else datetime.now(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Let it be `instant` for the whole process until the block ends."""
    if instant.tzinfo is None:
        raise ValueError("an instant has a time zone")
    _set_to.append(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.pop()
