import pytest

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Message, Ticket
from tickets.services.assignment import assign
from tickets.services.changed import ChangedMeanwhile, changed_since, new_messages
from tickets.services.message import add_note, receive, send_reply
from tickets.services.status import set_status
from tickets.services.tag import set_tags
from tickets.services.verdict import confirm, overrule

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return make_agent(name="Ana Petrov")


@pytest.fixture
def other():
    return make_agent(name="Chen Wu")


def kinds(ticket, seen, by):
    return [event.kind for event in changed_since(ticket, seen, by=by).events]


def test_what_others_did_stops_and_ones_own_does_not(writer, other):
    ticket = make_ticket(VAGUE)
    seen = ticket.chain_length
    confirm(ticket, by=writer)
    assign(ticket, to=writer, by=writer)
    assert kinds(ticket, seen, writer) == []
    assert kinds(ticket, seen, other) == ["verdict_confirmed", "assigned"]


def test_which_changes_stop(writer, other):
    ticket = make_ticket(VAGUE)
    seen = ticket.chain_length
    assign(ticket, to=writer, by=other)
    set_tags(ticket, ["seen-before"], by=other)
    assert kinds(ticket, seen, writer) == []

    add_note(ticket, by=other, body="Do not answer yet.")
    assert kinds(ticket, seen, writer) == ["noted"]
    assert [each.body for each in new_messages(changed_since(ticket, seen, by=writer))] == [
        "Do not answer yet."
    ]

    set_status(ticket, Ticket.Status.WAITING, by=other)
    assign(ticket, to=other, by=other)
    overrule(ticket, by=other, cause="client.proxy_tls", reason="The certificate is the proxy's.")
    send_reply(ticket, by=other, body="It is your proxy.")
    assert kinds(ticket, seen, writer) == ["noted", "status_set", "assigned", "verdict_overruled", "replied"]


def test_the_customers_new_words_are_shown_with_the_verdict_they_changed(writer):
    ticket = make_ticket(VAGUE)
    seen = ticket.chain_length
    receive(ticket, text="HTTP/1.1 401\ninvalid_api_key", source=Ticket.Source.FORM)

    changed = changed_since(ticket, seen, by=writer)

    assert [event.kind for event in changed.events] == ["customer_wrote", "judged"]
    assert [message.body for message in new_messages(changed)] == ["HTTP/1.1 401\ninvalid_api_key"]
    assert changed.revision == ticket.chain_length


def test_an_unchanged_ticket_costs_no_query(writer, django_assert_num_queries):
    ticket = make_ticket(VAGUE)

    with django_assert_num_queries(0):
        assert not changed_since(ticket, ticket.chain_length, by=writer)
        assert not changed_since(ticket, None, by=writer)


def test_a_stopped_answer_leaves_nothing_behind(writer, other):
    ticket = make_ticket(VAGUE)
    stale = Ticket.objects.get()
    send_reply(ticket, by=other, body="Which model do you call?")

    with pytest.raises(ChangedMeanwhile):
        send_reply(stale, by=writer, body="Which key do you use?", seen=stale.chain_length)
    assert list(Message.objects.filter(kind="reply").values_list("body", flat=True)) == [
        "Which model do you call?"
    ]


def test_the_page_shows_what_is_new_and_sends_on_the_next_word(client, writer, other):
    ticket = make_ticket(VAGUE)
    client.force_login(writer)
    seen = ticket.chain_length
    receive(ticket, text="It works again since noon.", source=Ticket.Source.FORM)
    send_reply(ticket, by=other, body="Glad to hear that.")
    address, typed = (
        f"/tickets/{ticket.number}/messages/",
        {"kind": "reply", "body": "Which model do you call?"},
    )

    stopped = client.post(address, {**typed, "revision": seen})
    shown = stopped.content.decode()
    assert stopped.status_code == 422
    told = shown.partition('id="changed"')[2].partition("Send anyway")[0]
    assert ("It works again since noon." in told, "Glad to hear that." in told) == (True, True)
    assert ">Which model do you call?</textarea>" in shown
    assert f'name="revision" value="{Ticket.objects.get().chain_length}"' in shown

    assert client.post(address, {**typed, "revision": Ticket.objects.get().chain_length}).status_code == 302
    assert Message.objects.filter(author=writer).count() == 1
