"""A deadline for one's own calendar: RFC 5545, with the rules of its time zone inside."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Crosslab//Challenges//EN", "METHOD:PUBLISH")


def event(*, uid: str, made: datetime, at: datetime, zone: str, title: str, url: str, note: str) -> str:
    """One moment in a calendar file, with an alarm a week before."""
    local = at.astimezone(ZoneInfo(zone))
    lines = [
        *HEAD,
        *_zone(zone, local.year),
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{made.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={zone}:{local:%Y%m%dT%H%M%S}",
        "DURATION:PT0S",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(note)}",
        f"URL:{url}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(title)}",
        "TRIGGER:-P7D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _zone(name: str, year: int) -> list[str]:
    """The zone's offsets from the year before to the year after, one observance each."""
    zone = ZoneInfo(name)
    begin = datetime(year - 1, 1, 1, tzinfo=UTC)
    observances = [(begin, begin.astimezone(zone), begin.astimezone(zone))]
    for hour in range(3 * 366 * 24):
        at = begin + timedelta(hours=hour)
        before, after = (at - timedelta(hours=1)).astimezone(zone), at.astimezone(zone)
        if before.utcoffset() != after.utcoffset():
            observances.append((at, before, after))
    inside = [line for each in observances for line in _observance(*each)]
    return ["BEGIN:VTIMEZONE", f"TZID:{name}", *inside, "END:VTIMEZONE"]


def _observance(at: datetime, before: datetime, after: datetime) -> list[str]:
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    begins = (at + (before.utcoffset() or timedelta())).replace(tzinfo=None)
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{begins:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{before:%z}",
        f"TZOFFSETTO:{after:%z}",
        f"TZNAME:{after:%Z}",
        f"END:{kind}",
    ]


def _text(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> str:
    """Lines of at most 75 octets; a letter is never cut."""
    made, room = "", 75
    for letter in line:
        size = len(letter.encode())
        if size > room:
            made, room = made + "\r\n ", 74
        made, room = made + letter, room - size
    return made
