"""The dates of a series by a rule (RFC 5545 recurrence): every second Tuesday, the first Thursday of each month."""

from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday


class Rhythm(StrEnum):
    """How a series goes on from a session: on the same day of the week, at the same time of day."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"  # the same weekday of the month: the second Tuesday, or the last


WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2, Rhythm.FOUR_WEEKLY: 4}
LAST = -1


def following(first: datetime, zone: str, rhythm: Rhythm, times: int) -> list[datetime]:
    """The next instants after `first`, in UTC: the clock on the wall of the zone shows the same, summer or winter.

    A time that the zone skips in spring or has twice in autumn is taken as the later reading.
    """
    local = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    found = list(_rule(local, rhythm, times + 1))[1:]
    return [each.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC) for each in found]


def _rule(local: datetime, rhythm: Rhythm, count: int) -> rrule:
    if rhythm is Rhythm.MONTHLY:
        nth = (local.day - 1) // 7 + 1
        day = weekday(local.weekday(), nth if nth < 5 else LAST)
        return rrule(MONTHLY, dtstart=local, count=count, byweekday=day)
    return rrule(WEEKLY, dtstart=local, interval=WEEKS[rhythm], count=count)
