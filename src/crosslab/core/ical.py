"""Calendar files (RFC 5545): what takes place, as calendars read it.

Times are in UTC, so that no rule of a zone can be wrong; an entry that names its zone is told in it, with the
zone's rules from the year before to the year after.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

MEDIA_TYPE = "text/calendar"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a calendar. `edition` counts up with every change, so that calendars know which is the newest.

    What ends when it begins is a moment: a deadline.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    path: str
    place: str = ""
    note: str = ""
    link: str = ""
    edition: int = 0
    cancelled: bool = False
    a_day_before: bool = False
    a_week_before: bool = False
    zone: str = ""

    def packed(self) -> dict[str, Any]:
        """As JSON, for a letter that waits."""
        return {n: v.isoformat() if isinstance(v, datetime) else v for n, v in asdict(self).items()}


def unpacked(facts: dict[str, Any]) -> Entry:
    """An entry out of a letter that waited."""
    times = {name: datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at", "changed_at")}
    return Entry(**{**facts, **times})


def calendar(entries: Iterable[Entry], *, origin: str, name: str = "") -> str:
    """A calendar file of entries; with a name it is a feed that calendars ask for again every six hours."""
    made = Calendar()
    for word, value in (("prodid", "-//Crosslab//Crosslab//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        made.add(word, value)
    if name:
        made.add("x-wr-calname", name)
        made.add("name", name)
        made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", "PT6H")
    found = list(entries)
    for entry in found:
        made.add_component(_event(entry, origin))
    years = [entry.starts_at.year for entry in found if entry.zone]
    if years:
        made.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    written: bytes = made.to_ical()
    return written.decode()


def _event(entry: Entry, origin: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.edition)
    zone = ZoneInfo(entry.zone) if entry.zone else UTC
    event.add("dtstart", entry.starts_at.astimezone(zone))
    if entry.ends_at > entry.starts_at:
        event.add("dtend", entry.ends_at.astimezone(zone))
    else:
        event.add("duration", timedelta(0))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("url", f"{origin}{entry.path}")
    if place := entry.place or entry.link:
        event.add("location", place)
    event.add(
        "description", "\n".join(each for each in (entry.note, entry.link, f"{origin}{entry.path}") if each)
    )
    for wished, days in ((entry.a_day_before, 1), (entry.a_week_before, 7)):
        if wished and not entry.cancelled:
            event.add_component(_alarm(entry.title, days))
    return event


def _alarm(title: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-days))
    return alarm
