import pytest

from tests.charges import make_charge, make_proposal
from tests.factories import make_admin, make_agent, make_customer, make_engineer, make_ticket
from tests.one_customer import close
from tickets.models import AuditEntry
from tickets.services import outbox
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db


def test_an_admin_finds_a_customer_hands_the_data_over_and_erases_it(client):
    ticket = make_ticket(email="berta@client.invalid")
    customer = ticket.customer
    client.force_login(make_admin())

    assert (
        f"/curation/customers/{customer.pk}/" in client.get("/curation/customers/?q=BERTA").content.decode()
    )
    data = client.get(f"/curation/customers/{customer.pk}/data.zip")
    assert data.headers["Content-Type"] == "application/zip"
    assert AuditEntry.objects.filter(kind="export", about=f"customer-{customer.pk}.zip").exists()

    erasing = f"/curation/customers/{customer.pk}/erasure/"
    wrong = client.post(erasing, {"email": "other@client.invalid"})
    still_open = client.post(erasing, {"email": "berta@client.invalid"})
    assert (wrong.status_code, still_open.status_code) == (422, 422)
    assert f"#{ticket.pk}" in still_open.content.decode()

    close(ticket, make_agent())
    assert client.post(erasing, {"email": " Berta@client.invalid "}).status_code == 302
    assert "It is being erased" in client.get(f"/curation/customers/{customer.pk}/").content.decode()
    outbox.sweep(KINDS)
    page = client.get(f"/curation/customers/{customer.pk}/").content.decode()
    assert "berta" not in page
    assert client.get(f"/curation/customers/{customer.pk}/data.zip").status_code == 404


def test_who_waits_for_money_is_not_erased(client):
    ticket = make_ticket(email="berta@client.invalid")
    charge = make_charge()
    charge.ticket = ticket
    charge.save()
    paid = make_proposal(charge, by=make_engineer())
    close(ticket, make_agent())
    client.force_login(make_admin())

    erasing = f"/curation/customers/{ticket.customer_id}/erasure/"
    answer = client.post(erasing, {"email": "berta@client.invalid"})

    assert answer.status_code == 422
    assert f"nobody knows whose it is: {paid.pk}" in answer.content.decode()


def test_an_emptied_ticket_says_so(client):
    ticket = make_ticket(email="berta@client.invalid")
    close(ticket, make_agent())
    client.force_login(make_admin())
    client.post(f"/curation/customers/{ticket.customer_id}/erasure/", {"email": "berta@client.invalid"})
    outbox.sweep(KINDS)

    page = client.get(f"/tickets/{ticket.pk}/?tab=history").content.decode()

    assert "What was written here was erased." in page
    assert "entries verified" in page
    assert client.get(f"/tickets/{ticket.pk}/bundle.zip").status_code == 200


def test_the_list_takes_the_same_statements_at_one_and_three_and_is_paged(client, django_assert_num_queries):
    client.force_login(make_admin())
    for count in (1, 2, 3):
        make_customer()
        client.get("/curation/customers/")
        if count != 2:
            with django_assert_num_queries(5):
                client.get("/curation/customers/")
    for _ in range(50):
        make_customer()

    first = client.get("/curation/customers/")
    second = client.get(f"/curation/customers/?after={first.context['next']}")

    assert [len(page.context["customers"]) for page in (first, second)] == [50, 3]
