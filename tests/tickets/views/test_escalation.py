from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_agent, make_billing, make_engineer, make_ticket
from tickets.models import Escalation
from tickets.services.escalation import complete, escalate

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    person = make_agent(name="Ana Petrov")
    client.force_login(person)
    return person


def make_escalated(by, reason="The route is down."):
    ticket = make_ticket()
    escalate(ticket, by=by, reason=reason)
    return ticket


def card_url(ticket):
    return f"/tickets/{ticket.number}/escalation/card/"


def fields_on(page):
    form = page.context["form"]
    return {field.html_name: field.value() or "" for field in form}


def test_vague_words_are_marked_with_what_to_write_instead(client, agent):
    page = client.get(f"/tickets/{make_escalated(agent).number}/").content.decode()

    assert ">is down</mark>" in page
    assert "Write what comes back: status, error text, and how many of how many requests." in page


@pytest.mark.parametrize("fills", [False, True])
def test_the_card_is_folded_but_for_its_owner_while_a_line_is_open(client, fills):
    engineer = make_engineer()
    ticket = make_escalated(engineer)
    gaps = {
        "last_good_at": "Yesterday 12:00 UTC",
        "mitigation": "Retries stopped.",
        "next_review": "The route.",
    }
    Escalation.objects.update(owner=engineer, review_at=timezone.now(), **(gaps if fills else {}))
    client.force_login(engineer)
    page = client.get(f"/tickets/{ticket.number}/")

    assert page.context["handoff_gaps"] == (0 if fills else 3)
    assert ("3 lines not filled in yet" in page.content.decode()) is not fills
    assert ('<details class="card-body more" open>' in page.content.decode()) is not fills
    client.force_login(make_agent())
    assert '<details class="card-body more">' in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_vague_words_are_flagged_in_chinese(client):
    client.force_login(make_agent(language="zh-hans"))
    ticket = make_ticket()

    answer = client.post(f"/tickets/{ticket.number}/escalation/words/", {"symptom": "接口很慢"})

    assert "写明现在需要多少秒" in answer.content.decode()


def test_a_person_completes_the_card(client, agent):
    engineer, ticket = make_engineer(name="Jonas Lind"), make_escalated(agent)
    given = fields_on(client.get(card_url(ticket)))
    at = (timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")

    client.post(
        card_url(ticket), {**given, "owner": engineer.pk, "mitigation": "Retries stopped.", "review_at": at}
    )

    page = client.get(f"/tickets/{ticket.number}/").content.decode()
    assert "Retries stopped." in page
    assert "Ana Petrov wrote on the hand-off card: Owner, Mitigation, Next review point" in page
    assert Escalation.objects.get().owner == engineer


def test_a_review_point_in_the_past_is_refused_and_nothing_typed_is_lost(client, agent):
    ticket = make_escalated(agent)

    page = client.post(card_url(ticket), {"mitigation": "Retries stopped.", "review_at": "2020-01-01T09:00"})

    assert page.status_code == 422
    assert "Choose a moment within the next year." in page.content.decode()
    assert "Retries stopped." in page.content.decode()


def test_a_card_that_was_changed_meanwhile_is_shown_beside_ones_own_words(client, agent):
    ticket = make_escalated(agent)
    given = fields_on(client.get(card_url(ticket)))
    complete(Escalation.objects.get(), by=make_engineer(), card={"mitigation": "Channel 3 switched off."})

    page = client.post(card_url(ticket), {**given, "mitigation": "Retries stopped."})

    assert page.status_code == 409
    assert "Channel 3 switched off." in page.content.decode()
    assert "Retries stopped." in page.content.decode()

    client.post(
        card_url(ticket), {**fields_on(page), "review_at": given["review_at"].strftime("%Y-%m-%dT%H:%M")}
    )
    assert Escalation.objects.get().mitigation == "Retries stopped."


def test_an_overdue_review_is_marked(client, agent):
    ticket = make_escalated(agent)
    Escalation.objects.update(review_at=timezone.now() - timedelta(minutes=9))

    assert "review overdue" in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_billing_reads_no_evidence_on_the_card(client, agent):
    ticket = make_escalated(agent, reason="words of the reason")
    complete(Escalation.objects.get(), by=agent, card={"reproduction": "words of the request"})
    client.force_login(make_billing())

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "words of the reason" not in page
    assert "words of the request" not in page


def test_only_an_address_of_the_desk_is_gone_back_to(client, agent):
    ticket = make_escalated(agent)
    given = fields_on(client.get(card_url(ticket)))
    given["review_at"] = ""

    answer = client.post(card_url(ticket), {**given, "back": "https://elsewhere.invalid/"})

    assert answer.headers["Location"] == f"/tickets/{ticket.number}/"
