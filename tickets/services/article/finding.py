"""Published articles, found by the words of a customer or an agent: exact error texts and codes count most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from math import log

from django.core.cache import cache
from django.db.models import Max, Sum
from django.utils import timezone

from tickets.models import ArticleUse, FaqEntry, FaqText

from ..search.tokens import asked_tokens, normalise, runs_of, tokens_of

MINUTES_KEPT = 10
DAYS_OF_USE, OFTEN = 7, 5  # fewer openings say nothing yet
# Until use tells: what customers of gateways ask everywhere.
FIRST = (
    "base-url",
    "key-not-recognised",
    "pacing-after-429",
    "what-first-when-a-model-does-not-exist",
    "should-i-resubmit-a-waiting-video",
    "was-i-charged",
)
SHORTEST_STRING = 5  # characters; anything shorter stands in every text
# What a word found in a part is worth. An error text that stands in the question as a whole beats any words.
WEIGHTS = {"title": 3.0, "codes": 3.0, "summary": 1.5, "strings": 2.0, "rest": 1.0}
WHOLE_STRING, WHOLE_CODE, LONGEST_COUNTED = 50.0, 40.0, 60


@dataclass(frozen=True, slots=True)
class Found:
    slug: str
    cause: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article with the tokens of its parts, as searching needs it."""

    found: Found
    strings: tuple[str, ...]
    codes: frozenset[str]
    is_ours: bool  # written or changed at this desk
    tokens: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Library:
    """All published articles of a language, and how much each word tells: one that stands everywhere, nothing."""

    articles: tuple[Indexed, ...]
    telling: dict[str, float]


def find_articles(words: str, *, language: str, limit: int = 8) -> list[Found]:
    """The articles that answer these words, best first. Without words: by title."""
    library = _library(language)
    text = normalise(words)
    if not text:
        return [each.found for each in library.articles[:limit]]
    asked = {token for run in runs_of(text) for token in asked_tokens(run)}
    scored = [(_score(article, text, asked, library.telling), article.found) for article in library.articles]
    good = sorted(
        ((score, found) for score, found in scored if score), key=lambda each: (-each[0], each[1].title)
    )
    return [found for _, found in good[:limit]]


def article_with_error(words: str, *, language: str) -> Found | None:
    """The article of our own that names an error text which stands word for word in these; the longest wins."""
    text = normalise(words)
    named = [
        (len(string), article.found)
        for article in _library(language).articles
        if article.is_ours
        for string in article.strings
        if string in text
    ]
    return max(named, key=lambda each: each[0])[1] if named else None


def all_articles(*, language: str) -> list[Found]:
    return [each.found for each in _library(language).articles]


def asked_most(articles: list[Found]) -> list[Found]:
    """What was opened most of late; where that is little, what is asked everywhere."""
    by_slug = {found.slug: found for found in articles}
    since = timezone.localdate() - timedelta(days=DAYS_OF_USE)
    opened = ArticleUse.objects.filter(day__gte=since).values_list("entry__slug")
    often = opened.annotate(n=Sum("opened")).filter(n__gte=OFTEN).order_by("-n", "entry__slug")[: len(FIRST)]
    slugs = dict.fromkeys([*(slug for slug, _ in often), *FIRST])
    return [by_slug[slug] for slug in slugs if slug in by_slug][: len(FIRST)]


def article_for_cause(cause: str, *, language: str) -> Found | None:
    return next((found for found in all_articles(language=language) if found.cause == cause), None)


def related_to(entry: FaqEntry, *, language: str) -> list[Found]:
    """The public articles that it names, in its own order."""
    by_slug = {found.slug: found for found in all_articles(language=language)}
    return [by_slug[slug] for slug in entry.related if slug in by_slug]


def article_for_code(code: str) -> FaqEntry | None:
    """The published article about an error code, as machines write it."""
    wanted = normalise(code)
    entries = FaqEntry.objects.published().order_by("pk")
    return next((entry for entry in entries if wanted in map(normalise, entry.codes)), None)


def _score(article: Indexed, text: str, asked: set[str], telling: dict[str, float]) -> float:
    score = _for_strings(article.strings, text)
    score += WHOLE_CODE * bool(article.codes & asked)
    hits: set[str] = set()
    for part, tokens in article.tokens.items():
        both = asked & tokens
        hits |= both
        score += WEIGHTS.get(part, WEIGHTS["rest"]) * sum(telling[token] for token in both)
    # Few of many words is chance: a long pasted error must not find everything.
    return score if score >= WHOLE_CODE or len(hits) * 2 >= min(len(asked), 6) else 0.0


def _for_strings(strings: tuple[str, ...], text: str) -> float:
    """The longer the error text that both have, the surer: "429" says less than a whole sentence."""
    within = len(text) > SHORTEST_STRING
    shared = [len(each) for each in strings if each in text] + [
        len(text) for each in strings if within and text in each
    ]
    return WHOLE_STRING + min(max(shared), LONGEST_COUNTED) / 2 if shared else 0.0


def _library(language: str) -> Library:
    """Kept in the cache until an article changes."""
    newest = FaqEntry.objects.aggregate(at=Max("changed_at"), text=Max("texts__changed_at"))
    key = "library:" + sha256(f"{language} {newest['at']} {newest['text']}".encode()).hexdigest()
    kept: Library | None = cache.get(key)
    if kept is None:
        kept = _read_library(language)
        cache.set(key, kept, MINUTES_KEPT * 60)
    return kept


def _read_library(language: str) -> Library:
    published = FaqText.objects.filter(language=language, entry__state=FaqEntry.State.PUBLISHED)
    articles = tuple(_index(text) for text in published.select_related("entry").order_by("title"))
    standing = Counter(token for each in articles for token in frozenset().union(*each.tokens.values()))
    return Library(articles, {token: log(1 + len(articles) / count) for token, count in standing.items()})


def _index(text: FaqText) -> Indexed:
    entry = text.entry
    rest = [text.symptom, text.applies_to, text.why, *text.fix, text.check_yourself, text.works]
    return Indexed(
        Found(entry.slug, entry.cause, text.title, text.summary),
        tuple(normalise(string) for string in entry.strings if len(string) > SHORTEST_STRING),
        frozenset(map(normalise, entry.codes)),
        not entry.is_built_in,
        {
            "title": _tokens([text.title]),
            "summary": _tokens([text.summary]),
            "codes": _tokens(entry.codes),
            "strings": _tokens(entry.strings),
            "rest": _tokens(rest),
        },
    )


def _tokens(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(token for text in texts for token in tokens_of(normalise(text)))
