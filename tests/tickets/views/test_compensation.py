"""Proposals in the browser: bad input is said, and the words for the customer are checked."""

import pytest

from tests.charges import make_charge, make_proposal
from tests.factories import fake_key, make_admin, make_agent, make_billing, make_ticket
from tickets.models import Charge, Compensation, CompensationLimit, Message
from tickets.services import outbox
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
FULL = {"amount": "0.5", "currency": "usd", "reason": "it gave no result"}


def test_a_proposal_is_made_from_chosen_charges(client):
    first, second = make_charge(), make_charge()
    client.force_login(make_agent())

    page = client.get(f"/compensations/new/?charge={first.pk}&charge={second.pk}")
    assert page.context["form"].initial == {"amount": "1", "currency": "USD"}
    client.post("/compensations/new/", {**FULL, "charge": [first.pk, second.pk]})

    made = Compensation.objects.get()
    assert (made.currency, made.account, made.charges.count(), made.state) == ("USD", "acme", 2, "proposed")


def test_all_open_charges_of_an_account_go_into_one_proposal(client):
    make_charge(), make_charge(), make_charge(account="bolt")
    client.force_login(make_billing())

    assert len(client.get("/compensations/new/?account=acme").context["charges"]) == 2


@pytest.mark.parametrize(
    "wrong", [{"amount": "0"}, {"amount": "-1"}, {"amount": "x"}, {"currency": "$"}, {"reason": " "}]
)
def test_what_does_not_fit_is_said_and_nothing_kept(client, wrong):
    charge = make_charge()
    client.force_login(make_billing())

    assert client.post("/compensations/new/", {**FULL, **wrong, "charge": charge.pk}).status_code == 422
    assert not Compensation.objects.exists()


@pytest.mark.parametrize("asked", ["", "?charge=", "?charge=99", "?charge=x", "?account=nobody"])
def test_without_charges_there_is_nothing_to_propose(client, asked):
    client.force_login(make_billing())

    assert client.get(f"/compensations/new/{asked}", follow=True).redirect_chain == [("/charges/", 302)]


def test_a_secret_in_the_reason_is_masked(client):
    charge = make_charge()
    client.force_login(make_billing())
    client.post(
        "/compensations/new/", {**FULL, "charge": charge.pk, "reason": f"key {fake_key()} was charged"}
    )

    assert fake_key() not in Compensation.objects.get().reason


def test_the_own_proposal_offers_no_approval(client, billing):
    made = make_proposal(by=billing)
    client.force_login(billing)
    page = client.get(f"/compensations/{made.pk}/").content.decode()

    assert "Somebody else approves it" in page
    assert "approval/" not in page
    assert client.post(f"/compensations/{made.pk}/approval/").status_code == 403


def test_the_proposer_withdraws_it(client, billing):
    made = make_proposal(by=billing)
    client.force_login(make_admin())
    assert client.post(f"/compensations/{made.pk}/withdrawal/").status_code == 403
    client.force_login(billing)
    page = client.post(f"/compensations/{made.pk}/withdrawal/", follow=True)

    assert "Withdrawn" in page.content.decode()
    assert Charge.objects.get().state == "open"


def test_who_comes_second_is_told(client, billing):
    made = make_proposal(by=make_agent(), may_grant=False)
    client.force_login(billing)
    client.post(f"/compensations/{made.pk}/approval/")
    answer = client.post(f"/compensations/{made.pk}/approval/", follow=True)

    assert "decided over it meanwhile" in answer.content.decode()


def test_words_that_must_not_go_out_leave_everything_as_it_was(client, billing):
    ticket = make_ticket("my video failed", told={"charged": True})
    outbox.drain(KINDS)
    made = make_proposal(Charge.objects.get(), by=make_agent(), may_grant=False)
    client.force_login(billing)
    client.post(f"/compensations/{made.pk}/approval/")
    body = {"credit-reference": "CR-1", "credit-wording": "Credited. Please send us your full API key."}

    answer = client.post(f"/compensations/{made.pk}/outcome/", body)
    assert answer.status_code == 422
    assert Compensation.objects.get().state == "approved"
    assert not ticket.messages.filter(kind=Message.Kind.REPLY).exists()

    body["credit-wording"] = "我们已将 0.5 USD 退还到您的账户，您不需要再做任何操作。"
    answer = client.post(f"/compensations/{made.pk}/outcome/", body)
    assert answer.context["sure"] == ["other_language"]
    client.post(f"/compensations/{made.pk}/outcome/", {**body, "sure": "other_language"})
    assert Compensation.objects.get().state == "credited"


def test_the_rail_counts_what_waits_for_the_own_word(client, billing):
    make_proposal(by=billing)
    client.force_login(billing)
    assert client.get("/charges/").context["waiting_compensations"] == 0
    client.force_login(make_admin())
    assert client.get("/charges/").context["waiting_compensations"] == 1
    client.force_login(make_agent())
    assert client.get("/charges/").context["waiting_compensations"] == 0


def test_an_admin_sets_limits(client, admin):
    client.force_login(admin)
    client.post("/curation/compensation/", {"currency": "usd", "amount": "5"})
    assert str(CompensationLimit.objects.get()) == "5 USD"
    assert client.post("/curation/compensation/", {"currency": "US$", "amount": "-1"}).status_code == 422
    client.post("/curation/compensation/", {"currency": "USD", "amount": "0"})
    assert not CompensationLimit.objects.exists()
