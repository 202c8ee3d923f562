from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.attachment import read_upload
from tickets.services.listing import listing_of, page_of
from tickets.services.message import add_note, receive, send_reply
from tickets.services.pasting import paste_evidence
from tickets.services.row import rows_of
from tickets.services.tag import set_tags

pytestmark = pytest.mark.django_db


def row_of(ticket, *, evidence=True):
    page = page_of(listing_of({"q": f"#{ticket.number}"}, make_agent()))
    return rows_of(page.tickets, evidence=evidence)[0]


def test_a_row_names_model_endpoint_and_status_for_those_who_see_evidence():
    ticket = make_ticket(told={"model": "gpt-4o"})

    seen, hidden = row_of(ticket), row_of(ticket, evidence=False)

    assert (seen.model, seen.endpoint, seen.status) == ("gpt-4o", "/v1/v1/chat/completions", "404")
    assert (hidden.model, hidden.endpoint, hidden.status) == ("", "", "")


def test_a_row_names_the_account_that_the_report_names():
    ticket = make_ticket(VAGUE, told={"account": "Shop 3"})

    assert (row_of(ticket).told_account, row_of(ticket, evidence=False).told_account) == ("Shop 3", "")


def test_replies_are_what_followed_the_first_message_in_public():
    ticket, agent = make_ticket(VAGUE), make_agent()
    send_reply(ticket, by=agent, body="Which model do you call?")
    add_note(ticket, by=agent, body="seen before")

    assert row_of(ticket).replies == 1


def test_pasted_evidence_and_files_are_no_replies():
    ticket = make_ticket(VAGUE)
    logs = [read_upload(f"{name}.log", b"HTTP/1.1 429 Too Many Requests") for name in "abc"]
    paste_evidence(ticket, text="HTTP/1.1 429", uploads=logs, by=make_agent())
    receive(ticket, text="It goes on.", source=Ticket.Source.FORM, uploads=logs[:1])

    assert row_of(ticket).replies == 1


def test_two_tags_are_named_and_the_others_counted():
    ticket = make_ticket(VAGUE)
    set_tags(ticket, ["c", "a", "b", "d"], by=make_agent())

    row = row_of(ticket)

    assert (row.tags, row.more_tags) == (("a", "b"), 2)


def test_alike_is_how_many_showed_the_same_error_within_the_hour():
    first, second, old = (make_ticket() for _ in range(3))
    Ticket.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=2))
    alone = make_ticket("gpt-4o answers 429 rate limit exceeded")

    assert (row_of(first).alike, row_of(second).alike, row_of(alone).alike) == (2, 2, 0)


def test_reports_without_an_error_are_no_cluster_however_alike_their_words():
    vague, again = make_ticket(VAGUE), make_ticket(VAGUE)

    assert vague.fingerprint == again.fingerprint
    assert row_of(vague).alike == 0
