"""What exactly a partner signs: one canonical text of the whole application, and a digest of each of its parts.

Pure. The same application gives the same bytes on every machine; whatever a reader could notice changes them.
"""

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from crosslab.core.money import MINOR_DIGITS
from crosslab.ip_vault import cj

Content = dict[str, Any]
"""The application as plain data: `application`, `partners`, `sections`, `budgets`; money as decimal text."""

FORM = "crosslab-application-1"
_UNREADABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """The text without what nobody can see: a tab counts as a space, a control character as nothing."""
    return _UNREADABLE.sub("", text.replace("\t", " "))


def canonical(content: Content) -> bytes:
    """The one byte sequence of an application (RFC 8785, without floats)."""
    return cj.encode({"form": FORM, **content})


def read(text: str) -> Content:
    """The content of a canonical text that was kept."""
    return {key: value for key, value in cj.decode(text.encode()).items() if key != "form"}


def digest(content: Content) -> str:
    """The SHA-256 of the canonical text, in hexadecimal: what a signature names."""
    return hashlib.sha256(canonical(content)).hexdigest()


def parts(content: Content) -> dict[str, str]:
    """A digest of each part: `details`, `partners`, `section:<key>`, `budget:<organisation id>`."""
    found = {"details": content["application"], "partners": content["partners"]}
    found |= {f"section:{one['key']}": one for one in content["sections"]}
    found |= {f"budget:{one['organisation']}": one for one in content["budgets"]}
    return {name: hashlib.sha256(cj.encode(part)).hexdigest() for name, part in found.items()}


def changed(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The names of the parts that are new, gone or different now, in a steady order."""
    return sorted(name for name in {*then, *now} if then.get(name) != now.get(name))


def decimal_text(minor: int, currency: str) -> str:
    """An amount as a decimal string with all its decimals: 3840050 → 38400.50."""
    return str(Decimal(minor).scaleb(-MINOR_DIGITS[currency]))
