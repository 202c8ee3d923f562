"""Admins say which status pages of providers are read."""

import pytest
from django.urls import reverse

from tickets.models import Job, ProviderPage

pytestmark = pytest.mark.django_db
GOOD = {"provider": "openai", "address": "https://status.openai.invalid", "opens": "major", "minutes": "5"}


@pytest.fixture(autouse=True)
def signed_in(client, admin):
    client.force_login(admin)


def test_a_page_is_added_changed_and_removed(client):
    assert client.post(reverse("provider_page_new"), GOOD).status_code == 302
    page = ProviderPage.objects.get()
    assert not page.is_on

    client.post(reverse("provider_page", args=[page.pk]), {**GOOD, "is_on": "on", "minutes": "9"})
    page.refresh_from_db()
    assert (page.is_on, page.minutes) == (True, 9)
    assert "https://status.openai.invalid" in client.get(reverse("provider_pages")).content.decode()

    client.post(reverse("provider_page_deletion", args=[page.pk]))
    assert not ProviderPage.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "http://status.openai.invalid"},
        {"address": "https://me:secret@status.openai.invalid"},
        {"address": "file:///etc/passwd", "is_internal": "on"},
        {"minutes": "0"},
        {"provider": ""},
        {"opens": "always"},
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(client, wrong):
    answer = client.post(reverse("provider_page_new"), {**GOOD, **wrong})

    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.context["form"].errors
    assert not ProviderPage.objects.exists()


def test_the_same_page_twice_is_refused(client):
    client.post(reverse("provider_page_new"), GOOD)

    assert client.post(reverse("provider_page_new"), GOOD).status_code == 422


def test_reading_now_asks_for_it(client):
    client.post(reverse("provider_page_new"), {**GOOD, "is_on": "on"})
    client.post(reverse("provider_page_reading", args=[ProviderPage.objects.get().pk]))

    assert Job.objects.filter(kind="read_provider_page").exists()
