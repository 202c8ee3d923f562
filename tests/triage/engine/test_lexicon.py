"""The lexicon: which words stand in tellings of which cause."""

from collections import Counter

import pytest

from triage.engine.catalogue import HOME, load_catalogue
from triage.engine.catalogue.tellings import Telling, read_tellings
from triage.engine.learn import learned
from triage.engine.lexicon import FILE, Lexicon, learn, load_lexicon, tokens
from triage.engine.redact import redact
from triage.engine.text import clean


def test_tokens_are_words_pairs_statuses_and_twos_and_threes_of_characters() -> None:
    assert tokens("Key expired 401 令牌过期") == {
        "key", "expired", "key expired", "401", "expired 401",
        "令牌", "牌过", "过期", "令牌过", "牌过期",
    }  # fmt: skip


def test_texts_are_counted_by_cause_and_a_word_of_one_text_is_left_out() -> None:
    lexicon = learn(
        [("b.two", "red door red"), ("a.one", "red lamp"), ("a.one", "red lamp"), ("a.one", "once")]
    )

    assert lexicon.causes == ("a.one", "b.two")
    assert lexicon.told("red") == ((0, 2), (1, 1))
    assert lexicon.told("lamp") == ((0, 2),)
    assert lexicon.told("once") == lexicon.told("never") == ()


def test_what_is_written_is_read_again() -> None:
    lexicon = learn([("a.one", "red lamp 429 限流"), ("b.two", "red lamp 429 限流")])

    assert Lexicon.from_text(lexicon.as_text()) == lexicon


def test_the_lexicon_is_what_the_catalogue_teaches_now() -> None:
    assert FILE.read_text(encoding="utf-8") == learned().as_text(), "run: manage.py rules learn"
    assert set(load_lexicon().causes) == set(load_catalogue().causes)


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
