"""Shares of a right: exact fractions that add up to one. No floats, no decimals, ever."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from crosslab.ip_vault.errors import FormatError

MAX_DENOMINATOR = 10**9
_SHARE = re.compile(r"([1-9][0-9]{0,9})/([1-9][0-9]{0,9})")


def parse_share(text: str) -> Fraction:
    """A reduced fraction above 0 and at most 1, written `n/d`."""
    found = _SHARE.fullmatch(text)
    if found is None:
        raise FormatError("a share is written n/d, both whole and above zero")
    share = Fraction(int(found[1]), int(found[2]))
    if write_share(share) != text:
        raise FormatError("a share is written in lowest terms")
    if share > 1 or share.denominator > MAX_DENOMINATOR:
        raise FormatError("a share is at most the whole, in parts not finer than a billionth")
    return share


def write_share(share: Fraction) -> str:
    """The share as it stands in a statement; the whole is `1/1`."""
    return f"{share.numerator}/{share.denominator}"


def parse_owners(owners: list[dict[str, Any]]) -> dict[str, Fraction]:
    """Who owns how much of one right: each party once, adding up to exactly 1."""
    held = {each["party"]: parse_share(each["share"]) for each in owners}
    if len(held) != len(owners):
        raise FormatError("a party is named twice as an owner of one right")
    if sum(held.values()) != 1:
        raise FormatError("the shares of a right do not add up to 1")
    return held


def write_owners(held: Mapping[str, Fraction]) -> list[dict[str, str]]:
    """The owners as they stand in a statement, by party id."""
    return [{"party": party, "share": write_share(held[party])} for party in sorted(held)]
