from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, WRONG_BASE_URL, make_agent, make_ticket
from tickets.models import BusinessCalendar, Incident, SlaClock, SlaPolicy, Ticket
from tickets.models.ticket_state import NO_DEADLINE
from tickets.services.clock import note_breaches, restate, restate_open, shown_clock
from tickets.services.hold import recall
from tickets.services.listing import listing_of, page_of
from tickets.services.merge import merge, undo_merge
from tickets.services.message import receive, send_reply
from tickets.services.outcome import reopen, resolve
from tickets.services.service_level import set_up
from tickets.services.snooze import snooze
from tickets.services.verdict import overrule

pytestmark = pytest.mark.django_db
DEV = "dev@client.invalid"


@pytest.fixture
def levels():
    set_up()
    SlaPolicy.objects.update(created_at=timezone.now() - timedelta(days=9))


@pytest.fixture
def agent():
    return make_agent()


def again(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def hours_left(ticket):
    return round((again(ticket).due_at - timezone.now()).total_seconds() / 3600)


def age(ticket, hours):
    """As if all of it had begun so much earlier."""
    back = timedelta(hours=hours)
    row = again(ticket)
    Ticket.objects.filter(pk=ticket.pk).update(
        created_at=row.created_at - back, customer_spoke_at=row.customer_spoke_at - back
    )
    for clock in row.clocks.all():
        clock.started_at -= back
        clock.running_since = clock.running_since and clock.running_since - back
        clock.due_at = clock.due_at and clock.due_at - back
        clock.save()
    Ticket.objects.filter(pk=ticket.pk).update(due_at=row.due_at - back)


def test_without_service_levels_there_is_no_deadline():
    ticket = make_ticket()

    assert (ticket.due_at, ticket.clocks.count()) == (NO_DEADLINE, 0)


def test_a_new_ticket_is_due_for_its_first_reply(levels):
    ticket = make_ticket(VAGUE)

    assert (hours_left(ticket), again(ticket).due_for) == (4, "first_reply")
    assert shown_clock(ticket).policy.name == "Standard"


def test_the_policy_follows_the_verdict_and_time_used_counts(levels, agent):
    ticket = make_ticket(WRONG_BASE_URL)
    age(ticket, 2)

    overrule(again(ticket), by=agent, cause="upstream.overloaded", reason="the status page says so")

    assert shown_clock(ticket).policy.name == "Provider incident"
    assert hours_left(ticket) == -1


def test_an_answer_ends_the_first_clock_and_waiting_pauses_the_rest(levels, agent):
    ticket = make_ticket(VAGUE)

    send_reply(ticket, by=agent, body="Which model do you call?")

    clock = shown_clock(ticket)
    assert (again(ticket).due_at, clock.kind, clock.pause) == (NO_DEADLINE, "solve", "customer")


def test_the_customers_word_starts_the_next_reply(levels, agent):
    ticket = make_ticket(VAGUE)
    send_reply(ticket, by=agent, body="Which model do you call?")

    receive(again(ticket), text="it is gpt-4o", source=Ticket.Source.FORM)

    assert (hours_left(ticket), again(ticket).due_for) == (8, "next_reply")


def test_a_recalled_answer_takes_the_first_clock_up_again(levels):
    agent, ticket = make_agent(undo_seconds=30), make_ticket(VAGUE)
    reply = send_reply(ticket, by=agent, body="Which model do you call?")

    recall(reply, by=agent)

    assert (hours_left(ticket), again(ticket).due_for) == (4, "first_reply")


def test_snoozed_until_an_answer_the_clock_stands_still(levels, agent):
    ticket = make_ticket(VAGUE)

    snooze(ticket, by=agent, until="reply")

    assert (again(ticket).due_at, shown_clock(ticket).pause) == (NO_DEADLINE, "snooze")


def test_snoozed_until_the_incident_ends_it_runs_on(levels, agent):
    ticket = make_ticket(VAGUE)
    ticket.incident = Incident.objects.create(title="down")
    ticket.save()

    snooze(ticket, by=agent, until="incident")

    assert hours_left(ticket) == 4


def test_resolved_there_is_no_deadline_and_opened_again_it_goes_on(levels, agent):
    ticket = make_ticket(VAGUE)
    resolve(ticket, by=agent, cause="unknown", plain="-", charged="no", retried="no", result="explained")
    closed = again(ticket).due_at

    reopen(again(ticket), by=agent)

    assert (closed, again(ticket).due_for) == (NO_DEADLINE, "first_reply")


def test_a_merged_ticket_has_no_deadline_until_it_stands_again(levels, agent):
    first, second = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    [done] = merge([second], into=first, by=agent)
    merged = again(second).due_at

    undo_merge(done, by=agent)

    assert (merged, hours_left(second)) == (NO_DEADLINE, 4)


def test_a_missed_deadline_is_told_once(levels):
    ticket = make_ticket(VAGUE)
    age(ticket, 5)

    assert (note_breaches(), note_breaches()) == (1, 0)
    assert [event.data["deadline"] for event in ticket.events.filter(kind="deadline_missed")] == [
        "first_reply"
    ]


def test_stating_again_changes_nothing(levels):
    ticket = make_ticket(VAGUE)
    before = list(SlaClock.objects.values())

    restate(again(ticket))

    assert list(SlaClock.objects.values()) == before


def test_changed_promises_reach_open_tickets(levels):
    ticket = make_ticket(VAGUE)
    SlaPolicy.objects.filter(name="Standard").update(first_reply=60)

    restate_open()

    assert hours_left(ticket) == 1


def test_without_policies_any_more_a_clock_that_stood_still_is_not_shown(levels, agent):
    ticket = make_ticket(VAGUE)
    send_reply(ticket, by=agent, body="Which model?", status="waiting")
    assert shown_clock(again(ticket)) is not None
    SlaPolicy.objects.update(is_active=False)

    restate_open()

    assert shown_clock(again(ticket)) is None


def test_business_hours_of_the_calendar_count(levels):
    closed = BusinessCalendar.objects.create(name="never open", hours=[[] for _ in range(7)])
    SlaPolicy.objects.update(calendar=closed)

    assert make_ticket(VAGUE).deadline is None


def test_the_inbox_begins_with_the_next_deadline_and_pages_by_it(levels, agent):
    calm, urgent, waiting = (make_ticket(VAGUE) for _ in range(3))
    age(urgent, 3)
    Ticket.objects.filter(pk=calm.pk).update(due_at=NO_DEADLINE)
    listing = listing_of({"view": "us"}, agent)

    first = page_of(listing, size=2)
    second = page_of(listing, size=2, after=first.after)

    assert [each.number for each in first.tickets] == [urgent.number, waiting.number]
    assert [each.number for each in second.tickets] == [calm.number]


def test_what_is_late_or_nearly_so_is_a_view(levels, agent):
    late, soon, calm = (make_ticket(VAGUE) for _ in range(3))
    age(late, 5)
    age(soon, 3.5)

    shown = page_of(listing_of({"view": "breaching"}, agent)).tickets

    assert [each.number for each in shown] == [late.number, soon.number]
    assert calm.number
