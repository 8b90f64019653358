"""Small checks that closed schemas are made of. A shape takes a value and refuses it or says nothing."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from crosslab.ip_vault import shares
from crosslab.ip_vault.age import hybrid
from crosslab.ip_vault.curve import check_public
from crosslab.ip_vault.errors import FormatError, VaultError
from crosslab.ip_vault.ids import is_id
from crosslab.ip_vault.keys import unb64u

Shape = Callable[[Any], None]
TIME = "%Y-%m-%dT%H:%M:%SZ"


def word(*choices: str) -> Shape:
    """One of these words."""
    return _when(lambda value: value in choices and isinstance(value, str), "is none of the known words")


def matching(pattern: str) -> Shape:
    """A text of this pattern."""
    known = re.compile(pattern)
    return _when(
        lambda value: isinstance(value, str) and known.fullmatch(value), "has not the form it must have"
    )


def text(most: int, *, least: int = 1, lines: bool = False) -> Shape:
    """A text of so many characters, on one line unless `lines`, not padded with white space."""

    def fits(value: Any) -> bool:
        if not isinstance(value, str) or not least <= len(value) <= most or value != value.strip():
            return False
        return lines or "\n" not in value

    return _when(fits, "is not a text of the right length")


def number(least: int, most: int) -> Shape:
    """A whole number in this range; true and false are no numbers."""
    return _when(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most,
        "is not a number in its range",
    )


def either(one: Shape, two: Shape) -> Shape:
    """One shape or the other."""

    def check(value: Any) -> None:
        try:
            one(value)
        except FormatError:
            two(value)

    return check


def each(shape: Shape, most: int, *, least: int = 0, once: str | None = None) -> Shape:
    """A list of so many; with `once`, no two share that key (or are equal, for "")."""

    def check(value: Any) -> None:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise FormatError("a list is missing, too short or too long")
        for item in value:
            shape(item)
        if once is not None:
            seen = {item[once] if once else item for item in value}
            if len(seen) != len(value):
                raise FormatError("a list names something twice")

    return check


def closed(**fields: Shape) -> Shape:
    """An object with exactly these keys."""

    def check(value: Any) -> None:
        if not isinstance(value, dict) or value.keys() != fields.keys():
            raise FormatError("an object has not exactly the keys it must have")
        for key, shape in fields.items():
            try:
                shape(value[key])
            except VaultError as error:
                raise FormatError(f"{key}: {error}") from error

    return check


def _when(holds: Callable[[Any], object], complaint: str) -> Shape:
    def check(value: Any) -> None:
        if not holds(value):
            raise FormatError(complaint)

    return check


def _is_moment(value: Any) -> bool:
    """A UTC second in its one spelling."""
    if not isinstance(value, str):
        return False
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return False
    return when.year >= 1000 and f"{when:{TIME}}" == value


def _public_key(value: Any) -> None:
    if not isinstance(value, str):
        raise FormatError("is not a public key")
    check_public(unb64u(value, 32))


def _recipient(value: Any) -> None:
    if not isinstance(value, str) or len(value) > 2100:
        raise FormatError("is not an age1pq recipient")
    hybrid.parse_recipient(value)


def _owners(value: Any) -> None:
    each(closed(party=ident, share=matching(r"[0-9/]{3,21}")), 64, least=1, once="party")(value)
    shares.parse_owners(value)


ident: Shape = _when(is_id, "is not an id")
empty: Shape = word("")
moment: Shape = _when(_is_moment, "is not a UTC second")
public_key: Shape = _public_key
recipient: Shape = _recipient
owners: Shape = _owners
