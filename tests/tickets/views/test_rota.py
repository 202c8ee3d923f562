from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_admin, make_engineer
from tickets.models import RotaSeat, RotaWeek
from tickets.services.rota import monday_of, save_rota

pytestmark = pytest.mark.django_db


@pytest.fixture
def engineers():
    return [make_engineer(name="Jonas Lind"), make_engineer(name="Wei Zhang")]


def test_an_admin_says_who_takes_turns(client, engineers):
    client.force_login(make_admin())

    page = client.post(
        "/review/rota/", {f"seat-{engineers[1].pk}": "1", f"seat-{engineers[0].pk}": "2"}, follow=True
    )

    assert "The rota was saved." in page.content.decode()
    assert [seat.person for seat in RotaSeat.objects.all()] == [engineers[1], engineers[0]]
    assert "On duty: Wei Zhang until" in client.get("/review/").content.decode()


def test_two_with_one_number_are_refused(client, engineers):
    client.force_login(make_admin())

    page = client.post("/review/rota/", {f"seat-{person.pk}": "1" for person in engineers})

    assert page.status_code == 422
    assert "Jonas Lind has this number too." in page.content.decode()
    assert not RotaSeat.objects.exists()


def test_an_engineer_takes_a_week_and_cannot_change_the_rota(client, engineers):
    save_rota({engineers[0]: 1}, by=engineers[0])
    client.force_login(engineers[1])
    monday = monday_of(timezone.now()) + timedelta(days=7)

    client.post("/review/rota/weeks/", {"monday": monday.isoformat(), "person": engineers[1].pk})

    assert RotaWeek.objects.get().person == engineers[1]
    assert client.post("/review/rota/", {f"seat-{engineers[1].pk}": "1"}).status_code == 403


def test_a_week_that_does_not_begin_on_monday_is_refused(client, engineers):
    client.force_login(engineers[0])
    tuesday = monday_of(timezone.now()) + timedelta(days=1)

    page = client.post(
        "/review/rota/weeks/", {"monday": tuesday.isoformat(), "person": engineers[0].pk}, follow=True
    )

    assert "Choose a person for that week." in page.content.decode()
    assert not RotaWeek.objects.exists()
