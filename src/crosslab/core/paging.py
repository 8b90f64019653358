"""Lists page by key: the next page begins after the last row shown, however long the list has grown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of a list: its rows, and the key after which the next begins, if there is one."""

    rows: Sequence[T]
    after: str | None


def cut(rows: Sequence[Any], size: int, key: str = "id") -> Slice[Any]:
    """Make a page of `size` out of up to `size + 1` rows; the one too many says that there is more."""
    if len(rows) <= size:
        return Slice(rows, None)
    return Slice(rows[:size], str(getattr(rows[size - 1], key)))


def key_of(after: str | None) -> UUID | None:
    """The key in a URL, or None when there is none or it is not one."""
    try:
        return UUID(after) if after else None
    except ValueError:
        return None
