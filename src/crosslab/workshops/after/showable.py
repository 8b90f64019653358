"""What a printed page can show: signs that no font of ours has are said by their name instead, 🚀 as (rocket)."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from crosslab.core.aside import Cannot

_REFUSED = re.compile(r'the text `"(.+)"` could not be displayed', re.S)
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200d\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LONG = re.compile(r"(\S{14})(?=\S{4})")
"""A word so long that a narrow note could not hold it may break anywhere."""
MOST_TRIES = 12
LATIN, PAPER = 0x17F, 0x2E7F
"""The last sign that our own fonts have; the last one before the scripts and pictures that come in thousands."""


def printed(data: Any, print_: Callable[[Any], bytes]) -> bytes:
    """The page with everything that can be shown; what cannot is said. Raises what else is wrong with a page."""
    missing: frozenset[str] = frozenset()
    for _ in range(MOST_TRIES):
        try:
            return print_(said(data, missing))
        except Cannot as wrong:
            refused = _REFUSED.search(str(wrong))
            if refused is None:
                raise
            missing |= _like(_signs(data), frozenset(refused[1]))
    return print_(said(data, frozenset(sign for sign in _signs(data) if ord(sign) > LATIN)))


def said(data: Any, missing: frozenset[str]) -> Any:
    """Every text in it without what nobody sees, each missing sign said by its name."""
    if isinstance(data, str):
        seen = _UNSEEN.sub("", data.replace("\t", " "))
        return _LONG.sub("\\1\u200b", "".join(_name(sign) if sign in missing else sign for sign in seen))
    if isinstance(data, dict):
        return {key: said(value, missing) for key, value in data.items()}
    return [said(each, missing) for each in data] if isinstance(data, list | tuple) else data


def _name(sign: str) -> str:
    return f"({unicodedata.name(sign, f'U+{ord(sign):04X}').lower()})"


def _signs(data: Any) -> frozenset[str]:
    if isinstance(data, str):
        return frozenset(data)
    several = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    return frozenset[str]().union(*(_signs(each) for each in several))


def _like(signs: frozenset[str], refused: frozenset[str]) -> frozenset[str]:
    """The refused signs, and of scripts with thousands of signs the others of the same block: tried once, not each."""
    blocks = {ord(sign) >> 10 for sign in refused if ord(sign) > PAPER}
    alike = {sign for sign in signs if ord(sign) > PAPER and ord(sign) >> 10 in blocks}
    return frozenset(alike | {sign for sign in refused if ord(sign) > 0x7E})
