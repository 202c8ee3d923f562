from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_admin
from tickets.models import Job, ReportAttempt
from tickets.services.curation import curation_settings, save_curation
from tickets.services.report_attempt import ask_daily, begin_attempt, forget_attempts

pytestmark = pytest.mark.django_db


def attempt(mark, days):
    begin_attempt(mark, cause="key.invalid", language="en")
    ReportAttempt.objects.filter(mark=mark).update(at=timezone.now() - timedelta(days=days))


def test_attempts_are_forgotten_after_the_days_that_admins_set():
    attempt("new", 1)
    attempt("older", 150)
    attempt("oldest", 401)

    forget_attempts(idempotency_key="")
    assert sorted(ReportAttempt.objects.values_list("mark", flat=True)) == ["new", "older"]

    limits = curation_settings()
    limits.attempt_days = 100
    save_curation(limits, by=make_admin())
    forget_attempts(idempotency_key="")
    assert list(ReportAttempt.objects.values_list("mark", flat=True)) == ["new"]


def test_forgetting_is_asked_for_once_a_day():
    ask_daily()
    ask_daily()

    assert Job.objects.filter(kind="forget_attempts").count() == 1
