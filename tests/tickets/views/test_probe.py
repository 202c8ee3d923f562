"""Admins say which probes are sent; engineers see what they met."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tickets.models import Job, Probe

pytestmark = pytest.mark.django_db
GOOD = {"provider": "openai", "model": "gpt-4o", "address": "https://gateway.invalid/v1", "minutes": "10"}


def test_a_probe_is_added_changed_and_removed(client, admin, monkeypatch):
    monkeypatch.setenv("PROBE_KEY_SMALL", "not a key")
    client.force_login(admin)
    assert client.post(reverse("probe_new"), GOOD).status_code == 302
    probe = Probe.objects.get()
    assert not probe.is_on

    client.post(reverse("probe", args=[probe.pk]), {**GOOD, "is_on": "on", "key_name": "PROBE_KEY_SMALL"})
    probe.refresh_from_db()
    assert (probe.is_on, probe.key_name) == (True, "PROBE_KEY_SMALL")

    client.post(reverse("probe_deletion", args=[probe.pk]))
    assert not Probe.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "http://gateway.invalid/v1"},
        {"address": "https://me:secret@gateway.invalid/v1"},
        {"minutes": "0"},
        {"model": ""},
        {"key_name": "TRIAGE_SECRET_KEY"},
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(client, admin, wrong):
    client.force_login(admin)
    answer = client.post(reverse("probe_new"), {**GOOD, **wrong})

    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.context["form"].errors


@pytest.mark.parametrize("count", [1, 3])
def test_an_engineer_sees_what_they_met_at_the_same_cost_for_any_number(
    client, engineer, django_assert_num_queries, count
):
    for number in range(count):
        probe = Probe.objects.create(**{**GOOD, "model": f"m{number}"}, is_on=True)
        probe.results.create(
            at=timezone.now() - timedelta(minutes=5), outcome="fails", http_status=503, latency_ms=812
        )
    client.force_login(engineer)
    with django_assert_num_queries(5):
        page = client.get(reverse("probes")).content.decode()

    assert page.count("812 ms") == count
    assert reverse("probe_new") not in page


def test_sending_now_asks_for_it(client, engineer):
    probe = Probe.objects.create(**GOOD, is_on=True)
    client.force_login(engineer)
    client.post(reverse("probe_sending", args=[probe.pk]))

    assert Job.objects.filter(kind="send_probe").exists()


def test_the_timeline_draws_them(client, engineer):
    probe = Probe.objects.create(**GOOD, is_on=True)
    probe.results.create(at=timezone.now() - timedelta(minutes=5), outcome="works", latency_ms=411)
    client.force_login(engineer)

    page = client.get(reverse("provider_timeline"), {"provider": "openai", "hours": "24"}).content.decode()
    assert page.count("411 ms") == 2  # drawn, and in the table
