from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_agent
from tickets.signing_in import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    agent = make_agent()
    client.force_login(agent)
    return agent


def is_signed_in(client):
    return client.get(reverse("preferences")).status_code == 200


def test_a_session_leads_to_its_person(client, agent):
    assert is_signed_in(client)
    assert client.get(reverse("preferences")).wsgi_request.user == agent


def test_a_session_that_is_over_leads_to_nobody(client, agent):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_signed_in(client)


def test_who_may_not_sign_in_any_more_is_signed_out(client, agent):
    agent.is_active = False
    agent.save()

    assert not is_signed_in(client)


def test_who_does_not_exist_any_more_is_signed_out(client, agent):
    agent.delete()

    assert not is_signed_in(client)


@pytest.mark.parametrize("key", ["x" * 32, "x", "\0" * 32, "é" * 32, "x" * 10_000])
def test_a_made_up_session_is_none(client, key):
    client.cookies["sessionid"] = key

    assert not is_signed_in(client)
    assert SessionStore(key).load() == {}
