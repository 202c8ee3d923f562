from triage.engine.doctors.phrase_set import MOST_PLACES, Phrase, PhraseSet


def test_every_phrase_of_a_text_is_named_once():
    phrases = PhraseSet((("pace", "too many"), ("pace", "请求过于频繁"), ("money", "balance")))

    assert phrases.found("Too Many requests, 请求过于频繁") == {"pace"}
    assert phrases.found("") == set()
    assert phrases.found("\ud800 balance") == {"money"}


def test_places_are_counted_in_characters():
    assert list(Phrase("再试").places("请稍后再试")) == [(3, 5)]
    assert list(Phrase("x").places("\ud800x")) == [(1, 2)]


def test_the_number_of_places_is_bounded():
    assert len(list(Phrase("a").places("a" * 1000))) == MOST_PLACES
