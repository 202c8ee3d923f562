"""Learning the lexicon: multinomial logistic regression over the words of a text, each counted by how rare it is, and
over what the rules weigh that fire on it. So words and rules are believed as far as they turned out right together.

Only those who write rules learn, with scikit-learn, which comes with what the tests need; the product reads the file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from . import matcher_for, read_case
from .catalogue import HOME, load_catalogue
from .catalogue.tellings import read_tellings
from .lexicon import HEARD, UNIT, Lexicon, source_of, tokens
from .weigh import silence, weigh

FEWEST = 2  # texts that a word stands in; one alone is a chance
LOOSE = 10.0  # how freely weights may grow; more learns by heart
LEAST = 0.3  # smaller weights say nothing by themselves and are left out
ROUNDS = 300
AT_ONCE = 200  # texts that a process reads before it asks for more

Hearing = Callable[[Sequence[str]], Iterable[Mapping[str, float]]]  # of each text, what rules weigh by cause


def learned() -> Lexicon:
    """From the built-in catalogue as it is now. Takes some minutes."""
    return learn(taught(), what_rules_say, rule_set=load_catalogue().rule_set.version)


def what_rules_say(texts: Sequence[str]) -> Iterator[dict[str, float]]:
    """Of each text the causes that built-in rules speak for, with their weights."""
    with ProcessPoolExecutor() as pool:
        yield from pool.map(_weighed, texts, chunksize=AT_ONCE)


def _weighed(text: str) -> dict[str, float]:
    results = matcher_for().evaluate(read_case(text).signals)
    fired = silence(result for result in results if result.fired)
    return {each.cause: each.weight for each in weigh(rule for rule in fired if not rule.silenced_by)}


def nothing_heard(texts: Sequence[str]) -> Iterator[dict[str, float]]:
    return ({} for _ in texts)


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


def learn(texts: Iterable[tuple[str, str]], hear: Hearing = nothing_heard, *, rule_set: str = "") -> Lexicon:
    """From pairs of a cause and a text of it. Each cause counts alike, however often it is told of. `rule_set` is the
    version of the rules that `hear` asks.

    Raises ValueError for fewer than three causes.
    """
    pairs = list(texts)
    if len({cause for cause, _ in pairs}) < 3:
        raise ValueError("learning takes texts of three causes or more")
    counting = TfidfVectorizer(
        analyzer=lambda text: sorted(tokens(text)), binary=True, min_df=FEWEST, dtype=np.float64
    )
    hearing = DictVectorizer()
    told = [text for _, text in pairs]
    heard = ({HEARD + cause: weight for cause, weight in weights.items()} for weights in hear(told))
    model = LogisticRegression(C=LOOSE, class_weight="balanced", max_iter=ROUNDS)
    model.fit(
        hstack([counting.fit_transform(told), hearing.fit_transform(heard)]).tocsr(),
        [cause for cause, _ in pairs],
    )
    rules = hearing.get_feature_names_out()
    words = [*counting.get_feature_names_out(), *rules]
    rarities = [*counting.idf_, *[1.0] * len(rules)]
    said = (
        (word, _told(rarity, weights))
        for word, rarity, weights in zip(words, rarities, model.coef_.T, strict=True)
    )
    return Lexicon(
        source_of(pairs, rule_set),
        tuple(map(str, model.classes_)),
        tuple(map(_hundredths, model.intercept_)),
        {str(word): weights for word, weights in said if " " in weights},
    )


def _told(rarity: float, weights: NDArray[np.float64]) -> str:
    places: Sequence[int] = np.flatnonzero(np.abs(weights) >= LEAST).tolist()
    return " ".join(
        (str(_hundredths(rarity)), *(f"{place}:{_hundredths(weights[place])}" for place in places))
    )


def _hundredths(number: float) -> int:
    return round(float(number) / UNIT)
