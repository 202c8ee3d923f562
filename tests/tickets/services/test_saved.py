from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, WRONG_BASE_URL, make_ticket
from tickets.models import ArticleUse, FaqEntry, ReportAttempt, Ticket
from tickets.services.article.use import vote
from tickets.services.faq.library import load_library
from tickets.services.publication import failures_of
from tickets.services.report_attempt import became_ticket, begin_attempt, opened_article, solved
from tickets.services.saved import (
    articles_by_use,
    attempts_ended,
    attempts_since,
    causes_around_publication,
    causes_without_article,
    window,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(db):
    load_library()


def attempt(mark, **more):
    begin_attempt(mark, cause="endpoint.base_url", language="en", **more)


def test_an_attempt_ends_at_an_article_unless_it_becomes_a_ticket():
    for mark in ("read", "solved", "sent", "left"):
        attempt(mark)
    opened_article("read", "base-url")
    solved("solved")
    opened_article("sent", "base-url")
    became_ticket("sent", make_ticket())

    found = attempts_since(window())

    assert (found.all, found.ended, found.solved, found.tickets) == (4, 2, 1, 1)
    assert [each.mark for each in attempts_ended(window())] == ["solved", "read"]


def test_an_attempt_pasted_again_stays_one_and_keeps_its_end():
    attempt("once", came_from="base-url")
    opened_article("once", "base-url")
    attempt("once")

    kept = ReportAttempt.objects.get()
    assert kept.read == FaqEntry.objects.get(slug="base-url")


def test_articles_come_by_use_with_their_complaints():
    base, other = FaqEntry.objects.get(slug="base-url"), FaqEntry.objects.get(slug="key-expired")
    today = timezone.localdate()
    ArticleUse.objects.create(entry=base, day=today, opened=7)
    ArticleUse.objects.create(entry=other, day=today - timedelta(days=40), opened=90)
    vote(other, language="en", helped=False, visitor="a", day=today, reason="wrong")
    vote(other, language="en", helped=True, visitor="b", day=today)
    attempt("read")
    opened_article("read", "base-url")

    rows = [
        (row.entry, row.opened, row.helped, row.not_helped, row.ended, row.reasons)
        for row in articles_by_use(window())
    ]

    assert rows == [(base, 7, 0, 0, 1, {}), (other, 0, 1, 1, 0, {"wrong": 1})]


def test_tickets_of_a_cause_are_counted_on_both_sides_of_its_article():
    now = timezone.now()
    FaqEntry.objects.filter(slug="base-url").update(published_at=now - timedelta(days=5))
    for days in (1, 7, 8, 40):
        ticket = make_ticket(WRONG_BASE_URL)
        Ticket.objects.filter(pk=ticket.pk).update(created_at=now - timedelta(days=days))

    row = next(row for row in causes_around_publication() if row.cause == "endpoint.base_url")

    assert (row.days, row.before, row.after) == (5, 2, 1)


def test_a_cause_without_a_published_article_is_named():
    make_ticket(VAGUE)
    make_ticket(WRONG_BASE_URL)
    assert [row.cause for row in causes_without_article(window())] == ["unknown"]

    FaqEntry.objects.filter(slug="base-url").update(state=FaqEntry.State.ARCHIVED)

    assert {row.cause: row.tickets for row in causes_without_article(window())} == {
        "endpoint.base_url": 1,
        "unknown": 1,
    }


def test_every_built_in_article_may_be_published_as_it_stands():
    found = {entry.slug: failures_of(entry) for entry in FaqEntry.objects.prefetch_related("texts")[:8]}

    assert {slug: failures for slug, failures in found.items() if failures} == {}
