"""The measured desk is the real one: what the generator writes is what the product reads."""

import pytest
from django.test import Client

from tests.performance.desk_data import load
from tickets.models import Person, Ticket
from tickets.services.chain import verify

pytestmark = pytest.mark.django_db(transaction=True)


def test_generated_tickets_are_listed_found_and_opened_and_their_chains_hold(client: Client):
    load(60, prototypes=3)
    client.force_login(Person.objects.get(email="agent0@bench.invalid"))
    newest = Ticket.objects.latest("number")

    assert client.get("/desk/?view=all").context["count"] == 63
    assert client.get("/desk/?q=quokka").context["count"] == 30
    assert client.get(f"/tickets/{newest.number}/").status_code == 200
    assert verify(newest) is None
