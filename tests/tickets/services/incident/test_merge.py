import pytest

from tests.factories import make_ticket
from tests.incidents import DOWN, make_affected, make_incident
from tickets.models import Incident, Ticket
from tickets.services.chain import verify
from tickets.services.incident.apart import are_apart, bring_together, keep_apart, kept_apart_from, nearby
from tickets.services.incident.joining import join_matching
from tickets.services.incident.merge import CannotMerge, merge_incident, split_incident, take_apart
from tickets.services.incident.states import detach, resolve
from tickets.services.snooze import snooze, wake_overdue

pytestmark = pytest.mark.django_db


def kinds(incident: Incident) -> list[str]:
    return list(incident.changes.order_by("pk").values_list("kind", flat=True))


def test_a_merged_incident_lives_on_in_the_other(engineer):
    mine, theirs = make_affected(2)
    one, other = make_incident([mine], title="One"), make_incident([theirs], title="Other")

    merge_incident(one, into=other, by=engineer)

    assert set(other.tickets.all()) == {mine, theirs}
    assert list(Incident.objects.open()) == [other]
    assert Incident.objects.get(pk=one.pk).merged_into == other
    assert (kinds(one)[-1], kinds(other)[-2:]) == ("merged", ["attached", "merged_in"])
    assert verify(Ticket.objects.get(pk=mine.pk)) is None


def test_new_tickets_join_where_it_lives_on(engineer):
    one, other = make_incident(title="One"), make_incident(title="Other")
    merge_incident(one, into=other, by=engineer)

    assert make_ticket(DOWN).incident == other


def test_a_merge_is_taken_back_with_state_and_tickets(engineer):
    mine, theirs, moved_on = make_affected(3)
    one, other = make_incident([mine, moved_on]), make_incident([theirs])
    Incident.objects.filter(pk=one.pk).update(state="identified")
    merge_incident(Incident.objects.get(pk=one.pk), into=other, by=engineer)
    detach(Ticket.objects.get(pk=moved_on.pk), by=engineer)

    take_apart(Incident.objects.get(pk=one.pk), by=engineer)
    take_apart(Incident.objects.get(pk=one.pk), by=engineer)

    one = Incident.objects.get(pk=one.pk)
    assert (one.state, one.merged_into, one.resolved_at) == ("identified", None, None)
    assert (list(one.tickets.all()), list(other.tickets.all())) == ([mine], [theirs])
    assert kinds(other).count("unmerged") == 1


def test_what_was_taken_out_does_not_come_back_by_way_of_the_other(engineer):
    one, other = make_incident(title="One"), make_incident(title="Other")
    late = make_ticket(DOWN)
    Ticket.objects.filter(pk=late.pk).update(incident=one)
    detach(Ticket.objects.get(pk=late.pk), by=engineer)

    merge_incident(one, into=other, by=engineer)

    assert join_matching(Ticket.objects.get(pk=late.pk)) is None


def test_a_ticket_kept_apart_from_the_other_stays_behind(engineer):
    (ticket,) = make_affected(1)
    other = make_incident([ticket], title="Other")
    detach(ticket, by=engineer)
    one = make_incident([ticket], title="One")

    merge_incident(one, into=other, by=engineer)

    assert Ticket.objects.get(pk=ticket.pk).incident == one


def test_who_sleeps_until_the_end_sleeps_on(engineer):
    (ticket,) = make_affected(1)
    one, other = make_incident([ticket]), make_incident()
    snooze(ticket, by=engineer, until="incident")

    merge_incident(one, into=other, by=engineer)
    wake_overdue()

    assert Ticket.objects.get(pk=ticket.pk).status == "snoozed"


@pytest.mark.parametrize("why", ["itself", "apart", "merged", "over"])
def test_what_cannot_be_merged_is_left_as_it_is(engineer, why):
    one, other = make_incident(make_affected(1)), make_incident()
    if why == "itself":
        other = one
    elif why == "apart":
        keep_apart(other, one, by=engineer)
    elif why == "merged":
        merge_incident(other, into=make_incident(), by=engineer)
    else:
        resolve(other, by=engineer)

    with pytest.raises(CannotMerge) as refused:
        merge_incident(one, into=other, by=engineer)

    assert refused.value.why == why
    assert Incident.objects.get(pk=one.pk).merged_into is None


def test_kept_apart_is_told_to_both_and_offered_no_more(engineer):
    one, other = make_incident(), make_incident()
    assert nearby(one, apart=[]) == [other]

    keep_apart(one, other, by=engineer)
    keep_apart(other, one, by=engineer)

    assert kept_apart_from(one) == [other]
    assert nearby(one, apart=[other]) == []
    assert kinds(one).count("apart") == kinds(other).count("apart") == 1


def test_kept_apart_is_taken_back(engineer):
    one, other = make_incident(), make_incident()
    keep_apart(one, other, by=engineer)

    bring_together(other, one, by=engineer)
    bring_together(other, one, by=engineer)

    assert not are_apart(one, other)
    assert kinds(one)[-1] == kinds(other)[-1] == "together"


def test_tickets_split_off_are_an_incident_of_their_own(engineer):
    stays, goes = make_affected(2)
    incident = make_incident([stays, goes], provider="openai")
    Incident.objects.filter(pk=incident.pk).update(state="monitoring")

    part = split_incident(Incident.objects.get(pk=incident.pk), [goes], title="Only images", by=engineer)

    assert (list(incident.tickets.all()), list(part.tickets.all())) == ([stays], [goes])
    assert (part.state, part.provider, part.title) == ("monitoring", "openai", "Only images")
    assert are_apart(incident, part)
    assert "split_off" in kinds(incident)
    assert "split_from" in kinds(part)


def test_a_split_is_taken_back_by_a_merge(engineer):
    stays, goes = make_affected(2)
    incident = make_incident([stays, goes])
    part = split_incident(incident, [goes], title="Only images", by=engineer)

    bring_together(incident, part, by=engineer)
    merge_incident(part, into=incident, by=engineer)

    assert set(incident.tickets.all()) == {stays, goes}
