import pytest

from tests.failures import make_row, make_token
from tests.incidents import make_affected, make_incident
from tickets.models import Account, Ticket
from tickets.services.failure.storing import store
from tickets.services.incident.radius import Radius, radius_of

pytestmark = pytest.mark.django_db


def test_who_wrote_and_what_gateways_report_from_its_place():
    tickets = make_affected(3)
    Ticket.objects.filter(pk=tickets[0].pk).update(account=Account.objects.create(name="acme"))
    Ticket.objects.filter(pk=tickets[2].pk).update(customer=tickets[1].customer)
    incident = make_incident(tickets, provider="openai")
    rows = [make_row(account=account, provider="openai", model="gpt-4o") for account in ("a", "a", "b", "")]
    store([*rows, make_row(account="c", provider="openai", model="another")], token=make_token())

    assert radius_of(incident) == Radius(tickets=3, customers=2, accounts=1, failing=2, failures=4)


def test_an_incident_that_names_no_place_counts_no_failures():
    assert radius_of(make_incident(model="")) == Radius(tickets=0, customers=0, accounts=0)
