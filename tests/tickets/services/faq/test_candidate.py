from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.articles import make_draft
from tests.factories import VAGUE, WRONG_BASE_URL, make_admin, make_ticket
from tickets.models import Account, FaqEntry, Ticket
from tickets.services import catalogue
from tickets.services.curation import curation_settings, save_curation
from tickets.services.faq.candidate import candidates, put_aside, tickets_behind

pytestmark = pytest.mark.django_db
NEW_ERROR = 'HTTP/1.1 418\n{"error":{"message":"Frobnication of the widget failed","code":"frob_failed"}}'


@pytest.fixture(autouse=True)
def rules(db):
    catalogue.load()


def tickets(count, text=WRONG_BASE_URL, **more):
    return [make_ticket(text, **more) for _ in range(count)]


def test_a_cause_that_recurs_without_an_article_is_a_candidate():
    tickets(5)
    tickets(4, VAGUE)

    (found,) = candidates()

    assert (found.cause, found.tickets, found.accounts, found.entry) == ("endpoint.base_url", 5, 5, None)
    assert [error.tickets for error in found.lacking] == [5]
    assert "Invalid URL" in found.lacking[0].sample
    assert tickets_behind(found).count() == 5


def test_tickets_of_one_account_or_one_customer_are_one():
    account = Account.objects.create(name="Acme")
    for ticket in tickets(5):
        Ticket.objects.filter(pk=ticket.pk).update(account=account)
    tickets(1, email="dev@client.invalid")

    assert candidates() == []

    tickets(1, email="other@client.invalid")
    assert [each.accounts for each in candidates()] == [3]


def test_what_lies_before_the_window_does_not_count():
    for ticket in tickets(5)[:1]:
        Ticket.objects.filter(pk=ticket.pk).update(created_at=timezone.now() - timedelta(days=32))

    assert candidates() == []


def test_admins_set_the_limits():
    tickets(2)
    limits = curation_settings()
    limits.tickets, limits.accounts = 2, 2
    save_curation(limits, by=make_admin())

    assert [each.tickets for each in candidates()] == [2]


def test_an_article_that_names_the_error_covers_it():
    tickets(5)
    make_draft(by=make_admin())

    assert candidates() == []


def test_an_article_that_lacks_the_error_is_to_grow():
    tickets(5)
    entry = make_draft(by=make_admin(), strings=["Another text"])

    (found,) = candidates()

    assert found.entry == entry
    assert len(found.lacking) == 1


def test_an_archived_article_covers_nothing():
    tickets(5)
    make_draft(by=make_admin())
    FaqEntry.objects.update(state=FaqEntry.State.ARCHIVED)

    assert [each.entry for each in candidates()] == [None]


def test_an_error_of_unknown_cause_is_a_candidate_by_itself():
    made = tickets(5, NEW_ERROR)

    (found,) = candidates()

    assert (found.cause, found.fingerprint) == ("unknown", made[0].fingerprint)


def test_what_is_set_aside_comes_back_when_it_has_doubled():
    tickets(5)
    (found,) = candidates()
    put_aside(found, by=make_admin())
    assert candidates() == []

    tickets(5)

    assert [each.tickets for each in candidates()] == [10]


def test_more_causes_cost_no_more_statements():
    curation_settings()
    counts = []
    for causes in (("endpoint.base_url",), ("key.invalid", "quota.balance", "unknown")):
        for cause in causes:
            made = tickets(5, NEW_ERROR)
            Ticket.objects.filter(pk__in=[ticket.pk for ticket in made]).update(cause=cause)
        with CaptureQueriesContext(connection) as asked:
            found = candidates()
        counts.append(len(asked))

    assert len(found) == 4
    assert counts[0] == counts[1]
