import pytest

from tests.factories import VAGUE, make_billing, make_engineer, make_ticket
from tickets.services.faq.library import load_library
from tickets.services.incident.states import open_incident
from tickets.services.merge import merge

pytestmark = pytest.mark.django_db


def found(client, words):
    groups = client.get("/desk/jump/", {"q": words}).context["groups"]
    return {group.icon: [place.title for place in group.places] for group in groups}


def test_a_number_leads_to_its_ticket(client, agent):
    ticket = make_ticket(VAGUE)

    assert found(client, f"#{ticket.number}")["inbox"][0] == f"#{ticket.number} {ticket.subject}"
    assert found(client, str(ticket.number))["inbox"][0] == f"#{ticket.number} {ticket.subject}"


def test_the_number_of_a_merged_ticket_leads_on(client, agent):
    merged, survivor = make_ticket(VAGUE, email="a@c.invalid"), make_ticket(VAGUE, email="a@c.invalid")
    merge([merged], into=survivor, by=agent)

    assert found(client, f"#{merged.number}")["inbox"][0] == f"#{merged.number} {merged.subject}"
    assert client.get(f"/tickets/{merged.number}/").headers["Location"] == f"/tickets/{survivor.number}/"


def test_words_find_tickets_incidents_and_articles(client, agent):
    load_library()
    ticket = make_ticket("The wombat is slow")
    open_incident(by=make_engineer(), title="wombat answers slowly")

    assert found(client, "wombat") == {
        "inbox": [f"#{ticket.number} {ticket.subject}"],
        "incident": ["wombat answers slowly"],
    }
    assert found(client, "base URL")["book"]


def test_rules_are_found_by_name_cause_and_reason_by_who_may_read_them(client, agent):
    assert "endpoint-doubled-path" in found(client, "doubled endpoint")["rule"]
    assert found(client, "quota.key_limit")["rule"]
    client.force_login(make_billing())
    assert "rule" not in found(client, "doubled endpoint")


def test_who_may_not_read_incidents_or_evidence_is_not_told_of_them(client):
    make_ticket("hello\n\n" + "HTTP/1.1 404 Not Found wombat")
    open_incident(by=make_engineer(), title="wombat answers slowly")
    client.force_login(make_billing())

    assert found(client, "wombat") == {}


def test_the_palette_gets_the_list_alone_and_nothing_for_nothing(client, agent):
    ticket = make_ticket("The wombat is slow")

    fragment = client.get("/desk/jump/?q=wombat", headers={"HX-Request": "true"}).content.decode()

    assert f'href="/tickets/{ticket.number}/"' in fragment
    assert "<html" not in fragment
    assert found(client, "  ") == {}


@pytest.mark.parametrize("words", ["x" * 5000, "\x00", "#", '"', "99999999999999999999"])
def test_odd_words_break_nothing(client, agent, words):
    assert client.get("/desk/jump/", {"q": words}).status_code == 200
