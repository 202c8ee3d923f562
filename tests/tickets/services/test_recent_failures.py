from datetime import timedelta

import pytest
from django.utils import timezone

from tickets.models import FailureCount, FailureKind
from tickets.services.recent_failures import recent_failures

pytestmark = pytest.mark.django_db


def make_kind(number, **fields):
    named = {"provider": "openai", "model": "gpt-4o", "words": f"error {number}", "fingerprint": f"f{number}"}
    return FailureKind.objects.create(pk=number, **{**named, **fields})


def count(kind, failures, *, hours=1):
    minute = (timezone.now() - timedelta(hours=hours)).replace(second=0, microsecond=0)
    FailureCount.objects.create(minute=minute, kind=kind, failures=failures)


def test_kinds_that_failed_most_come_first():
    few, many, other = make_kind(1), make_kind(2), make_kind(3, model="claude-opus-4")
    count(few, 3)
    count(many, 40)
    count(many, 2, hours=3)
    count(many, 900, hours=30)
    count(other, 500)

    found = recent_failures({"model": "gpt-4o", "provider": "OpenAI"})

    assert (found.total, [(each.words, each.failures) for each in found.kinds]) == (
        45,
        [("error 2", 42), ("error 1", 3)],
    )


def test_without_a_provider_every_one_of_the_model_counts():
    count(make_kind(1), 3)
    count(make_kind(2, provider="azure"), 4)

    assert recent_failures({"model": "gpt-4o"}).total == 7


def test_without_a_model_nothing_is_asked():
    assert recent_failures({"provider": "openai"}) is None
