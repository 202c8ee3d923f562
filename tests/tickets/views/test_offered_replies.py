"""Replies on offer for a ticket: suggested, asked for, and all of them."""

import pytest

from tests.factories import make_ticket
from tickets.models import CannedReply
from tickets.services.catalogue import load
from tickets.services.draft import keep
from tickets.services.reply import filled_replies

pytestmark = pytest.mark.django_db


def page(client, ticket, query=""):
    return client.get(f"/tickets/{ticket.number}/{query}").content.decode()


def test_an_asked_for_reply_comes_behind_the_draft(client, agent):
    load()
    ticket = make_ticket()
    keep(ticket, by=agent, kind="reply", body="My own words.")
    reply = filled_replies(ticket).replies[0]

    shown = page(client, ticket, f"?reply={reply.reply.slug}")

    assert "My own words.\n\nHello" in shown


def test_any_reply_can_be_asked_for(client, agent):
    load()
    ticket = make_ticket()

    shown = page(client, ticket, "?reply=quota-balance")

    assert "The balance of the account does not cover this request." in shown


def test_all_replies_are_a_page_with_search_in_both_languages(client, agent):
    load()
    ticket = make_ticket()

    found = client.get(f"/tickets/{ticket.number}/replies/", {"q": "余额 balance"}).content.decode()
    none = client.get(f"/tickets/{ticket.number}/replies/", {"q": "wombat"}).content.decode()

    assert "The balance does not cover the request" in found
    assert "The provider is overloaded" not in found
    assert "No reply has all of these words." in none


def test_the_list_for_the_picker_tells_suggested_ones_first(client, agent):
    load()
    ticket = make_ticket()
    address = f"/tickets/{ticket.number}/replies/"

    listed = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert listed.index("Suggested for this verdict (") < listed.index("All replies")
    assert "<html" not in listed


@pytest.mark.parametrize("count", [1, 3])
def test_all_replies_cost_the_same_queries_for_any_number(client, agent, django_assert_num_queries, count):
    load()
    ticket = make_ticket()
    CannedReply.objects.exclude(
        pk__in=list(CannedReply.objects.values_list("pk", flat=True)[:count])
    ).delete()

    with django_assert_num_queries(10):
        client.get(f"/tickets/{ticket.number}/replies/", headers={"HX-Request": "true"})


def test_the_reason_of_a_suggested_reply_can_be_read_without_a_mouse(client, agent):
    """As text beside it, named as its description, and in the reader's language."""
    load()
    ticket = make_ticket()

    shown = page(client, ticket)
    agent.language = "zh-hans"
    agent.save()
    chinese = page(client, ticket)

    [described, _] = shown.split('aria-describedby="why-')[1].split('"', 1)
    assert f'<span id="why-{described}">It answers the cause found' in shown
    assert "对应判定的原因" in chinese
    assert 'title="It answers' not in shown
