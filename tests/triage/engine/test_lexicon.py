"""The lexicon: which words stand in tellings of which cause."""

from collections import Counter

import pytest

from triage.engine.catalogue import HOME, load_catalogue
from triage.engine.catalogue.tellings import Telling, read_tellings
from triage.engine.learn import learn, taught
from triage.engine.lexicon import Lexicon, load_lexicon, source_of, tokens
from triage.engine.redact import redact
from triage.engine.resemblance import Resemblance
from triage.engine.text import clean


def test_tokens_are_words_pairs_statuses_and_twos_and_threes_of_characters() -> None:
    assert tokens("Key expired 401 令牌过期") == {
        "key", "expired", "key expired", "401", "expired 401",
        "令牌", "牌过", "过期", "令牌过", "牌过期",
    }  # fmt: skip


LAMPS = [("a.one", "red lamp 429 限流"), ("b.two", "red door 限流"), ("c.three", "red wind 限流")] * 3


def test_a_word_speaks_for_the_cause_that_it_is_told_of_and_against_the_others() -> None:
    lexicon = learn([*LAMPS, ("b.two", "once")])

    assert lexicon.causes == ("a.one", "b.two", "c.three")
    assert dict(lexicon.weights("lamp"))["a.one"] > 0 > dict(lexicon.weights("door"))["a.one"]
    assert not {"once", "never"} & set(lexicon.words)


def test_a_word_that_all_causes_share_is_less_rare_and_weighs_less() -> None:
    lexicon = learn(LAMPS)

    assert lexicon.rarity("red lamp") > (lexicon.rarity("red") if "red" in lexicon.words else 1.0)
    assert max(dict(lexicon.weights("lamp")).values()) > max(
        dict(lexicon.weights("red")).values() if "red" in lexicon.words else [0.0]
    )


def test_two_causes_teach_nothing() -> None:
    with pytest.raises(ValueError, match="three causes"):
        learn([("a.one", "red lamp"), ("b.two", "red door")])


def test_what_is_written_is_read_again() -> None:
    lexicon = learn(LAMPS)

    assert Lexicon.from_text(lexicon.as_text()) == lexicon


def test_the_order_of_the_texts_makes_no_other_lexicon() -> None:
    assert learn(LAMPS).as_text() == learn(LAMPS[::-1]).as_text()


def test_the_lexicon_is_what_the_catalogue_teaches_now() -> None:
    rules = load_catalogue().rule_set.version
    assert load_lexicon().source == source_of(taught(), rules), "run: manage.py rules learn"
    assert set(load_lexicon().causes) == set(load_catalogue().causes)


def test_what_was_learned_from_four_of_five_tellings_reads_the_fifth() -> None:
    told = [*read_tellings(HOME)][::2]  # all of them take a minute to learn
    words = Resemblance(learn(pair for at, pair in enumerate(told) if at % 5))
    fifth = told[::5]
    likeliest = [
        max(scores, key=scores.__getitem__) for scores in (words.compare(each.text).scores for each in fifth)
    ]
    right = [cause == telling.cause for cause, telling in zip(likeliest, fifth, strict=True)]

    assert sum(right) > 0.6 * len(fifth)


@pytest.fixture(scope="module")
def tellings() -> list[Telling]:
    return list(read_tellings(HOME))


def test_every_cause_is_told_of_often_in_both_languages(tellings: list[Telling]) -> None:
    chinese = Counter(telling.cause for telling in tellings if _is_chinese(telling.text))
    english = Counter(telling.cause for telling in tellings if not _is_chinese(telling.text))

    assert set(chinese) == set(english) == set(load_catalogue().causes)
    assert min(*chinese.values(), *english.values()) >= 25


def test_no_telling_stands_twice_or_holds_what_looks_like_a_secret(tellings: list[Telling]) -> None:
    assert len({telling.text for telling in tellings}) == len(tellings)
    for telling in tellings:
        text = clean(telling.text).text
        assert redact(text, pepper=b"").text == text == telling.text


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
