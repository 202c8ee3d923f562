"""What the built-in lexicon is learned from, and the lexicon that comes of it."""

from collections.abc import Iterator

from .catalogue import HOME, load_catalogue
from .catalogue.tellings import read_tellings
from .lexicon import Lexicon, learn


def learned() -> Lexicon:
    """From the built-in catalogue as it is now: the same file for the same catalogue."""
    return learn(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    catalogue = load_catalogue()
    yield from read_tellings(HOME)
    for rule in catalogue.rule_set.rules:
        yield from ((rule.cause, case.text) for case in rule.fires_on)
    for article in (each for each in catalogue.articles if each.cause):
        for error in (*article.strings, *article.codes):
            yield article.cause, error
            yield article.cause, error  # stands in both languages of the article
    for cause in catalogue.causes.values():
        for words in (cause.title, cause.plain, cause.check, cause.admin):
            yield cause.slug, words.en
            yield cause.slug, words.zh
