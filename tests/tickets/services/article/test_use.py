from datetime import date

import pytest

from tests.factories import fake_key
from tickets.models import ArticleUse, ArticleVote, FaqEntry
from tickets.services.article.use import MOST_VOTES, count_opening, vote
from tickets.services.faq.library import load_library
from tickets.services.visitor import visitor_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def entry():
    load_library()
    return FaqEntry.objects.get(slug="base-url")


def say(entry, helped=False, visitor="a", day=TODAY, **more):
    return vote(entry, language="en", helped=helped, visitor=visitor, day=day, **more)


def test_openings_of_a_day_are_added_up(entry):
    count_opening(entry, agent="Mozilla/5.0")
    count_opening(entry, agent="Mozilla/5.0")
    count_opening(entry, agent="Examplebot/1.0")

    assert ArticleUse.objects.get().opened == 2


def test_a_visitor_votes_once_a_day_and_the_last_word_counts(entry):
    say(entry, helped=True)
    say(entry, reason="wrong", note="The path is another.")
    say(entry, day=date(2026, 3, 3))

    first, second = ArticleVote.objects.order_by("day")
    assert (first.helped, first.reason, first.note) == (False, "wrong", "The path is another.")
    assert second.day == date(2026, 3, 3)


def test_a_yes_needs_no_reason_and_an_unknown_one_is_none(entry):
    say(entry, helped=True, reason="wrong", note="x")
    say(entry, visitor="b", reason="nonsense")

    assert list(ArticleVote.objects.values_list("reason", "note")) == [("", ""), ("", "")]


def test_a_note_keeps_no_secret(entry):
    say(entry, reason="other", note=f"my key {fake_key()} fails")

    assert fake_key()[5:30] not in ArticleVote.objects.get().note


def test_one_visitor_judges_only_so_many_articles_a_day(entry):
    others = list(FaqEntry.objects.exclude(pk=entry.pk)[:MOST_VOTES])

    assert [say(each) for each in others] == [True] * MOST_VOTES
    assert not say(entry)
    assert say(others[0], helped=True)  # a word on one that was judged already may change
    assert say(entry, visitor="b")


def test_a_visitor_is_known_for_a_day_only():
    marks = {visitor_of("192.0.2.1", "agent", day) for day in (TODAY, TODAY, date(2026, 3, 3))}

    assert len(marks) == 2
    assert visitor_of("192.0.2.2", "agent", TODAY) not in marks
