import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from tests.factories import make_agent, make_customer, make_ticket
from tickets.models import CannedReply, Draft, Escalation, Incident, Job, Message, Outcome, Snooze, Ticket
from tickets.services import hold, outbox
from tickets.services.catalogue import load
from tickets.services.chain import verify
from tickets.services.escalation import escalate
from tickets.services.incident import states as incidents
from tickets.services.mail import sending as mail
from tickets.services.merge import merge
from tickets.services.message import add_note, receive, send_reply
from tickets.services.outcome import reopen, resolve
from tickets.services.send import Aside, send
from tickets.services.snooze import snooze
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
ANSWER = "Take out the second /v1 of your base URL."
OUTCOME = {
    "cause": "endpoint.base_url", "plain": "The address carried /v1 twice.", "charged": "yes", "retried": "no",
    "result": "customer_fixed",
}  # fmt: skip


def let_time_pass():
    """The hold is over: its job is due."""
    Job.objects.filter(kind="release_reply").update(due_at=timezone.now())
    outbox.drain(KINDS)


def test_a_reply_is_held_for_ten_seconds_and_seen_by_no_customer():
    ticket = make_ticket()

    reply = send_reply(ticket, by=make_agent(), body=ANSWER)

    assert reply.held_until == reply.created_at + timedelta(seconds=10)
    assert reply not in ticket.messages.public()
    assert [job.kind for job in Job.objects.all()] == ["release_reply"]


def test_recipients_are_frozen_at_the_click(transactional_db, mailoutbox):
    ticket = make_ticket(email="lin@client.invalid")
    reply = send_reply(ticket, by=make_agent(), body=ANSWER)
    ticket.customer = make_customer("somebody.else@client.invalid")
    ticket.save()

    let_time_pass()

    assert reply.recipients == ["lin@client.invalid"]
    assert [letter.to for letter in mailoutbox] == [["lin@client.invalid"]]


def test_after_the_hold_it_is_public_mailed_and_cannot_be_taken_back(transactional_db, mailoutbox):
    ticket, agent = make_ticket(), make_agent()
    reply = send_reply(ticket, by=agent, body=ANSWER)
    let_time_pass()

    assert reply in ticket.messages.public()
    assert len(mailoutbox) == 1
    assert hold.recall(reply, by=agent) is False
    assert not Draft.objects.exists()


def test_taking_back_restores_ticket_and_draft_and_stops_the_letter(transactional_db, mailoutbox):
    ticket, agent = make_ticket(), make_agent()
    reply = send_reply(ticket, by=agent, body=ANSWER)

    assert hold.recall(reply, by=agent)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.desk_spoke_at, ticket.is_unanswered) == (Ticket.Status.OPEN, None, True)
    assert Draft.objects.get(person=agent, ticket=ticket).body == ANSWER
    let_time_pass()
    mail.mail_reply(reply.pk, idempotency_key="asked anyway")
    assert mailoutbox == []
    assert not ticket.messages.kept().filter(kind="reply").exists()
    assert [event.kind for event in ticket.events.all()][-2:] == ["replied", "reply_taken_back"]
    assert verify(ticket) is None


def test_taking_back_twice_does_it_once():
    ticket, agent = make_ticket(), make_agent()
    reply = send_reply(ticket, by=agent, body=ANSWER)

    assert [hold.recall(reply, by=agent), hold.recall(reply, by=agent)] == [True, False]
    assert Draft.objects.get().body == ANSWER


def test_a_reply_taken_back_can_be_sent_again():
    ticket, agent = make_ticket(), make_agent()
    first = send_reply(ticket, by=agent, body=ANSWER)
    hold.recall(first, by=agent)

    second = send(ticket, by=agent, body=ANSWER)

    assert second != first
    assert not Draft.objects.exists()


def test_what_was_typed_meanwhile_stays_behind_what_comes_back():
    ticket, agent = make_ticket(), make_agent()
    reply = send_reply(ticket, by=agent, body=ANSWER)
    Draft.objects.create(ticket=ticket, person=agent, kind="reply", body="One more thing.")

    hold.recall(reply, by=agent)

    assert Draft.objects.get().body == f"{ANSWER}\n\nOne more thing."


def test_a_customer_who_wrote_meanwhile_keeps_the_ticket_open():
    ticket, agent = make_ticket(), make_agent()
    reply = send_reply(ticket, by=agent, body=ANSWER)
    receive(ticket, text="Any news?", source=Ticket.Source.FORM)

    hold.recall(reply, by=agent)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.desk_spoke_at) == (Ticket.Status.OPEN, None)


def test_taking_back_send_and_close_takes_back_the_outcome_too():
    ticket, agent = make_ticket(), make_agent()
    escalation = escalate(ticket, by=agent, reason="look")
    reply = send(ticket, by=agent, body=ANSWER, then="resolved", outcome=OUTCOME)
    assert Outcome.objects.count() == 1

    hold.recall(reply, by=agent)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.resolved_at, ticket.charged) == (Ticket.Status.OPEN, None, None)
    assert not Outcome.objects.exists()
    assert Escalation.objects.get(pk=escalation.pk).closed_at is None


def test_send_and_snooze_sleeps_and_taking_back_wakes():
    ticket, agent = make_ticket(), make_agent()

    reply = send(ticket, by=agent, body=ANSWER, then="snoozed", aside=Aside("reply"))

    ticket.refresh_from_db()
    assert (ticket.status, Snooze.objects.open().count()) == (Ticket.Status.SNOOZED, 1)
    hold.recall(reply, by=agent)
    ticket.refresh_from_db()
    assert (ticket.status, Snooze.objects.open().count()) == (Ticket.Status.OPEN, 0)


@pytest.mark.parametrize("then", ["waiting", "resolved"])
def test_a_ticket_that_slept_sleeps_on_after_taking_back(then):
    ticket, agent = make_ticket(), make_agent()
    snooze(ticket, by=agent, until="reply")
    reply = send(ticket, by=agent, body=ANSWER, then=then, outcome=OUTCOME if then == "resolved" else None)

    hold.recall(reply, by=agent)

    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.SNOOZED
    assert Snooze.objects.open().get().until == "reply"


def test_a_ticket_that_was_put_aside_anew_sleeps_as_it_slept_before():
    ticket, agent = make_ticket(), make_agent()
    soon, late = (timezone.now() + timedelta(days=days) for days in (1, 8))
    snooze(ticket, by=agent, until="time", wakes_at=soon)
    reply = send(ticket, by=agent, body=ANSWER, then="snoozed", aside=Aside("time", late))

    hold.recall(reply, by=agent)

    assert Snooze.objects.open().get().wakes_at == soon


def test_a_reply_can_be_taken_back_after_the_incident_that_was_waited_for_is_over():
    ticket, agent = make_ticket(), make_agent()
    incident = Incident.objects.create(title="Slow")
    incidents.attach([ticket], incident, by=agent)
    ticket.refresh_from_db()
    snooze(ticket, by=agent, until="incident")
    reply = send_reply(ticket, by=agent, body=ANSWER)
    Incident.objects.update(state=Incident.State.RESOLVED)

    assert hold.recall(reply, by=agent)

    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.OPEN


def test_a_reply_taken_back_after_its_ticket_was_merged_answers_the_survivor_no_more():
    first, second = make_ticket(email="lin@client.invalid"), make_ticket(email="lin@client.invalid")
    agent = make_agent()
    reply = send_reply(second, by=agent, body=ANSWER)
    merge([second], into=first, by=agent)

    hold.recall(reply, by=agent)

    survivor = Ticket.objects.get(pk=first.pk)
    assert (survivor.is_unanswered, survivor.desk_spoke_at, survivor.status) == (True, None, "open")
    assert Draft.objects.get().ticket == first


def test_a_reply_on_a_resolved_ticket_taken_back_leaves_it_resolved():
    ticket, agent = make_ticket(), make_agent()
    resolve(ticket, by=agent, **OUTCOME)
    closed = Ticket.objects.get(pk=ticket.pk).resolved_at
    reply = send_reply(ticket, by=agent, body=ANSWER)

    hold.recall(reply, by=agent)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.resolved_at) == (Ticket.Status.RESOLVED, closed)
    assert Outcome.objects.count() == 1


def test_the_same_send_and_close_twice_closes_once():
    ticket, agent = make_ticket(), make_agent()

    first = send(ticket, by=agent, body=ANSWER, then="resolved", outcome=OUTCOME)
    second = send(ticket, by=agent, body=ANSWER, then="resolved", outcome=OUTCOME)

    assert first == second
    assert Outcome.objects.count() == 1


def test_notes_are_not_held():
    ticket = make_ticket()

    note = add_note(ticket, by=make_agent(), body="Seen before.")

    assert (note.is_held, note.is_public) == (False, False)
    assert not Job.objects.exists()


def test_success_of_a_canned_reply_is_sent_and_settled():
    load()
    ticket, agent = make_ticket(), make_agent(undo_seconds=0)
    reply = CannedReply.objects.filter(cause=ticket.cause).first()
    counts = []

    def note_counts():
        reply.refresh_from_db()
        counts.append((reply.times_sent, reply.times_settled))

    words = reply.texts.get(language="en").body.replace("{", "").replace("}", "")
    send_reply(ticket, by=agent, body=words, canned_reply=reply)
    note_counts()
    resolve(ticket, by=agent, **OUTCOME)
    note_counts()
    reopen(ticket, by=agent)  # by the desk: it may still turn out well
    note_counts()
    resolve(ticket, by=agent, **OUTCOME)
    note_counts()
    receive(ticket, text="It fails again.", source=Ticket.Source.FORM)
    note_counts()
    resolve(ticket, by=agent, **OUTCOME)  # but not by this reply
    note_counts()

    assert counts == [(1, 0), (1, 1), (1, 0), (1, 1), (1, 0), (1, 0)]


def test_a_reply_taken_back_counts_neither_as_sent_nor_as_settled():
    load()
    ticket, agent = make_ticket(), make_agent()
    reply = CannedReply.objects.filter(cause=ticket.cause).first()
    sent = send(ticket, by=agent, body=ANSWER, canned_reply=reply, then="resolved", outcome=OUTCOME)

    hold.recall(sent, by=agent)

    reply.refresh_from_db()
    assert (reply.times_sent, reply.times_settled) == (0, 0)


def test_of_release_and_taking_back_at_once_exactly_one_happens(transactional_db):
    ticket, agent = make_ticket(), make_agent()
    reply = send_reply(ticket, by=agent, body=ANSWER)
    start, won = threading.Barrier(2), []

    def take_back():
        start.wait()
        won.append(hold.recall(reply, by=agent))
        connection.close()

    def let_go():
        start.wait()
        hold.release(reply.pk)
        connection.close()

    threads = [threading.Thread(target=take_back), threading.Thread(target=let_go)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()

    mailed = Job.objects.filter(kind="mail_reply").exists()
    assert mailed is not won[0]
    assert Message.objects.get(pk=reply.pk).is_public is mailed


def test_two_clicks_at_once_on_send_and_close_close_once(transactional_db):
    ticket, agent = make_ticket(), make_agent()
    start, sent = threading.Barrier(2), []

    def click():
        mine = Ticket.objects.get(pk=ticket.pk)
        start.wait()
        sent.append(send(mine, by=agent, body=ANSWER, then="resolved", outcome=OUTCOME))
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()

    assert [sent[0], sent[0]] == sent
    assert Outcome.objects.count() == 1
    assert ticket.events.filter(kind="resolved").count() == 1
