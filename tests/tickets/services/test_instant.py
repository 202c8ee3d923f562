from datetime import UTC, datetime

import pytest

from tickets.services.instant import instant_of


def test_a_moment_with_its_zone_is_given_in_utc():
    assert instant_of("2026-01-31T08:00:00+08:00") == datetime(2026, 1, 31, tzinfo=UTC)
    assert instant_of("2026-01-31T08:00:00+08:00").tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    ["", "x", "2026-01-31", "2026-01-31T08:00:00", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"],
)
def test_what_is_no_moment_of_counted_time_is_none(written):
    assert instant_of(written) is None
