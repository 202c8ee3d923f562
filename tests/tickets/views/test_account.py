import pytest

from tests.factories import VAGUE, make_admin, make_agent, make_ticket
from tickets.models import Account, AuditEntry, BusinessCalendar, SlaPolicy, Ticket
from tickets.services import outbox
from tickets.services.chain import verify
from tickets.services.listing import listing_of, page_of
from tickets.services.message import receive
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
DEV = "dev@client.invalid"


@pytest.fixture
def admin(client):
    admin = make_admin()
    client.force_login(admin)
    return admin


def state(client, ticket, **given):
    address = f"/tickets/{ticket.number}/account/"
    answer = client.post(address, {"name": "Quillworks", **given}, follow=True)
    outbox.sweep(KINDS)
    return answer.content.decode()


def again(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def test_the_tier_that_is_set_decides_what_all_tickets_of_the_customer_are_promised(client, admin):
    calendar = BusinessCalendar.objects.create(name="24/7", always_open=True)
    for position, tier in enumerate(("gold", "")):
        SlaPolicy.objects.create(
            name=tier or "all", tier=tier, position=position, calendar=calendar, first_reply=10
        )
    ticket, beside = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    assert [one.clocks.get().policy.name for one in (ticket, beside)] == ["all", "all"]

    shown = state(client, ticket, tier="gold")

    assert "are of the account “Quillworks” now." in shown
    assert [again(one).account.tier for one in (ticket, beside)] == ["gold", "gold"]
    assert [one.clocks.get().policy.name for one in (ticket, beside)] == ["gold", "gold"]
    assert make_ticket(VAGUE, email=DEV).clocks.get().policy.name == "gold"
    assert [verify(again(one)) for one in (ticket, beside)] == [None, None]
    assert AuditEntry.objects.filter(kind="setting", about="account Quillworks").count() == 1


def test_the_account_is_found_by_the_search(client, admin):
    ticket = make_ticket(VAGUE, email=DEV)

    state(client, ticket, external_id="ext-77")

    found = page_of(listing_of({"q": "account:quillworks"}, admin)).tickets
    assert [one.number for one in found] == [ticket.number]


def test_customers_of_one_number_at_the_gateway_are_of_one_account(client, admin):
    first, second = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email="ops@client.invalid")
    state(client, first, external_id="77", tier="gold")

    state(client, second, external_id="77", tier="gold")

    assert again(first).account == again(second).account
    assert Account.objects.count() == 1


def test_stated_anew_the_account_is_changed_and_not_doubled(client, admin):
    ticket = make_ticket(VAGUE, email=DEV)
    state(client, ticket)

    state(client, ticket, name="Quillworks Ltd", tier="silver")

    assert [(one.name, one.tier) for one in Account.objects.all()] == [("Quillworks Ltd", "silver")]
    assert [event.kind for event in ticket.events.filter(kind="account_set")] == ["account_set"]
    receive(again(ticket), text="still", source=Ticket.Source.FORM)
    assert verify(again(ticket)) is None


def test_another_number_is_another_account(client, admin):
    first, second = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE, email=DEV)
    state(client, first, external_id="77")

    state(client, first, name="Lantern", external_id="78")

    assert sorted(Account.objects.values_list("name", flat=True)) == ["Lantern", "Quillworks"]
    assert {again(one).account.name for one in (first, second)} == {"Lantern"}


def test_without_a_name_it_is_asked_for_and_nothing_is_changed(client, admin):
    ticket = make_ticket(VAGUE, email=DEV)

    answer = client.post(f"/tickets/{ticket.number}/account/", {"name": "  ", "tier": "gold"})

    assert answer.status_code == 422
    assert 'value="gold"' in answer.content.decode()
    assert not Account.objects.exists()


def test_only_who_keeps_the_promises_is_led_to_it(client):
    ticket = make_ticket(VAGUE, email=DEV)
    shown = []
    for person in (make_agent(), make_admin()):
        client.force_login(person)
        page = client.get(f"/tickets/{ticket.number}/?tab=account").content.decode()
        shown.append(f"/tickets/{ticket.number}/account/" in page)

    assert shown == [False, True]
