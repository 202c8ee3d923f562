import pytest

from tests.factories import make_agent, make_ticket
from tickets.models import CannedReply, Draft
from tickets.services.draft import keep
from tickets.services.message import send_reply

pytestmark = pytest.mark.django_db


def page(client, ticket):
    return client.get(f"/tickets/{ticket.number}/").content.decode()


def test_a_draft_is_saved_and_restored(client, agent):
    ticket = make_ticket()
    address = f"/tickets/{ticket.number}/draft/"

    answer = client.post(address, {"kind": "reply", "body": "Half a th"}, headers={"HX-Request": "true"})

    assert answer.json()["said"].startswith("Draft saved ")
    shown = page(client, ticket)
    assert ">Half a th</textarea>" in shown
    assert "Draft saved " in shown


def test_a_draft_is_saved_without_a_reply_that_is_gone_or_of_another(client, agent):
    ticket = make_ticket()
    theirs = CannedReply.objects.create(slug="theirs", owner=make_agent())

    for reply in (theirs.pk, theirs.pk + 1):
        text = {"kind": "reply", "body": f"Half a th {reply}", "canned_reply": reply}
        client.post(f"/tickets/{ticket.number}/draft/", text, headers={"HX-Request": "true"})

        draft = Draft.objects.get()
        assert (draft.body, draft.canned_reply) == (f"Half a th {reply}", None)
        draft.delete()


def test_a_draft_is_marked_in_the_lists_of_its_owner_alone(client, agent):
    ticket = make_ticket()
    keep(ticket, by=agent, kind="note", body="Half a note")
    mark = '<span class="draft">'

    assert mark in client.get("/desk/").content.decode()
    client.force_login(make_agent())
    assert mark not in client.get("/desk/").content.decode()


def test_without_a_script_a_button_saves_the_draft(client, agent):
    ticket = make_ticket()

    answer = client.post(
        f"/tickets/{ticket.number}/draft/", {"kind": "reply", "body": "Half a th"}, follow=True
    )

    assert "Draft saved " in answer.content.decode()
    assert answer.redirect_chain[0][0] == f"/tickets/{ticket.number}/#composer"


def test_without_a_script_a_draft_changed_elsewhere_keeps_both_texts(client, agent):
    ticket = make_ticket()
    keep(ticket, by=agent, kind="reply", body="From the phone")

    answer = client.post(
        f"/tickets/{ticket.number}/draft/",
        {"kind": "reply", "body": "From the desk", "known": ""},
        follow=True,
    )

    assert "You changed this draft elsewhere too" in answer.content.decode()
    assert Draft.objects.get().body == "From the phone\n\nFrom the desk"


def test_a_save_from_an_old_page_is_told(client, agent):
    ticket = make_ticket()
    seen = ticket.messages.last().pk
    send_reply(ticket, by=agent, body="Please remove the second /v1.")

    answer = client.post(
        f"/tickets/{ticket.number}/draft/",
        {"kind": "reply", "body": "old", "seen": seen},
        headers={"HX-Request": "true"},
    )

    assert (answer.status_code, Draft.objects.count()) == (409, 0)
