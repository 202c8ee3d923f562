import re

import pytest

from tests.factories import make_ticket
from tickets.models import Ticket
from tickets.services.message import send_reply
from tickets.services.outcome import resolve
from tickets.services.snooze import snooze

pytestmark = pytest.mark.django_db


def offered(client, ticket):
    shown = client.get(f"/tickets/{ticket.number}/").content.decode()
    menu = re.search(r'<details[^>]* id="status".*?</details>', shown, re.DOTALL)
    return re.findall(r'name="status" value="(\w+)"', menu[0]) if menu else []


def set_to(client, ticket, status):
    return client.post(f"/tickets/{ticket.number}/status/", {"status": status}, follow=True).content.decode()


def status_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).status


def test_an_answered_ticket_is_set_back_to_wait_on_us_and_that_is_undone(client, agent):
    ticket = make_ticket()
    send_reply(ticket, by=agent, body="Which model do you call?")
    assert offered(client, ticket) == ["open"]

    shown = set_to(client, ticket, "open")

    assert status_of(ticket) == "open"
    assert f"Status of #{ticket.number} changed" in shown
    (undoing,) = set(re.findall(r'action="(/desk/changes/\d+/undoing/)"', shown))
    client.post(undoing)
    assert status_of(ticket) == "waiting"


def test_what_sleeps_can_wait_for_anybody(client, agent):
    ticket = make_ticket()
    snooze(ticket, by=agent, until="reply")
    assert offered(client, ticket) == ["open", "waiting"]

    set_to(client, ticket, "waiting")

    assert status_of(ticket) == "waiting"
    assert not ticket.snoozes.open().exists()


def test_what_is_resolved_is_opened_again_where_its_outcome_stands(client, agent):
    ticket = make_ticket()
    closing = {"cause": "unknown", "plain": "Fixed.", "charged": "no", "retried": "no"}
    resolve(ticket, by=agent, result="customer_fixed", **closing)

    assert offered(client, ticket) == []


@pytest.mark.parametrize("status", ["snoozed", "resolved", "gone", ""])
def test_what_asks_for_more_is_not_set_by_hand(client, agent, status):
    ticket = make_ticket()

    set_to(client, ticket, status)

    assert status_of(ticket) == "open"
