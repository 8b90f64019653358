"""The days until a deadline, as a calendar at the house counts them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from crosslab.challenges.stages import days_left
from crosslab.challenges.tables import Challenge
from crosslab.core import clock


@pytest.mark.parametrize(
    ("zone", "moment", "days"),
    [
        ("Europe/London", "2026-11-22T00:05", 8),
        ("Europe/London", "2026-11-22T23:55", 8),
        ("Europe/London", "2026-11-29T23:55", 1),
        ("Europe/London", "2026-11-30T00:05", 0),
        ("Europe/London", "2026-11-30T17:30", 0),
        ("Europe/London", "2026-12-01T09:00", 0),
        ("Pacific/Auckland", "2026-11-29T00:05", 1),
        ("Pacific/Auckland", "2026-11-29T23:55", 1),
    ],
)
def test_the_days_left_are_those_of_the_houses_calendar_at_every_hour(zone, moment, days):
    there = ZoneInfo(zone)
    asked = Challenge(zone=zone, closes_at=datetime(2026, 11, 30, 17, tzinfo=there))
    with clock.at(datetime.fromisoformat(moment).replace(tzinfo=there)):
        assert days_left(asked) == days


def test_without_a_deadline_no_day_is_counted():
    assert days_left(Challenge(zone="Europe/London")) == 0
