from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Incident, Job, Snooze, Ticket
from tickets.services import outbox
from tickets.services.chain import verify
from tickets.services.message import receive, send_reply
from tickets.services.outcome import resolve
from tickets.services.snooze import BATCH, snooze, wake, wake_all_of, wake_overdue
from tickets.services.status import Forbidden, set_status
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db

OUTCOME = {"cause": "unknown", "plain": "-", "charged": "no", "retried": "no", "result": "explained"}


@pytest.fixture
def agent():
    return make_agent()


def now(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def in_hours(hours):
    return timezone.now() + timedelta(hours=hours)


def ended(ticket):
    return list(ticket.snoozes.order_by("pk").values_list("ended_because", flat=True))


def pass_time(hours):
    """As if this much time went by for every snooze and every job."""
    gone = timedelta(hours=hours)
    Snooze.objects.exclude(wakes_at=None).update(wakes_at=F("wakes_at") - gone)
    Job.objects.open().update(due_at=F("due_at") - gone)


def test_a_timed_snooze_wakes_by_its_job_when_the_time_comes(agent):
    ticket = make_ticket(VAGUE)
    snooze(ticket, by=agent, until="time", wakes_at=in_hours(2))

    outbox.sweep(KINDS)
    assert now(ticket).status == "snoozed"

    pass_time(hours=3)
    outbox.sweep(KINDS)
    assert now(ticket).status == "open"
    assert ended(ticket) == ["time"]
    assert [event.kind for event in ticket.events.order_by("-position")[:2]] == ["woken", "snoozed"]
    assert verify(now(ticket)) is None


def test_the_sweep_wakes_what_a_lost_job_left_asleep(agent):
    ticket = make_ticket(VAGUE)
    snooze(ticket, by=agent, until="time", wakes_at=in_hours(2))
    Job.objects.all().delete()
    pass_time(hours=3)

    assert (wake_overdue(), wake_overdue()) == (1, 0)
    assert now(ticket).status == "open"


@pytest.mark.parametrize("until", ["time", "reply", "incident"])
def test_the_customers_word_always_wakes(agent, until):
    ticket = make_ticket(VAGUE)
    ticket.incident = Incident.objects.create(title="The wombat model is slow")
    ticket.save()
    snooze(ticket, by=agent, until=until, wakes_at=in_hours(2) if until == "time" else None)

    receive(now(ticket), text="Any news?", source=Ticket.Source.MAIL)

    assert now(ticket).status == "open"
    assert ended(ticket) == ["reply"]


def test_the_end_of_an_incident_wakes_its_tickets_and_no_other(agent):
    incident = Incident.objects.create(title="The wombat model is slow")
    waiting, timed, elsewhere = make_ticket(VAGUE), make_ticket(VAGUE), make_ticket(VAGUE)
    Ticket.objects.exclude(pk=elsewhere.pk).update(incident=incident)
    snooze(now(waiting), by=agent, until="incident")
    snooze(now(timed), by=agent, until="time", wakes_at=in_hours(2))
    snooze(elsewhere, by=agent, until="reply")

    assert wake_all_of(incident) == 1
    assert [now(ticket).status for ticket in (waiting, timed, elsewhere)] == ["open", "snoozed", "snoozed"]


def test_the_end_of_an_incident_wakes_many_a_piece_at_a_time(agent):
    incident = Incident.objects.create(title="The wombat model is slow", state=Incident.State.RESOLVED)
    for _ in range(BATCH + 1):
        make_ticket(VAGUE)
    Ticket.objects.update(incident=incident, status="snoozed")
    Snooze.objects.bulk_create(Snooze(ticket=one, by=agent, until="incident") for one in Ticket.objects.all())

    assert wake_all_of(incident) == BATCH
    outbox.sweep(KINDS)

    assert not Ticket.objects.exclude(status="open").exists()


def test_what_is_put_aside_anew_at_this_moment_is_not_woken_from_its_former_sleep(agent):
    ticket = make_ticket(VAGUE)
    first = snooze(ticket, by=agent, until="time", wakes_at=in_hours(1))
    snooze(ticket, by=agent, until="reply")

    assert not wake(ticket, because="time", asleep=first)
    assert now(ticket).status == "snoozed"


def test_nothing_sleeps_on_when_its_incident_went_away_unseen(agent):
    incident = Incident.objects.create(title="The wombat model is slow")
    detached, closed = make_ticket(VAGUE), make_ticket(VAGUE)
    Ticket.objects.update(incident=incident)
    for ticket in (detached, closed):
        snooze(now(ticket), by=agent, until="incident")
    Ticket.objects.filter(pk=detached.pk).update(incident=None)
    assert wake_overdue() == 1
    Incident.objects.update(state=Incident.State.RESOLVED)

    assert wake_overdue() == 1
    assert ended(detached) == ended(closed) == ["incident"]


def test_snoozing_again_replaces_the_first_and_its_job_wakes_nothing(agent):
    ticket = make_ticket(VAGUE)
    snooze(ticket, by=agent, until="time", wakes_at=in_hours(1))
    snooze(ticket, by=agent, until="reply")
    pass_time(hours=2)

    outbox.sweep(KINDS)

    assert now(ticket).status == "snoozed"
    assert ended(ticket) == ["person", ""]


def test_a_person_wakes_it_and_a_second_time_does_nothing(agent):
    ticket = make_ticket(VAGUE)
    snooze(ticket, by=agent, until="reply")

    assert (wake(ticket, because="person", by=agent), wake(ticket, because="person", by=agent)) == (
        True,
        False,
    )
    assert ended(ticket) == ["person"]


@pytest.mark.parametrize("leave", ["answer", "resolve", "set status"])
def test_leaving_the_sleep_otherwise_ends_the_snooze(agent, leave):
    ticket = make_ticket(VAGUE)
    snooze(ticket, by=agent, until="reply")

    match leave:
        case "answer":
            send_reply(ticket, by=agent, body="Which model do you call?")
        case "resolve":
            resolve(ticket, by=agent, **OUTCOME)
        case _:
            set_status(ticket, "waiting", by=agent)

    assert ended(ticket) == ["person"]


def test_a_resolved_ticket_cannot_be_put_aside(agent):
    ticket = make_ticket(VAGUE)
    resolve(ticket, by=agent, **OUTCOME)

    with pytest.raises(Forbidden, match="is resolved and cannot become snoozed"):
        snooze(ticket, by=agent, until="reply")
    assert ended(ticket) == []


def test_what_the_row_says_counts_not_what_was_read_before(agent):
    ticket = make_ticket(VAGUE)
    stale = now(ticket)
    resolve(ticket, by=agent, **OUTCOME)

    with pytest.raises(Forbidden):
        snooze(stale, by=agent, until="reply")


@pytest.mark.parametrize(("until", "hours"), [("time", None), ("reply", 1), ("incident", None)])
def test_an_end_that_makes_no_sense_is_refused(agent, until, hours):
    with pytest.raises(ValueError, match=r"incident|time"):
        snooze(make_ticket(VAGUE), by=agent, until=until, wakes_at=hours and in_hours(hours))


def test_an_answer_to_a_resolved_ticket_opens_it(agent):
    ticket = make_ticket(VAGUE)
    resolve(ticket, by=agent, **OUTCOME)

    send_reply(ticket, by=agent, body="One more thing: which model do you call?")

    assert (now(ticket).status, now(ticket).resolved_at) == ("waiting", None)
