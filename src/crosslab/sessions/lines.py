"""A line of the calendar, in the words of its reader."""

from zoneinfo import ZoneInfo

from babel.dates import format_date

from crosslab.web.formats import moment
from crosslab.web.page import Page

from .queries import Coming


def parts_of(page: Page, line: Coming) -> tuple[str, str, str, str]:
    """The day's number and name, from when to when, and its month: 24 · Tue · 17:00–19:00 GMT · Nov 2026."""
    zone = ZoneInfo(line.thing.zone)
    starts, ends = line.starts_at.astimezone(zone), line.ends_at.astimezone(zone)
    named = moment(line.starts_at, page.locale, line.thing.zone).split(", ")[-1]
    until = f"–{ends:%H:%M}" if ends.date() == starts.date() else ""
    clock = named.replace(f"{starts:%H:%M}", f"{starts:%H:%M}{until}")
    day, month = (format_date(starts.date(), shape, locale=page.locale) for shape in ("EEE", "LLL y"))
    return str(starts.day), day, clock, month
