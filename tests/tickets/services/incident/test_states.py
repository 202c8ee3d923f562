import pytest

from tests.factories import VAGUE, fake_key, make_admin, make_agent, make_billing, make_ticket
from tickets.models import Incident, Ticket
from tickets.services.chain import verify
from tickets.services.incident.states import attach, detach, open_incident, resolve, set_state
from tickets.services.snooze import snooze

pytestmark = pytest.mark.django_db


def told(ticket):
    return [event.kind for event in ticket.events.all() if event.kind.startswith("incident")]


def changes(incident):
    return [(change.kind, change.state, change.numbers) for change in incident.changes.all()]


def test_opening_attaches_the_tickets_and_writes_on_their_chains(engineer):
    tickets = [make_ticket(), make_ticket()]

    incident = open_incident(by=engineer, title="All chat calls fail", model="gpt-4o", tickets=tickets)

    assert list(incident.tickets.order_by("pk")) == tickets
    assert incident.fingerprint == tickets[0].fingerprint != ""
    assert [told(ticket) for ticket in tickets] == [["incident_attached"]] * 2
    assert [verify(Ticket.objects.get(pk=ticket.pk)) for ticket in tickets] == [None, None]
    assert changes(incident) == [("opened", "", []), ("attached", "", [ticket.pk for ticket in tickets])]


def test_tickets_with_different_errors_give_no_fingerprint(engineer):
    incident = open_incident(by=engineer, title="Two things", tickets=[make_ticket(), make_ticket(VAGUE)])

    assert incident.fingerprint == ""


def test_attaching_twice_changes_nothing_and_another_incident_takes_it_over(engineer):
    ticket = make_ticket()
    first = open_incident(by=engineer, title="First", tickets=[ticket])
    second = open_incident(by=engineer, title="Second")

    assert attach([ticket], first, by=engineer) == []
    assert attach([ticket], second, by=engineer) == [ticket]
    assert Ticket.objects.get(pk=ticket.pk).incident == second
    assert ticket.events.last().data == {"incident": second.pk, "title": "Second", "before": first.pk}


def test_a_ticket_is_taken_out_once(engineer):
    ticket = make_ticket()
    incident = open_incident(by=engineer, title="First", tickets=[ticket])

    detach(ticket, by=engineer)
    detach(ticket, by=engineer)

    assert Ticket.objects.get(pk=ticket.pk).incident is None
    assert told(ticket) == ["incident_attached", "incident_detached"]
    assert changes(incident)[-1] == ("detached", "", [ticket.pk])


def test_states_are_kept_with_who_set_them_and_an_end_can_be_taken_back(engineer):
    incident = open_incident(by=engineer, title="First")
    set_state(incident, "identified", by=engineer)
    set_state(incident, "identified", by=engineer)
    resolve(incident, by=engineer)
    ended_at = Incident.objects.get().resolved_at
    set_state(incident, "monitoring", by=engineer)

    assert [change.state for change in incident.changes.filter(kind="state")] == [
        "identified",
        "resolved",
        "monitoring",
    ]
    assert {change.by for change in incident.changes.all()} == {engineer}
    assert ended_at is not None
    assert (Incident.objects.get().state, Incident.objects.get().resolved_at) == ("monitoring", None)


def test_its_end_wakes_the_tickets_that_slept_until_then(engineer):
    asleep, other = make_ticket(), make_ticket()
    incident = open_incident(by=engineer, title="First", tickets=[asleep])
    snooze(asleep, by=engineer, until="incident")
    snooze(other, by=engineer, until="reply")

    resolve(incident, by=engineer)

    assert [Ticket.objects.get(pk=ticket.pk).status for ticket in (asleep, other)] == ["open", "snoozed"]


def test_a_key_in_the_title_is_not_stored(engineer):
    incident = open_incident(by=engineer, title=f"fails with {fake_key()}", route=fake_key())

    assert fake_key() not in Incident.objects.get(pk=incident.pk).title
    assert fake_key() not in Incident.objects.get(pk=incident.pk).route


def test_everybody_but_billing_sees_incidents(engineer):
    open_incident(by=engineer, title="First")

    seen = [
        Incident.objects.visible_to(person).count()
        for person in (make_agent(), engineer, make_admin(), make_billing(), make_agent(is_active=False))
    ]

    assert seen == [1, 1, 1, 0, 0]
