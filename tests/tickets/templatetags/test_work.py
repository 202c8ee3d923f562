import json
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from tickets.models import SlaClock, SlaPolicy
from tickets.templatetags.work import clock_why, durations, is_late, time_left


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(minutes=12, seconds=30), "12 min left"),
        (timedelta(hours=1, minutes=20, seconds=30), "1 h 20 min left"),
        (timedelta(hours=4, seconds=30), "4 h left"),
        (timedelta(days=3, seconds=30), "3 days left"),
        (-timedelta(minutes=12, seconds=30), "late by 12 min"),
    ],
)
def test_a_deadline_is_said_by_what_is_left(ahead, words):
    assert time_left(timezone.now() + ahead) == words


@pytest.mark.parametrize(
    ("language", "left", "both", "days"),
    [
        ("en", "%(time)s left", "%(hours)d h %(minutes)d min", "%(count)d days"),
        ("zh-hans", "剩余 %(time)s", "%(hours)d 小时 %(minutes)d 分钟", "%(count)d 天"),
    ],
)
def test_the_script_lets_it_go_on_in_the_same_words(language, left, both, days):
    with override(language):
        words = json.loads(durations())

    assert (words["left"], words["both"], words["days"]) == (left, both, days)


def test_what_has_passed_is_late():
    now = timezone.now()

    assert (is_late(now - timedelta(seconds=1)), is_late(now + timedelta(hours=1))) == (True, False)


@pytest.mark.parametrize(
    ("fits", "words"),
    [
        ({}, "for every ticket"),
        ({"verdict": "provider_incident"}, "because: Provider incident"),
        ({"verdict": "provider_incident", "tier": "gold"}, "because: Provider incident, tier gold"),
    ],
)
def test_a_promise_says_why_it_counts(fits, words):
    assert clock_why(SlaClock(policy=SlaPolicy(**fits))) == words
