from datetime import timedelta

import pytest
from django.utils import timezone

from tickets.templatetags.desk import ago, masked, waited


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Bearer sk-…ab12, please", "sk-…ab12"),
        ("key sk-proj-…ab12.", "sk-proj-…ab12"),
        ("the key ending in …ab12 fails", "…ab12"),
        ('"password": "…"', "…"),
        ("TokenStatusExhausted[sk-…7Qd1]", "sk-…7Qd1"),
    ],
)
def test_a_mask_is_shown_as_one(text: str, marked: str):
    assert f'<i class="redacted">{marked}</i>' in masked(text)


@pytest.mark.parametrize("text", ["and so on … then it stopped", "wait…", "请稍等……谢谢", "no secret here"])
def test_an_ellipsis_in_prose_is_no_mask(text: str):
    assert masked(text) == text


def test_what_stands_around_a_mask_is_escaped():
    assert masked("<b>sk-…ab12</b>") == '&lt;b&gt;<i class="redacted">sk-…ab12</i>&lt;/b&gt;'


@pytest.mark.parametrize(
    ("since", "when", "how_long"),
    [
        (timedelta(seconds=20), "just now", "0 min"),
        (timedelta(minutes=5), "5 min ago", "5 min"),
        (timedelta(hours=3, minutes=59), "3 h ago", "3 h"),
        (timedelta(days=1), "1 day ago", "1 day"),
        (timedelta(days=9), "9 days ago", "9 days"),
    ],
)
def test_times_are_told_in_one_unit(since: timedelta, when: str, how_long: str):
    moment = timezone.now() - since

    assert (ago(moment), waited(moment)) == (when, how_long)
