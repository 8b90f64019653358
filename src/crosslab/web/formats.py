"""Numbers, dates and money as the reader writes them. Cached, for Babel is slow and lists are long."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import (
    format_date,
    format_datetime,
    format_time,
    format_timedelta,
    get_timezone_location,
    get_timezone_name,
)
from babel.numbers import format_currency, format_decimal, format_percent, get_decimal_symbol

from crosslab.core.clock import now
from crosslab.core.money import MINOR_DIGITS, Money


@lru_cache(20_000)
def day(value: date, locale: str) -> str:
    """30 Nov 2026 · 30. Nov. 2026 · 30. nov. 2026"""
    return format_date(value, "medium", locale=locale)


@lru_cache(5_000)
def long_day(value: date, locale: str) -> str:
    """Monday 30 November 2026, in the reader's order."""
    return format_date(value, "full", locale=locale)


@lru_cache(20_000)
def moment(value: datetime, locale: str, zone: str = "UTC") -> str:
    """An instant in a zone, with the zone's name: Monday 30 November 2026, 17:00 UK time."""
    local = value.astimezone(ZoneInfo(zone))
    name = "UTC" if zone == "UTC" else _zone_name(local, locale)
    clock = format_time(local, "HH:mm", locale=locale)
    return f"{format_date(local, 'full', locale=locale)}, {clock} {name}"


@lru_cache(5_000)
def span(start: datetime, end: datetime, locale: str, zone: str = "UTC") -> str:
    """From one instant to another; a day is said once: Monday 30 November 2026, 09:00–15:00 UK time."""
    first, last = (each.astimezone(ZoneInfo(zone)) for each in (start, end))
    if first.date() != last.date():
        return f"{moment(start, locale, zone)} – {moment(end, locale, zone)}"
    name = "UTC" if zone == "UTC" else _zone_name(first, locale)
    clocks = "–".join(format_time(each, "HH:mm", locale=locale) for each in (first, last))
    return f"{format_date(first, 'full', locale=locale)}, {clocks} {name}"


def _zone_name(local: datetime, locale: str) -> str:
    """CET where the reader's language has a short name for it; else the city whose clock it is: (London)."""
    short = get_timezone_name(local, "short", locale=locale)
    return short if short.isalpha() else f"({get_timezone_location(local, locale=locale, return_city=True)})"


@lru_cache(20_000)
def short_moment(value: datetime, locale: str, zone: str = "UTC") -> str:
    """An instant in brief: 12 Nov 2026, 14:20."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{format_date(local, 'medium', locale=locale)}, {format_datetime(local, 'HH:mm', locale=locale)}"


def ago(value: datetime, locale: str) -> str:
    """How long since: 3 days ago."""
    return format_timedelta(value - now(), add_direction=True, locale=locale)


@lru_cache(20_000)
def money(value: Money, locale: str) -> str:
    """£38,400 · 38.400 £ · 38 400 £. Minor units are shown only when there are some."""
    whole = value.minor % 10 ** MINOR_DIGITS[value.currency] == 0
    return format_currency(
        value.amount, value.currency, locale=locale, currency_digits=not whole, decimal_quantization=True,
        format="¤#,##0" if whole and locale.startswith("en") else ("#,##0 ¤" if whole else None),
    )  # fmt: skip


@lru_cache(20_000)
def number(value: int | Decimal, locale: str) -> str:
    """1,234 · 1.234 · 1 234"""
    return format_decimal(value, locale=locale)


@lru_cache(2_000)
def percent(value: int | Decimal, locale: str) -> str:
    """A number of hundredths as a percentage: 35 → 35%, 35 %."""
    return format_percent(Decimal(value) / 100, locale=locale, decimal_quantization=False)


@lru_cache(16)
def decimal_mark(locale: str) -> str:
    """The mark before the decimals: `.` or `,`."""
    return get_decimal_symbol(locale)
