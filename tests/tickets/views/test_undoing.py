from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import BulkChange, Charge, Outcome, Snooze, Ticket
from tickets.services import outbox
from tickets.services.assignment import assign
from tickets.services.chain import verify
from tickets.services.escalation import escalate
from tickets.services.evidence import set_value
from tickets.services.merge import merge
from tickets.services.message import receive
from tickets.services.snooze import snooze
from tickets.services.verdict import overrule
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
CLOSING = {
    "cause": "quota.balance",
    "plain": "The balance was empty.",
    "charged": "no",
    "retried": "no",
    "result": "customer_fixed",
}
ACTIONS = [
    ("assignment", {"to": "self"}, "Assignee of #{} changed"),
    ("verdict", {"right": "1"}, "Verdict of #{} confirmed"),
    ("verdict", {"cause": "quota.balance", "reason": "Seen in the log."}, "Verdict of #{} changed"),
    ("snooze", {"choice": "reply"}, "#{} snoozed"),
    ("outcome", CLOSING, "#{} resolved"),
]


def state(ticket):
    fields = ("status", "assignee", "verdict", "cause", "verdict_by_person", "charged", "resolved_at")
    return Ticket.objects.filter(pk=ticket.pk).values(*fields).get()


def do(client, ticket, address, given, agent):
    given = {name: agent.pk if value == "self" else value for name, value in given.items()}
    return client.post(f"/tickets/{ticket.number}/{address}/", given, follow=True).content.decode()


def undo(client):
    change = BulkChange.objects.latest("pk")
    ticket = change.changes[0]["ticket"]
    address = f"/desk/changes/{change.pk}/undoing/"
    return client.post(address, {"go": f"/tickets/{ticket}/"}, follow=True).content.decode()


@pytest.mark.parametrize(("address", "given", "said"), ACTIONS)
def test_one_action_on_the_ticket_page_is_taken_back(client, agent, address, given, said):
    ticket = make_ticket()
    before = state(ticket)

    shown = do(client, ticket, address, given, agent)
    changed = state(ticket)
    back = undo(client)

    assert f">{said.format(ticket.number)}</span>" in shown
    assert 'id="undo-change"' in shown
    assert changed != before
    assert f"Taken back: #{ticket.number} is as it was." in back
    assert 'id="undo-change"' not in back
    assert state(ticket) == before
    assert verify(Ticket.objects.get()) is None
    assert "This was taken back already." in undo(client)


def test_waking_and_opening_again_are_taken_back(client, agent):
    asleep, closed = make_ticket(), make_ticket()
    wakes_at = timezone.now() + timedelta(hours=5)
    snooze(asleep, by=agent, until="time", wakes_at=wakes_at)
    do(client, closed, "outcome", CLOSING, agent)
    closed_at = state(closed)["resolved_at"]

    do(client, asleep, "waking", {}, agent)
    undo(client)
    do(client, closed, "reopening", {}, agent)
    undo(client)

    assert Snooze.objects.open().get(ticket=asleep).wakes_at == wakes_at
    assert (state(closed)["status"], state(closed)["resolved_at"]) == ("resolved", closed_at)
    assert Outcome.objects.get().ticket == closed


def test_the_word_of_a_person_that_stood_before_counts_again(client, agent):
    ticket = make_ticket()
    overrule(ticket, by=make_agent(), cause="key.revoked", reason="looked it up")
    before = Ticket.objects.get().current_verdict()

    do(client, ticket, "verdict", {"cause": "quota.balance", "reason": "Seen in the log."}, agent)
    undo(client)

    assert Ticket.objects.get().current_verdict() == before
    assert (state(ticket)["cause"], state(ticket)["verdict_by_person"]) == ("key.revoked", True)


def test_closing_taken_back_leaves_hand_off_and_charge_as_they_were(client, agent):
    ticket = make_ticket()
    escalate(ticket, by=agent, reason="Every model of the provider answers 503 since 09:00.")

    do(client, ticket, "outcome", {**CLOSING, "charged": "yes"}, agent)
    undo(client)
    outbox.drain(KINDS)

    assert ticket.escalations.open().count() == 1
    assert not Outcome.objects.exists()
    assert state(ticket)["charged"] is None
    assert not Charge.objects.exists()


@pytest.mark.parametrize(("address", "given", "said"), ACTIONS)
def test_what_somebody_changed_since_is_not_taken_back(client, agent, address, given, said):
    ticket = make_ticket()
    do(client, ticket, address, given, agent)
    other, fresh = make_agent(), Ticket.objects.get()
    if address == "assignment":
        assign(fresh, to=other, by=other)
    elif address == "verdict":
        overrule(fresh, by=other, cause="key.revoked", reason="looked it up")
    else:
        receive(fresh, text="It fails again.", source=Ticket.Source.MAIL)
    since = state(ticket)

    back = undo(client)

    assert f"Not taken back: #{ticket.number} was changed since, and stays as it is now." in back
    assert state(ticket) == since


def test_a_ticket_that_was_merged_since_is_left_alone(client, agent):
    into, ticket = (make_ticket(VAGUE, email="dev@client.invalid") for _ in range(2))
    do(client, ticket, "assignment", {"to": "self"}, agent)
    merge([Ticket.objects.get(pk=ticket.pk)], into=into, by=agent)

    assert "Not taken back" in undo(client)
    assert state(ticket)["assignee"] == agent.pk


def test_what_changes_nothing_is_not_offered_to_be_taken_back(client, agent):
    ticket = make_ticket()

    for address, given in (("assignment", {"to": ""}), ("waking", {}), ("reopening", {})):
        assert 'id="undo-change"' not in do(client, ticket, address, given, agent)
    assert 'id="undo-change"' not in do(client, ticket, "verdict", {"cause": "", "reason": ""}, agent)
    assert not BulkChange.objects.exists()


def test_it_is_offered_on_the_next_pages_for_a_while_and_in_the_list_once(client, agent):
    ticket, other = make_ticket(), make_ticket()
    do(client, ticket, "assignment", {"to": "self"}, agent)

    elsewhere = client.get(f"/tickets/{other.number}/").content.decode()
    listed = client.get("/desk/").content.decode()
    session = client.session
    session["undo_one"] = {**session["undo_one"], "until": timezone.now().isoformat()}
    session.save()
    later = client.get(f"/tickets/{other.number}/").content.decode()

    assert f'name="go" value="/tickets/{ticket.number}/"' in elsewhere
    assert (listed.count('id="undo-change"'), listed.count('data-key="z"')) == (0, 1)
    assert 'id="undo-change"' not in later


def test_the_key_takes_back_what_was_done_last(client, agent):
    ticket = make_ticket()
    client.post(f"/tickets/{ticket.number}/messages/", {"kind": "reply", "body": "Take out the second /v1."})
    after_both = do(client, ticket, "assignment", {"to": "self"}, agent)
    client.post(
        f"/tickets/{ticket.number}/messages/", {"kind": "reply", "body": "And send it again, please."}
    )
    after_reply = client.get(f"/tickets/{ticket.number}/").content.decode()

    bars = after_both.split('id="undo-send"')[1].split('id="undo-change"')
    assert [bar.count('data-key="z"') for bar in bars[:2]] == [0, 1]
    assert 'id="undo-change"' not in after_reply
    assert after_reply.count('data-key="z"') == 1


def test_it_is_no_longer_offered_once_something_newer_was_done(client, agent):
    aside, corrected = make_ticket(), make_ticket()
    do(client, aside, "snooze", {"choice": "reply"}, agent)
    before = client.get(f"/tickets/{corrected.number}/").content.decode()
    set_value(corrected, field="model", raw="gpt-4o-mini", by=agent)

    after = client.get(f"/tickets/{corrected.number}/").content.decode()
    elsewhere = client.get(f"/tickets/{aside.number}/").content.decode()

    assert f">#{aside.number} snoozed</span>" in before
    assert 'id="undo-change"' not in after
    assert 'id="undo-change"' not in elsewhere
    assert client.get("/desk/").context["last_change"] is None


def test_what_another_person_did_since_leaves_the_offer(client, agent):
    ticket = make_ticket()
    do(client, ticket, "snooze", {"choice": "reply"}, agent)
    set_value(ticket, field="model", raw="gpt-4o-mini", by=make_agent())

    assert 'id="undo-change"' in client.get(f"/tickets/{ticket.number}/").content.decode()


def change_two(client, agent):
    numbers = [make_ticket().number, make_ticket().number]
    client.post("/desk/changes/assign/", {"number": numbers, "to": agent.pk})
    return BulkChange.objects.latest("pk")


def test_the_list_offers_it_for_ten_minutes(client, agent):
    change = change_two(client, agent)
    assert client.get("/desk/").context["last_change"] == change

    BulkChange.objects.update(created_at=timezone.now() - timedelta(minutes=11))

    assert client.get("/desk/").context["last_change"] is None


def test_the_offer_over_the_list_is_dismissed(client, agent):
    change = change_two(client, agent)

    given = {"dismiss": "1", "go": "/desk/?view=us"}
    page = client.post(f"/desk/changes/{change.pk}/undoing/", given, follow=True)

    assert page.redirect_chain == [("/desk/?view=us", 302)]
    assert 'class="undo-bar"' not in page.content.decode()
    assert Ticket.objects.filter(assignee=agent).count() == 2


def test_where_nothing_changed_that_is_said_and_nothing_offered(client, agent):
    ticket = make_ticket()
    given = {"result": "customer_fixed", "plain": "The balance was empty."}
    client.post("/desk/changes/resolve/", {"number": ticket.number, **given})
    page = client.post("/desk/changes/resolve/", {"number": ticket.number, **given}, follow=True)

    assert "Resolve: 0 tickets changed." in page.content.decode()
    assert 'class="undo-bar"' not in page.content.decode()
