from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.wait_time import LONGEST, wait_seconds

WAITS = [
    ("Retry-After: 20", 20),
    ("retry-after: 0", 0),
    ("< retry-after: 1.2", 2),
    ('"retry_after": 30', 30),
    ('{"retryAfter":"15"}', 15),
    ("'retry-after': ['45']", 45),
    ("llm_provider-retry-after: 20", 20),
    ("retry-after-ms: 1500", 2),
    ("retry_after_ms=408", 1),
    ("retry_after_seconds: 9", 9),
    ("Date: Mon, 05 Jan 2026 10:00:00 GMT\nRetry-After: Mon, 05 Jan 2026 10:01:30 GMT", 90),
    ("Date: Mon, 05 Jan 2026 10:00:00 GMT\nRetry-After: Mon, 05 Jan 2026 09:00:00 GMT", 0),
    ("Please try again in 6m0s.", 360),
    ("Please try again in 408ms.", 1),
    ("Please try again in 20s", 20),
    ("try again in 1h2m3.5s", 3724),
    ("Please retry after 86400 seconds", 86_400),
    ("Please retry in 28.52s.", 29),
    ("Retrying in 2892 seconds… (attempt 1/10)", 2892),
    ("Try again in 2 minutes", 120),
    ("resets in 3 hours", 10_800),
    ("请在 30 秒后重试", 30),
    ("请等待5分钟", 300),
    ("2 小时后再试", 7200),
    ('"retryDelay": "28s"', 28),
    ('\\"retryDelay\\": \\"3.5s\\"', 4),
    ("retry_delay { seconds: 41 }", 41),
    ("x-ratelimit-reset-requests: 6m0s", 360),
    ("x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 12s\nx-ratelimit-reset-tokens: 9m", 12),
    (
        "Date: Mon, 05 Jan 2026 10:00:00 GMT\nanthropic-ratelimit-requests-remaining: 0\n"
        "anthropic-ratelimit-requests-reset: 2026-01-05T10:00:45Z",
        45,
    ),
    ("Date: Mon, 05 Jan 2026 10:00:00 GMT\nX-RateLimit-Reset: 1767607260000", 60),
    ("Retry-After: 5\nPlease try again in 20s", 5),
]


@pytest.mark.parametrize(("text", "seconds"), WAITS)
def test_the_wait_is_read(text, seconds):
    assert wait_seconds(text) == seconds


NO_WAITS = [
    "",
    "429 Too Many Requests",
    "please retry your request after an exponential backoff",
    "Retry-After: Mon, 05 Jan 2026 10:01:30 GMT",
    "retry-after: soon",
    "Retry-After: 99999999999",
    "the request waited and failed after 30 s",
    "x-ratelimit-limit-requests: 60",
    "x-ratelimit-remaining-requests: 4\nx-ratelimit-reset-requests: 12s",
    "X-RateLimit-Reset: 1767607260000",
    "retried 3 times, 20 messages",
    "Retrying in 2 seconds… (attempt 3/10)",
]


@pytest.mark.parametrize("text", NO_WAITS)
def test_no_wait_is_made_up(text):
    assert wait_seconds(text) is None


def test_a_date_is_counted_from_now_where_the_answer_shows_no_date():
    now = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)

    assert wait_seconds("Retry-After: Mon, 05 Jan 2026 10:01:30 GMT", now=now) == 90
    assert wait_seconds("Retry-After: Mon, 05 Jan 2026 10:01:30 GMT", now=now.replace(tzinfo=None)) is None


pieces = st.sampled_from(
    [
        "retry-after: ", "Date: ", "try again in ", "9" * 20, "1.5", "s", "ms", "h", " ", "秒后",
        "retryDelay: ", ":", "x-ratelimit-reset: ", "\n",
        "Mon, 05 Jan 2026 10:01:30 GMT", "Mon, 99 Jan 0000 99:99:99 GMT",
    ]
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map("".join))
def test_no_text_makes_it_raise(text):
    seconds = wait_seconds(text, now=datetime(2026, 1, 5, tzinfo=UTC))

    assert seconds is None or 0 <= seconds <= LONGEST


def test_lone_surrogates_and_endless_repetition_do_no_harm():
    assert wait_seconds("\ud800 retry-after: x, try again in 5s") == 5
    assert wait_seconds("等待" * 50_000) is None
