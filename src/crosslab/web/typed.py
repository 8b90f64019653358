"""The kinds of things people type: lines, texts, amounts, dates. Each knows how to tell a mistake."""

import re
import unicodedata
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from crosslab.core import money
from crosslab.rules import N_

from .formats import decimal_mark

_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Mistake(ValueError):
    """A mistake in one field, told with facts."""

    def __init__(self, text: str, **facts: Any) -> None:
        super().__init__(text)
        self.facts = facts


def clean(text: Any) -> Any:
    """Text as people see it: composed (NFC), one kind of line break, nothing unseen.

    Raises `Mistake` for direction marks, zero-width characters and control characters, naming the first.
    """
    if not isinstance(text, str):
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    found = _UNSEEN.search(text) or _CONTROL.search(text)
    if found:
        raise Mistake(
            N_("Character {place} cannot be seen (U+{code}). Delete it, or type the text again."),
            place=found.start() + 1,
            code=f"{ord(found.group()):04X}",
        )
    return text


def _one_line(text: Any) -> Any:
    text = clean(text)
    return " ".join(text.split()) if isinstance(text, str) else text


Text = Annotated[str, BeforeValidator(clean)]
"""Several lines. Give it a limit: `Annotated[Text, StringConstraints(max_length=2000)]`."""

Line = Annotated[str, BeforeValidator(_one_line)]
"""One line."""

Name = Annotated[Line, StringConstraints(min_length=2, max_length=120)]
ShortLine = Annotated[Line, StringConstraints(max_length=60)]
LongText = Annotated[Text, StringConstraints(max_length=4000)]


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s\"<>,;]{1,64}@[A-Za-z0-9.-]{1,250}\.[A-Za-z]{2,}", text):
        raise Mistake(N_("Write an e-mail address like name@example.org."))
    return text.lower()


Email = Annotated[Line, AfterValidator(_email)]


def _amount(value: Any, info: ValidationInfo) -> int:
    """Minor units of what was typed; the currency is the model's field `currency`, or EUR."""
    if isinstance(value, int):
        return value
    currency = str(info.data.get("currency") or "EUR")
    mark = decimal_mark((info.context or {}).get("locale", "en_GB"))
    try:
        return money.parse(str(value), currency, mark)
    except ValueError as wrong:
        example = "38.400,50" if mark == "," else "38,400.50"
        raise Mistake(
            str(wrong), mark=mark, example=example, currency=currency,
            digits=money.MINOR_DIGITS[currency], most=money.MOST,
        ) from None  # fmt: skip


Amount = Annotated[int, BeforeValidator(_amount)]
"""An amount of money as the reader writes it, in minor units of the model's earlier field `currency`."""


def day_of(typed: dict[str, Any], name: str) -> date | None:
    """The date in the three fields `<name>_day`, `<name>_month`, `<name>_year`; None when all are empty."""
    parts = [str(typed.get(f"{name}_{part}", "")).strip() for part in ("day", "month", "year")]
    if not any(parts):
        return None
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise Mistake(
            N_("This is not a day. Write day, month and year in figures, for example 30 11 2026.")
        ) from None


def instant_of(typed: dict[str, Any], name: str, zone: str) -> datetime | None:
    """The instant in `<name>_day/_month/_year/_time`, read in the zone and given in UTC.

    A time that the zone skips in spring or has twice in autumn is taken as the later reading.
    """
    day = day_of(typed, name)
    if day is None:
        return None
    try:
        clock = time.fromisoformat(str(typed.get(f"{name}_time", "") or "17:00").strip().replace(".", ":"))
    except ValueError:
        raise Mistake(N_("Write the time as hours and minutes, for example 17:00.")) from None
    return datetime.combine(day, clock, ZoneInfo(zone)).replace(fold=1).astimezone(UTC)
