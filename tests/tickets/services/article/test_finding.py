import pytest
from django.utils import timezone

from tickets.models import ArticleUse, FaqEntry
from tickets.services.article.finding import (
    all_articles,
    article_for_cause,
    article_for_code,
    asked_most,
    find_articles,
)
from tickets.services.faq.library import load_library

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(db):
    load_library()


def slugs(words, language="en"):
    return [found.slug for found in find_articles(words, language=language)]


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [
        ("Invalid URL (POST /v1/v1/chat/completions)", "en", "base-url"),
        ('{"error":{"message":"Invalid URL (POST /v1/v1/chat/completions)"}}', "en", "base-url"),
        ("base url twice", "en", "base-url"),
        ("网页", "zh-hans", "base-url"),
        ("invalid_api_key", "en", "key-not-recognised"),
        ("一定是平台的问题吗", "zh-hans", "is-401-the-platforms-fault"),
    ],
)
def test_what_is_asked_finds_its_article_first(words, language, first):
    assert slugs(words, language)[0] == first


def test_words_of_nothing_find_nothing():
    assert slugs("zebra crossing at midnight") == []


def test_an_archived_article_is_found_no_more():
    assert "base-url" in slugs("base url")
    entry = FaqEntry.objects.get(slug="base-url")
    entry.state = FaqEntry.State.ARCHIVED
    entry.save()

    assert "base-url" not in slugs("base url")


def test_a_cause_and_a_code_have_their_article():
    assert article_for_cause("endpoint.base_url", language="en").slug == "base-url"
    assert article_for_code("INVALID_API_KEY").slug == "key-not-recognised"
    assert article_for_code("no_such_code") is None


def test_searching_costs_one_statement_once_it_was_read(django_assert_num_queries):
    find_articles("base url", language="en")

    with django_assert_num_queries(1):
        find_articles("another question", language="en")


def test_loading_again_leaves_what_an_admin_edited():
    entry = FaqEntry.objects.get(slug="base-url")
    entry.is_built_in = False
    entry.save()
    entry.texts.filter(language="en").update(title="Our own title")

    load_library()

    assert entry.texts.get(language="en").title == "Our own title"


def test_what_is_opened_often_is_asked_most(library):
    usual = [found.slug for found in asked_most(all_articles(language="en"))]
    for slug, times in (("empty-answer", 9), ("key-expired", 1)):
        ArticleUse.objects.create(
            entry=FaqEntry.objects.get(slug=slug), day=timezone.localdate(), opened=times
        )

    assert [found.slug for found in asked_most(all_articles(language="en"))] == ["empty-answer", *usual[:5]]
