"""Learning the lexicon: multinomial logistic regression over the words of a text, each counted by how rare it is.

Only those who write rules learn, with scikit-learn, which comes with what the tests need; the product reads the file.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from .catalogue import HOME, load_catalogue
from .catalogue.tellings import read_tellings
from .lexicon import UNIT, Lexicon, source_of, tokens

FEWEST = 2  # texts that a word stands in; one alone is a chance
LOOSE = 10.0  # how freely weights may grow; more learns by heart
LEAST = 0.3  # smaller weights say nothing by themselves and are left out
ROUNDS = 300


def learned() -> Lexicon:
    """From the built-in catalogue as it is now."""
    return learn(taught())


def taught() -> Iterator[tuple[str, str]]:
    """What the built-in lexicon is learned from: pairs of a cause and a text."""
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


def learn(texts: Iterable[tuple[str, str]]) -> Lexicon:
    """From pairs of a cause and a text of it. Each cause counts alike, however often it is told of.

    Raises ValueError for fewer than three causes.
    """
    pairs = list(texts)
    if len({cause for cause, _ in pairs}) < 3:
        raise ValueError("learning takes texts of three causes or more")
    counting = TfidfVectorizer(
        analyzer=lambda text: sorted(tokens(text)), binary=True, min_df=FEWEST, dtype=np.float64
    )
    counted = counting.fit_transform(text for _, text in pairs)
    model = LogisticRegression(C=LOOSE, class_weight="balanced", max_iter=ROUNDS)
    model.fit(counted, [cause for cause, _ in pairs])
    told = (
        (word, _told(rarity, weights))
        for word, rarity, weights in zip(
            counting.get_feature_names_out(), counting.idf_, model.coef_.T, strict=True
        )
    )
    return Lexicon(
        source_of(pairs),
        tuple(map(str, model.classes_)),
        tuple(map(_hundredths, model.intercept_)),
        {str(word): said for word, said in told if " " in said},
    )


def _told(rarity: float, weights: NDArray[np.float64]) -> str:
    places: Sequence[int] = np.flatnonzero(np.abs(weights) >= LEAST).tolist()
    return " ".join(
        (str(_hundredths(rarity)), *(f"{place}:{_hundredths(weights[place])}" for place in places))
    )


def _hundredths(number: float) -> int:
    return round(float(number) / UNIT)
