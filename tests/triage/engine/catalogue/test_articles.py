"""The built-in articles: whole, linked, calm, and free of what must not be said."""

import pytest

from triage.engine import diagnose
from triage.engine.catalogue import load_catalogue
from triage.engine.catalogue.articles import read_article
from triage.engine.catalogue.problem import Entry
from triage.engine.lint.reply import must_not_say

CATALOGUE = load_catalogue()
ARTICLES = CATALOGUE.articles
STANDING_QUESTIONS = {
    "is-401-the-platforms-fault",
    "what-first-when-a-model-does-not-exist",
    "should-i-resubmit-a-waiting-video",
    "what-support-needs",
    "waiting-times",
    "pacing-after-429",
    "streaming-that-breaks-off",
    "switching-formats",
    "keeping-keys-safe",
    "was-i-charged",
}
ERROR_TEXTS = [(each, text) for each in ARTICLES if each.cause for text in each.strings]


def said_in(article, language):
    words = [article.title, article.summary, *article.parts.values(), *article.fix]
    return [each.in_language(language) for each in words]


def test_every_known_cause_has_one_article():
    causes = sorted(article.cause for article in ARTICLES if article.cause)

    assert causes == sorted(CATALOGUE.causes.keys() - {"unknown"})


def test_the_standing_questions_are_answered():
    assert {article.slug for article in ARTICLES if not article.cause} == STANDING_QUESTIONS


@pytest.mark.parametrize(("article", "text"), ERROR_TEXTS)
def test_an_error_text_leads_the_engine_to_the_cause_of_its_article(article, text):
    found = diagnose(text, None, CATALOGUE.rule_set, causes=CATALOGUE.causes)

    assert article.cause in {found.cause.slug, *(cause.slug for cause in found.alternatives)}


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
