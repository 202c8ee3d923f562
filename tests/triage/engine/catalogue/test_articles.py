"""The built-in articles: whole, linked, calm, and free of what must not be said."""

import pytest

from triage.engine.catalogue import load_catalogue
from triage.engine.catalogue.articles import read_article
from triage.engine.catalogue.problem import Entry
from triage.engine.lint.reply import must_not_say

ARTICLES = load_catalogue().articles
NOT_FOR_CUSTOMERS = {"unknown", "gateway.bug", "route.upstream_account"}  # nothing that a customer could do


def said_in(article, language):
    words = [article.title, article.summary, *article.parts.values(), *article.fix]
    return [each.in_language(language) for each in words]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_article_says_what_must_not_be_said(article, language):
    objections = [one for text in said_in(article, language) for one in must_not_say(text, {})]

    assert objections == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_no_article_exclaims_or_promises(article):
    loud = [
        text
        for language in ("en", "zh")
        for text in said_in(article, language)
        if "!" in text or "！" in text
    ]

    assert loud == []


def test_no_code_leads_to_two_articles():
    codes = [code for article in ARTICLES for code in article.codes]

    assert sorted(codes) == sorted(set(codes))


def test_what_is_wrong_in_an_article_is_named():
    entry = Entry("own.yaml", "mine", {"slug": "mine", "fix": {"en": ["one", "two"], "zh": ["一"]}})

    read_article(entry)

    problems = [problem.what for problem in entry.problems]
    assert "title is missing" in problems
    assert "fix has more steps in one language than in the other" in problems
