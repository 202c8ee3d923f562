from datetime import timedelta

import pytest
from django.db.models import F

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Event, EvidenceRequest, EvidenceValue, Message, Ticket
from tickets.services.hold import recall
from tickets.services.message import receive
from tickets.services.outcome import resolve
from tickets.views.strip import strip_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    person = make_agent(undo_seconds=0)
    client.force_login(person)
    return person


def ask(client, ticket):
    return client.post(f"/tickets/{ticket.number}/evidence-request/")


def test_the_button_counts_what_is_missing(client, agent):
    ticket = make_ticket()

    shown = client.get(f"/tickets/{ticket.number}/").content.decode()

    missing = len(strip_of(ticket, ()).missing)
    assert f"Ask for the missing {missing}" in shown
    assert 'data-key="m"' in shown


def test_one_post_asks_for_exactly_what_is_missing(client, agent):
    ticket = make_ticket()

    answer = ask(client, ticket)

    assert answer.headers["Location"] == f"/tickets/{ticket.number}/"
    missing = [cell.name for cell in strip_of(ticket, ()).missing]
    assert EvidenceRequest.objects.get().fields == missing
    assert "http_status" not in missing
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.WAITING


def test_asked_and_not_answered_it_says_so_and_asks_before_it_sends_again(client, agent):
    ticket = make_ticket()
    address = f"/tickets/{ticket.number}/evidence-request/"
    ask(client, ticket)
    put_back(ticket, minutes=25)

    assert "asked 25 min ago" in client.get(f"/tickets/{ticket.number}/").content.decode()
    first = ask(client, ticket)
    assert first.status_code == 422
    assert "All of this was asked 25 min ago, and no answer has come since." in first.content.decode()
    assert 'name="again" value="1"' in client.get(address).content.decode()
    assert Message.objects.filter(kind="reply").count() == 1
    assert client.post(address, {"again": "1"}).status_code == 302
    assert Message.objects.filter(kind="reply").count() == 2


def test_pressed_twice_within_moments_the_notice_says_what_is_true(client, agent):
    ticket = make_ticket()

    notices = [
        client.post(f"/tickets/{ticket.number}/evidence-request/", data, follow=True).content.decode()
        for data in ({}, {}, {"again": "1"})
    ]

    assert ["Asked for" in notice for notice in notices] == [True, False, False]
    assert ["so nothing was sent again" in notice for notice in notices] == [False, True, True]
    assert Message.objects.filter(kind="reply").count() == 1


def test_after_an_answer_what_is_still_missing_is_asked_at_once(client, agent):
    ticket = make_ticket()
    ask(client, ticket)
    put_back(ticket, minutes=25)
    receive(ticket, text="I have looked.", source=Ticket.Source.FORM, told={"charged": False})

    assert "asked 25 min ago" not in client.get(f"/tickets/{ticket.number}/").content.decode()
    assert ask(client, ticket).status_code == 302
    assert Message.objects.filter(kind="reply").count() == 2


def test_a_letter_taken_back_asked_nothing(client, agent):
    ticket = make_ticket()
    agent.undo_seconds = 20
    agent.save()
    ask(client, ticket)

    recall(Message.objects.get(kind="reply"), by=agent)

    assert "asked just now" not in client.get(f"/tickets/{ticket.number}/").content.decode()
    assert ask(client, ticket).status_code == 302
    assert Message.objects.filter(kind="reply", recalled_at=None).count() == 1


def put_back(ticket, *, minutes):
    """As if all that was done on the ticket had been done earlier."""
    for rows, field in ((ticket.messages, "created_at"), (Event.objects.filter(ticket=ticket), "at")):
        rows.update(**{field: F(field) - timedelta(minutes=minutes, seconds=5)})


def test_the_message_can_be_read_first(client, agent):
    ticket = make_ticket()

    shown = client.get(f"/tickets/{ticket.number}/evidence-request/").content.decode()

    assert "Which model name did you send" in shown
    assert not Message.objects.filter(kind="reply").exists()


def test_a_resolved_ticket_asks_nothing(client, agent):
    ticket = make_ticket()
    resolve(ticket, by=agent, cause="unknown", plain="Over.", charged="no", retried="no", result="explained")

    assert "Ask for the missing" not in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_where_no_answer_came_back_status_and_request_id_do_not_apply():
    ticket = make_ticket("curl: (6) Could not resolve host: api.gateway.invalid")

    strip = strip_of(ticket, ())

    assert ticket.cause == "client.network"
    assert not {"http_status", "request_id", "task_id"} & {cell.name for cell in strip.missing}
    assert strip.applicable == len(strip.cells) - 3


def test_a_cell_says_in_a_word_where_its_value_is_from():
    ticket = make_ticket(told={"charged": True})
    ticket.evidence.filter(field="http_status").update(origin=EvidenceValue.Origin.PASTED)

    origins = {cell.name: cell.origin for cell in strip_of(Ticket.objects.get(), ()).cells}

    assert (origins["charged"], origins["http_status"]) == ("customer", "pasted")


def test_the_follow_up_page_offers_exactly_what_was_asked(client, agent):
    ticket = make_ticket()
    follow_up = f"/t/{ticket.follow_up_token}/"
    assert "We still need" not in client.get(follow_up).content.decode()
    ask(client, ticket)

    shown = client.get(follow_up).content.decode()

    assert "We still need" in shown
    assert 'name="told_model"' in shown
    assert 'name="told_http_status"' not in shown


def test_answers_become_evidence_and_the_ticket_is_judged_anew(client, agent):
    ticket = make_ticket(VAGUE)
    ask(client, ticket)

    client.post(
        f"/t/{ticket.follow_up_token}/messages/",
        {
            "text": "",
            "told_model": "gpt-4o",
            "told_charged": "no",
            "told_raw_error": '{"error":{"message":"x","code":"insufficient_user_quota"}}',
        },
    )

    ticket.refresh_from_db()
    known = ticket.current_evidence()
    assert (known["model"].value, known["model"].origin) == ("gpt-4o", "customer")
    assert (known["charged"].value, ticket.charged) == (False, False)
    assert known["error_code"].value == "insufficient_user_quota"
    assert ticket.cause == "quota.balance"
    assert ticket.status == Ticket.Status.OPEN
    assert [row.value for row in ticket.messages.last().evidencevalue_set.filter(origin="customer")] == [
        "gpt-4o",
        False,
    ]


def test_what_was_told_in_fields_is_shown_with_the_message(client, agent):
    ticket = make_ticket(VAGUE)
    ask(client, ticket)
    client.post(f"/t/{ticket.follow_up_token}/messages/", {"told_model": "a-model-of-ours"})

    for address in (f"/t/{ticket.follow_up_token}/", f"/tickets/{ticket.number}/?talk=messages"):
        shown = client.get(address).content.decode()
        assert "My answers are in the fields." in shown
        assert '<dl class="facts told"><dt>Model</dt><dd><code>a-model-of-ours</code>' in shown


def test_nothing_said_is_refused(client, agent):
    ticket = make_ticket(VAGUE)
    ask(client, ticket)

    answer = client.post(f"/t/{ticket.follow_up_token}/messages/", {"text": " ", "told_model": ""})

    assert answer.status_code == 422
    assert "There is nothing to send yet." in answer.content.decode()


def test_an_answer_that_does_not_fit_keeps_all_that_was_typed(client, agent):
    ticket = make_ticket(VAGUE)
    ask(client, ticket)

    answer = client.post(
        f"/t/{ticket.follow_up_token}/messages/",
        {"text": "Here it is.", "told_http_status": "lots", "told_model": "gpt-4o"},
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a whole number, such as 429." in shown
    assert "Here it is." in shown
    assert 'value="gpt-4o"' in shown
