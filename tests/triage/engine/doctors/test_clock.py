from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.clock import check_clock

RECEIVED = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


CASES = [
    ("2026-01-05T09:30:00Z", utc(2026, 1, 5, 9, 30), ""),
    ("2026-01-05 17:30+08:00", utc(2026, 1, 5, 9, 30), ""),
    ("2026/01/05 09:30:00+00:00", utc(2026, 1, 5, 9, 30), ""),
    ("2026-01-05T10:03:00Z", utc(2026, 1, 5, 10, 3), ""),
    ("2026-01-05T12:00:00Z", utc(2026, 1, 5, 12), "future"),
    ("2025-11-05T12:00:00Z", utc(2025, 11, 5, 12), "far_off"),
    ("2026-01-05 17:30", utc(2026, 1, 5, 9, 30), "zone_missing"),
    ("2026-01-05 09:50", utc(2026, 1, 5, 9, 50), "zone_missing"),
    ("2026-01-06 17:30", utc(2026, 1, 6, 17, 30), "future"),
    ("yesterday evening", None, "unreadable"),
    ("", None, "unreadable"),
    ("0001-01-01T00:00:00+14:00", None, "unreadable"),
]


@pytest.mark.parametrize(("stated", "moment", "problem"), CASES)
def test_the_stated_time_is_read_and_judged(stated, moment, problem):
    advice = check_clock(stated, RECEIVED)

    assert (advice.utc, advice.problem) == (moment, problem)
    assert bool(advice.warning.en) == bool(advice.warning.zh) == bool(problem)


def test_the_customers_usual_zone_is_used_where_none_is_stated():
    advice = check_clock("2026-01-05 04:30", RECEIVED, assumed_minutes=-300)

    assert advice.utc == utc(2026, 1, 5, 9, 30)
    assert "UTC-05:00" in advice.warning.en


def test_the_assumed_zone_is_named():
    assert "UTC+08:00" in check_clock("2026-01-05 17:30", RECEIVED).warning.zh


def test_a_time_object_is_taken_as_it_is():
    stated = datetime(2026, 1, 5, 17, 30, tzinfo=timezone(timedelta(hours=8)))

    assert check_clock(stated, RECEIVED).utc == utc(2026, 1, 5, 9, 30)


def test_a_receipt_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        check_clock("2026-01-05", datetime(2026, 1, 5))


@given(
    st.text(max_size=30) | st.datetimes() | st.datetimes(timezones=st.timezones()), st.none() | st.integers()
)
def test_no_time_makes_it_raise(stated, minutes):
    advice = check_clock(stated, RECEIVED, assumed_minutes=minutes)

    assert (advice.utc is None) == (advice.problem == "unreadable")
