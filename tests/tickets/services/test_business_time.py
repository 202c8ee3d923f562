from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.services.business_time import ALWAYS, Hours, after, between

BERLIN, SHANGHAI, KATHMANDU = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Shanghai", "Asia/Kathmandu")
)
NINE_TO_SIX = ((540, 1080),)
OFFICE = [NINE_TO_SIX] * 5 + [(), ()]
NIGHTS = [((1320, 1800),)] * 7  # 22:00 to 06:00
HOUR = timedelta(hours=1)

# Whole quarters of an hour, away from the hour that a change of the clocks repeats.
shifts = st.tuples(st.integers(0, 95), st.integers(1, 60)).map(lambda s: (s[0] * 15, (s[0] + s[1]) * 15))
weeks = st.lists(st.lists(shifts, max_size=3), min_size=7, max_size=7).filter(any)
holidays = st.frozensets(st.dates(date(2026, 3, 1), date(2026, 4, 30)), max_size=10)
moments = st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
zones = st.sampled_from([BERLIN, SHANGHAI, KATHMANDU, ZoneInfo("UTC"), ZoneInfo("America/St_Johns")])
calendars = st.builds(Hours, zones, weeks, holidays)
amounts = st.integers(1, 20_000).map(lambda minutes: timedelta(minutes=minutes))


@given(calendars, moments, moments, moments)
def test_stretches_add_up(hours, one, two, three):
    first, second, third = sorted([one, two, three])

    assert between(hours, first, second) + between(hours, second, third) == between(hours, first, third)


@given(calendars, moments, moments)
def test_no_more_than_real_time_goes_by_and_none_backwards(hours, one, two):
    first, second = sorted([one, two])

    assert timedelta() <= between(hours, first, second) <= second - first
    assert between(hours, second, first) == timedelta()


@given(calendars, moments, amounts)
def test_after_an_amount_just_that_amount_has_gone_by(hours, start, amount):
    end = after(hours, start, amount)

    assert end is not None
    assert between(hours, start, end) == amount
    assert between(hours, start, end - timedelta(seconds=1)) < amount  # and not a moment earlier


@given(calendars, moments, amounts)
def test_looking_back_finds_since_when_that_much_went_by(hours, end, amount):
    start = after(hours, end, -amount)

    assert start is not None
    assert between(hours, start, end) == amount


@given(st.builds(Hours, st.sampled_from([SHANGHAI, KATHMANDU]), weeks, holidays), moments)
def test_it_is_open_when_the_wall_clock_says_so(hours, start):
    """Minute by minute, another way: for zones without summer time."""

    def is_open(at):
        wall = at.astimezone(hours.zone)
        minute, today, before = (
            wall.hour * 60 + wall.minute,
            wall.date(),
            wall.date() - timedelta(1),
        )
        if today in hours.holidays:
            return False
        return any(begin <= minute < end for begin, end in hours.week[today.weekday()]) or (
            before not in hours.holidays
            and any(minute < end - 1440 for _, end in hours.week[before.weekday()])
        )

    quarter = timedelta(minutes=15)
    start = start.replace(minute=0)
    minutes = [start + quarter * at for at in range(200)]

    assert between(hours, start, start + quarter * 200) == quarter * sum(map(is_open, minutes))


def at(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_a_friday_evening_runs_on_into_monday():
    hours = Hours(SHANGHAI, OFFICE)

    assert after(hours, at("2026-11-27 17:30", SHANGHAI), HOUR) == at("2026-11-30 09:30", SHANGHAI)
    assert after(hours, at("2026-11-28 12:00", SHANGHAI), HOUR) == at("2026-11-30 10:00", SHANGHAI)


def test_an_amount_that_ends_with_the_day_is_due_at_closing_time():
    hours = Hours(SHANGHAI, OFFICE)

    assert after(hours, at("2026-11-26 17:00", SHANGHAI), HOUR) == at("2026-11-26 18:00", SHANGHAI)


def test_a_holiday_is_skipped():
    hours = Hours(SHANGHAI, OFFICE, frozenset({date(2026, 11, 30)}))

    assert after(hours, at("2026-11-27 17:30", SHANGHAI), HOUR) == at("2026-12-01 09:30", SHANGHAI)


@pytest.mark.parametrize(("night", "length"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-06-01", 8)])
def test_a_night_shift_is_as_long_as_the_clocks_make_it(night, length):
    start = at(f"{night} 22:00", BERLIN)

    assert between(Hours(BERLIN, NIGHTS), start, start + timedelta(hours=10)) == length * HOUR


def test_a_shift_that_would_begin_on_a_holiday_does_not_take_place():
    hours = Hours(BERLIN, NIGHTS, frozenset({date(2026, 6, 2)}))

    # From the first to the fourth of June: 22 to 24 on the 1st, nothing on the 2nd, 22 to 24 on the 3rd.
    assert between(hours, at("2026-06-01 12:00", BERLIN), at("2026-06-04 00:00", BERLIN)) == 4 * HOUR


def test_a_calendar_without_hours_never_comes_to_an_end():
    assert after(Hours(SHANGHAI, [()] * 7), at("2026-11-27 17:30", SHANGHAI), HOUR) is None


def test_always_open_is_real_time():
    start = at("2026-03-28 22:00", BERLIN).astimezone(UTC)

    assert after(ALWAYS, start, 10 * HOUR) == start + 10 * HOUR
    assert between(ALWAYS, start, start + HOUR) == HOUR
