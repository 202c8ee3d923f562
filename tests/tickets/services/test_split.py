import pytest

from tests.factories import VAGUE, WRONG_BASE_URL, make_agent, make_ticket
from tickets.models import Account, BusinessCalendar, SlaPolicy, Split, Ticket
from tickets.services.chain import verify
from tickets.services.family import messages_of
from tickets.services.merge import merge
from tickets.services.message import receive
from tickets.services.split import split, undo_split

pytestmark = pytest.mark.django_db


def test_the_second_problem_is_a_ticket_read_by_itself():
    ticket = make_ticket(f"{VAGUE}\n\nAnd besides:\n{WRONG_BASE_URL}")

    kept = split(ticket.messages.get(), text=WRONG_BASE_URL, by=make_agent())

    part = Ticket.objects.get(pk=kept.part_id)
    assert (part.customer, part.cause) == (ticket.customer, "endpoint.base_url")
    assert [event.kind for event in part.events.filter(kind="split_from")] == ["split_from"]


def test_put_back_nothing_is_said_twice_and_nothing_is_lost():
    agent, ticket = make_agent(), make_ticket(f"{VAGUE}\n\n{WRONG_BASE_URL}")
    kept = split(ticket.messages.get(), text=WRONG_BASE_URL, by=agent)
    receive(kept.part, text="one more word on the second", source=Ticket.Source.FORM)

    assert undo_split(kept, by=agent) is not None

    ticket.refresh_from_db()
    assert [message.body for message in messages_of(ticket)] == [
        f"{VAGUE}\n\n{WRONG_BASE_URL}",
        "one more word on the second",
    ]
    assert [verify(each) for each in Ticket.objects.all()] == [None, None]
    assert undo_split(kept, by=agent) is None


def test_the_part_is_held_to_what_its_customers_tier_is_promised():
    calendar = BusinessCalendar.objects.create(name="24/7", always_open=True)
    for position, tier in enumerate(("gold", "")):
        SlaPolicy.objects.create(
            name=tier or "all", tier=tier, position=position, calendar=calendar, first_reply=10
        )
    ticket = make_ticket(f"{VAGUE}\n\n{WRONG_BASE_URL}")
    ticket.account = Account.objects.create(name="Lantern", tier="gold")
    ticket.save(update_fields=["account"])

    kept = split(ticket.messages.get(), text=WRONG_BASE_URL, by=make_agent())

    assert kept.part.clocks.get().policy.name == "gold"


def test_a_part_that_took_the_first_ticket_in_is_not_put_back_and_its_page_says_why(client):
    agent, ticket = make_agent(), make_ticket(f"{VAGUE}\n\n{WRONG_BASE_URL}")
    kept = split(ticket.messages.get(), text=WRONG_BASE_URL, by=agent)
    merge([ticket], into=kept.part, by=agent)
    client.force_login(agent)

    answer = client.post(f"/splits/{kept.pk}/undoing/", follow=True)

    assert "A ticket cannot be merged into itself." in answer.content.decode()
    assert Split.objects.get().undone_at is None
