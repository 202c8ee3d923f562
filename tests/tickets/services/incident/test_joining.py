import pytest

from tests.factories import WRONG_BASE_URL, make_agent, make_engineer, make_ticket
from tests.incidents import CHINESE, DOWN, ENGLISH, make_affected, make_incident, replies, tell, work_off
from tickets.models import Ticket, TicketApart
from tickets.services.chain import verify
from tickets.services.incident.joining import join_matching
from tickets.services.incident.states import attach, detach, resolve

pytestmark = pytest.mark.django_db


def kinds(ticket: Ticket) -> list[str]:
    return [event.kind for event in ticket.events.order_by("position")]


def test_a_new_ticket_with_the_same_error_joins_at_once():
    incident = make_incident(make_affected(1), model="")
    assert incident.fingerprint

    late = make_ticket(DOWN)

    assert late.incident == incident
    assert "incident_attached" in kinds(late)
    assert verify(Ticket.objects.get(pk=late.pk)) is None
    assert incident.changes.last().kind == "joined"
    assert incident.changes.last().numbers == [late.pk]


def test_it_gets_the_latest_update_in_its_language_and_only_once():
    incident = make_incident(make_affected(1))
    tell(incident, texts={"en": "Something fails with gpt-4o, we are looking."}, state="investigating")
    tell(incident)

    english, chinese = make_ticket(DOWN), make_ticket(DOWN, language="zh-hans")
    join_matching(english)
    work_off()

    assert (replies(english), replies(chinese)) == ([ENGLISH], [CHINESE])


def test_nothing_is_said_where_the_latest_update_has_no_text_in_its_language():
    incident = make_incident(make_affected(1))
    tell(incident, texts={"en": ENGLISH})

    late = make_ticket(DOWN, language="zh-hans")

    assert (late.incident, replies(late)) == (incident, [])


@pytest.mark.parametrize(
    ("about", "joins"),
    [
        ({"model": "gpt-4o"}, True),
        ({"model": "GPT-4o", "provider": "OpenAI"}, True),
        ({"model": "gpt-4o", "provider": "azure"}, False),
        ({"model": "another"}, False),
        ({"model": "", "provider": "openai"}, True),
        ({"model": "", "provider": "anthropic"}, False),
        ({"model": ""}, False),
        ({"model": "gpt-4o", "fingerprint": "0" * 16}, True),
        ({"model": "", "provider": "openai", "fingerprint": "0" * 16}, False),
    ],
)
def test_what_both_name_must_agree(about, joins):
    incident = make_incident(**about)

    assert make_ticket(DOWN).incident == (incident if joins else None)


def test_the_customers_own_mistake_on_the_same_model_stays_out():
    make_incident(model="gpt-4o")

    ticket = make_ticket(WRONG_BASE_URL, told={"model": "gpt-4o"})

    assert (ticket.verdict, ticket.incident) == ("config_mistake", None)


def test_what_is_over_is_joined_by_nobody():
    resolve(make_incident(), by=make_engineer())

    assert make_ticket(DOWN).incident is None


def test_an_error_of_long_before_is_not_of_it():
    make_incident()

    assert make_ticket(DOWN, told={"occurred_at": "2020-01-01T00:00:00+00:00"}).incident is None


def test_the_same_error_is_nearer_than_the_same_provider():
    make_incident(model="", provider="openai")
    nearer = make_incident(model="", fingerprint=make_ticket(DOWN).fingerprint)
    make_incident(model="", provider="openai")

    assert make_ticket(DOWN).incident == nearer


def test_a_ticket_taken_out_never_joins_again_by_itself():
    incident = make_incident()
    late = make_ticket(DOWN)

    detach(late, by=make_agent())

    assert join_matching(late) is None
    assert TicketApart.objects.get().ticket == late
    assert Ticket.objects.get(pk=late.pk).incident is None
    assert incident.changes.last().kind == "detached"


def test_a_person_may_attach_it_all_the_same():
    incident = make_incident()
    late = make_ticket(DOWN)
    detach(late, by=make_agent())

    attach([late], incident, by=make_agent())

    assert Ticket.objects.get(pk=late.pk).incident == incident
    assert not TicketApart.objects.exists()
