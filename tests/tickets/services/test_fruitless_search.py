import pytest

from tests.factories import fake_key, make_admin
from tickets.models import FaqEntry, FruitlessSearch
from tickets.services.fruitless_search import draft_article, note_fruitless, set_aside
from tickets.services.publication import failures_of

pytestmark = pytest.mark.django_db


def note(words, visitor="a", language="en"):
    note_fruitless(words, language=language, visitor=visitor)


def known():
    return list(FruitlessSearch.objects.order_by("pk").values_list("words", "language", "times"))


def test_the_same_words_are_one_line_counted_once_a_visitor():
    note("Purple  Elephant")
    note("purple elephant")
    note("PURPLE elephant", visitor="b")
    note("purple elephant", language="zh-hans")

    assert known() == [("purple elephant", "en", 2), ("purple elephant", "zh-hans", 1)]


@pytest.mark.parametrize("words", ["ab", "  ", f"why {fake_key()}", "mail me at li" + "@" + "client.io"])
def test_what_says_nothing_or_too_much_is_not_kept(words):
    note(words)

    assert known() == []


def test_a_draft_is_made_once_and_says_what_it_lacks():
    note("purple elephant")
    search, admin = FruitlessSearch.objects.get(), make_admin()

    entry = draft_article(search, by=admin)

    assert draft_article(search, by=admin) == entry
    assert (entry.slug, entry.state, entry.author) == ("purple-elephant", FaqEntry.State.DRAFT, admin)
    assert ("zh", "title") in [(failure.language, failure.part) for failure in failures_of(entry)]
    assert not FruitlessSearch.objects.open().exists()


def test_a_draft_is_in_the_language_of_the_words():
    note("发票抬头怎么改")

    entry = draft_article(FruitlessSearch.objects.get(), by=make_admin())

    assert [text.language for text in entry.texts.all()] == ["zh-hans"]


def test_what_is_set_aside_waits_no_more():
    note("purple elephant")
    set_aside(FruitlessSearch.objects.get(), by=make_admin())

    assert not FruitlessSearch.objects.open().exists()
