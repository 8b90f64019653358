"""Dates by a rule, reminders, and what is forgotten in time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslab.core.errors import Refused
from crosslab.sessions import actions, jobs
from crosslab.sessions.dates import Rhythm, following

OSLO = ZoneInfo("Europe/Oslo")
TUESDAY = datetime(2026, 10, 13, 17, tzinfo=OSLO)


def local(found):
    return [f"{each.astimezone(OSLO):%d %b %H:%M}" for each in found]


def test_every_second_tuesday_stays_at_five_when_the_clocks_change():
    found = following(TUESDAY.astimezone(UTC), "Europe/Oslo", Rhythm.FORTNIGHTLY, 3)
    assert local(found) == ["27 Oct 17:00", "10 Nov 17:00", "24 Nov 17:00"]
    assert [each.hour for each in found] == [16, 16, 16]


def test_monthly_means_the_same_weekday_of_the_month():
    found = following(TUESDAY.astimezone(UTC), "Europe/Oslo", Rhythm.MONTHLY, 3)
    assert local(found) == ["10 Nov 17:00", "08 Dec 17:00", "12 Jan 17:00"]


def test_the_fifth_friday_of_a_month_goes_on_as_its_last():
    fifth = datetime(2026, 10, 30, 9, tzinfo=OSLO)
    assert local(following(fifth, "Europe/Oslo", Rhythm.MONTHLY, 2)) == ["27 Nov 09:00", "25 Dec 09:00"]


@given(
    st.sampled_from(list(Rhythm)),
    st.integers(1, 26),
    st.integers(0, 3_000_000),
)
def test_dates_rise_keep_their_weekday_and_are_as_many_as_asked(rhythm, times, minutes):
    begins = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = following(begins, "Europe/London", rhythm, times)
    assert len(found) == times
    assert found == sorted(set(found))
    assert begins < found[0]


def test_a_series_goes_on_from_one_of_its_dates(planned):
    series = actions.start_series(
        planned.db, planned.host, planned.programme, organisation=planned.house, title="Evenings"
    )
    planned.session.series_id = series.id
    made = actions.repeat(planned.db, planned.host, planned.session, rhythm=Rhythm.WEEKLY, times=3)
    assert [each.state for each in made] == ["planned"] * 3
    assert len({each.no for each in [planned.session, *made]}) == 4
    assert {each.ends_at - each.starts_at for each in made} == {timedelta(hours=2)}


def test_a_session_of_no_series_has_no_further_dates(planned):
    with pytest.raises(Refused):
        actions.repeat(planned.db, planned.host, planned.session, rhythm=Rhythm.WEEKLY, times=3)


def reminded(hall, name):
    return len(hall.letters(hall.of(name), "session_reminder"))


def test_a_week_and_a_day_before_each_who_has_a_place_is_reminded_once(hall, later):
    for name in ("Ada", "Ben", "Cai", "Dan"):
        hall.comes(name)
    for hours in (24, 24 * 3 + 1, 24 * 3 + 2, 24 * 9 + 1, 24 * 9 + 2):
        with later(hours=hours):
            jobs.remind(hall.db)
    assert [reminded(hall, name) for name in ("Ada", "Ben", "Cai", "Dan")] == [2, 2, 2, 0]


def test_whoever_left_is_not_reminded(hall, later):
    ada = hall.comes("Ada")
    actions.leave(hall.db, ada, hall.of("Ada"), session=hall.session)
    with later(days=4):
        jobs.remind(hall.db)
    assert reminded(hall, "Ada") == 0


def test_when_nothing_ran_for_days_no_stale_reminders_burst_out(hall, later):
    hall.comes("Ada")
    with later(days=8):
        jobs.remind(hall.db)
    assert reminded(hall, "Ada") == 0
    with later(days=9, hours=23):
        jobs.remind(hall.db)
    with later(days=40):
        jobs.remind(hall.db)
    assert reminded(hall, "Ada") == 0


def test_a_clock_that_jumps_back_reminds_nobody_twice(hall, later):
    hall.comes("Ada")
    for days in (4, 3.5, 4, 3.1):
        with later(days=days):
            jobs.remind(hall.db)
    assert reminded(hall, "Ada") == 1


def test_whoever_registers_later_gets_no_reminder_that_was_due_before(hall, later):
    with later(days=4):
        hall.comes("Ada")
    with later(days=4, hours=1):
        jobs.remind(hall.db)
    assert reminded(hall, "Ada") == 0


def test_a_session_that_was_moved_reminds_anew_and_a_cancelled_one_never(hall, later):
    hall.comes("Ada")
    with later(days=4):
        jobs.remind(hall.db)
    begins = hall.session.starts_at + timedelta(days=10)
    actions.describe(hall.db, hall.host, hall.session, starts_at=begins, ends_at=begins + timedelta(hours=2))
    with later(days=14):
        jobs.remind(hall.db)
    assert reminded(hall, "Ada") == 2
    actions.cancel(hall.db, hall.host, hall.session, reason="Storm.")
    with later(days=19, hours=2):
        jobs.remind(hall.db)
    assert reminded(hall, "Ada") == 2


def test_needs_are_forgotten_after_a_month_and_addresses_after_half_a_year(hall, later):
    hall.comes("Ada", access="A seat near the door")
    with later(days=30):
        jobs.forget(hall.db)
        hall.db.expire_all()
        assert (hall.of("Ada").access, hall.of("Ada").email) == ("A seat near the door", "ada@example.org")
    with later(days=41):
        jobs.forget(hall.db)
    hall.db.expire_all()
    assert (hall.of("Ada").access, hall.of("Ada").email) == ("", "ada@example.org")
    with later(days=191):
        jobs.forget(hall.db)
    hall.db.expire_all()
    assert hall.of("Ada").email == ""


def test_a_job_for_what_was_erased_does_nothing(hall, later):
    ada = hall.comes("Ada")
    gone = str(hall.of("Ada").id)
    actions.erase(hall.db, ada, hall.of("Ada"), session=hall.session)
    with later(hours=30):
        jobs.lapse(hall.db, gone)
    assert hall.states() == {}
