"""Nobody approves the own proposal, of two approvers one acts, and money is promised to nobody before."""

import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.charges import make_charge, make_proposal
from tests.factories import make_admin, make_agent, make_billing, make_engineer, make_ticket
from tickets.models import AuditEntry, Charge, Compensation, Message
from tickets.permissions import can_decide_compensation
from tickets.services import outbox
from tickets.services.chain import verify
from tickets.services.checks import HeldBack
from tickets.services.compensation.deciding import approve, credit, decline
from tickets.services.compensation.limits import save_limit
from tickets.services.compensation.proposing import CannotPropose, Closed, withdraw
from tickets.services.compensation.wording import credited_words, declined_words
from tickets.services.message import send_reply
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db


def charged_ticket(**fields):
    ticket = make_ticket("my video failed", told={"charged": True, "amount": 1.2}, **fields)
    outbox.drain(KINDS)
    return ticket, Charge.objects.get(ticket=ticket)


def test_a_proposal_waits_for_a_second_person_where_no_limit_is_set(billing):
    made = make_proposal(by=billing)

    assert (made.state, made.needs_second) == ("proposed", True)
    assert [charge.state for charge in made.charges.all()] == ["proposed"]


def test_nobody_approves_the_own_proposal(billing):
    made = make_proposal(by=billing)

    assert not can_decide_compensation(billing, made)
    with pytest.raises(Closed):
        approve(made, by=billing)
    with pytest.raises(Closed):
        decline(made, by=billing, because="no")
    made.refresh_from_db()
    assert made.state == "proposed"


def test_the_database_refuses_an_approval_by_the_proposer(billing):
    made = make_proposal(by=billing)

    for values in ({"approved_by": billing}, {"state": "approved"}, {"state": "credited", "reference": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Compensation.objects.filter(pk=made.pk).update(**values)


@pytest.mark.parametrize("make", [make_agent, make_engineer])
def test_who_may_only_ask_decides_over_nothing(make, billing):
    assert not can_decide_compensation(make(), make_proposal(by=billing))


def test_of_two_approvers_one_acts(billing):
    made = make_proposal(by=make_agent(), may_grant=False)
    first, second = Compensation.objects.get(), Compensation.objects.get()

    approve(first, by=billing)
    with pytest.raises(Closed):
        approve(second, by=make_admin())
    with pytest.raises(Closed):
        decline(second, by=make_admin(), because="no")
    made.refresh_from_db()
    assert (made.approved_by, made.state) == (billing, "approved")


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_acts():
    made = make_proposal(by=make_agent(), may_grant=False)
    people, start, told = [make_billing(), make_admin()], threading.Barrier(2), []

    def act(by):
        try:
            start.wait()
            approve(Compensation.objects.get(), by=by)
            told.append(by)
        except Closed:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    made.refresh_from_db()
    assert told == [made.approved_by]


def test_within_the_limit_one_who_may_approve_is_enough(billing, admin):
    save_limit("USD", Decimal(1), by=admin)

    assert make_proposal(by=billing).state == "approved"
    assert make_proposal(make_charge(account="bolt"), by=make_agent(), may_grant=False).state == "proposed"
    assert make_proposal(make_charge(account="cord"), by=billing, amount=Decimal(2)).state == "proposed"
    assert make_proposal(make_charge(currency="CNY"), by=billing, currency="CNY").state == "proposed"


def test_many_small_ones_within_a_day_are_one_large_one(billing, admin):
    save_limit("USD", Decimal("1.2"), by=admin)

    states = [make_proposal(make_charge(account=name), by=billing).state for name in ("a", "b", "c")]
    assert states == ["approved", "approved", "proposed"]
    assert make_proposal(make_charge(account="a"), by=admin).state == "approved"
    assert make_proposal(make_charge(account="a"), by=make_admin()).state == "proposed"


def test_more_than_is_due_needs_a_second_person(billing, admin):
    save_limit("USD", Decimal(100), by=admin)

    assert make_proposal(by=billing, amount=Decimal("0.51")).state == "proposed"


def test_a_limit_and_its_change_stand_in_the_audit(admin):
    save_limit("USD", Decimal(5), by=admin)
    save_limit("USD", Decimal(0), by=admin)
    save_limit("USD", Decimal(0), by=admin)

    entries = AuditEntry.objects.filter(kind="setting").order_by("pk")
    assert [(entry.about, entry.before, entry.after) for entry in entries] == [
        ("compensation USD", None, {"amount": "5"}),
        ("compensation USD", {"amount": "5"}, None),
    ]


def test_a_charge_stands_in_one_proposal_only(billing):
    charge = make_charge()
    make_proposal(charge, by=billing)

    with pytest.raises(CannotPropose):
        make_proposal(charge, by=make_agent())  # as it was read before
    assert Compensation.objects.count() == 1


@pytest.mark.parametrize("other", [{"account": "bolt"}, {"currency": "CNY"}])
def test_charges_that_do_not_belong_together_are_refused(billing, other):
    with pytest.raises(CannotPropose):
        make_proposal(make_charge(), make_charge(**other), by=billing)


def test_withdrawn_its_charges_are_to_be_decided_again(billing):
    made = make_proposal(by=billing)
    with pytest.raises(Closed):
        withdraw(made, by=make_admin())
    withdraw(made, by=billing)

    assert [charge.state for charge in Charge.objects.all()] == ["open"]
    with pytest.raises(Closed):
        approve(made, by=make_admin())


def test_credited_is_shared_out_by_what_is_due(billing):
    first, second = make_charge(amount=1), make_charge(amount=2)
    made = make_proposal(first, second, by=billing, amount=Decimal(1))
    approve(made, by=make_admin())
    credit(made, by=billing, reference="CR-1")

    credited = [charge.credited for charge in Charge.objects.order_by("pk")]
    assert credited == [Decimal("0.333333"), Decimal("0.666667")]
    assert {charge.state for charge in Charge.objects.all()} == {"credited"}
    with pytest.raises(Closed):
        credit(made, by=billing, reference="CR-2")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We have credited 1.2 USD"), ("zh-hans", "1.2 USD 已退还")]
)
def test_the_customer_is_told_in_the_language_of_the_ticket(billing, language, words):
    ticket, charge = charged_ticket(language=language)
    made = make_proposal(charge, by=billing, amount=Decimal("1.2"))
    approve(made, by=make_admin())
    made.refresh_from_db()
    credit(made, by=billing, reference="CR-77", wording=credited_words(made))

    reply = ticket.messages.get(kind=Message.Kind.REPLY)
    assert words in reply.body
    assert "CR-77" in reply.body
    kinds = [event.kind for event in ticket.events.filter(kind__startswith="compensation")]
    assert kinds == ["compensation_proposed", "compensation_approved", "compensation_credited"]
    ticket.refresh_from_db()
    assert verify(ticket) is None


def test_declined_says_why_and_leaves_the_charge_free(billing):
    ticket, charge = charged_ticket()
    made = make_proposal(charge, by=make_agent(), may_grant=False)
    decline(made, by=billing, because="The request gave a result at 14:02.", wording=declined_words(made))

    assert "gave a result at 14:02" in ticket.messages.get(kind=Message.Kind.REPLY).body
    charge.refresh_from_db()
    assert (charge.state, charge.is_free) == ("declined", True)


def test_money_is_promised_to_nobody_before_it_is_approved(billing):
    ticket, charge = charged_ticket()
    made = make_proposal(charge, by=make_agent(), may_grant=False, amount=Decimal("1.2"))
    with pytest.raises(HeldBack):
        send_reply(ticket, by=make_agent(), body="We will refund you 1.20 USD.")
    with pytest.raises(HeldBack):
        decline(made, by=billing, because="x", wording="We will refund you 1.20 USD another time.")
    made.refresh_from_db()
    assert made.state == "proposed"

    approve(made, by=billing)
    assert send_reply(ticket, by=make_agent(), body="We will refund you 1.20 USD.")
