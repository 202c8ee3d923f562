import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.evidence import Span
from triage.engine.text import MAX_CHARS, clean, fold

CHINESE = "余额不足，请充值后再试。错误码 402"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain text\n", "plain text\n"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("nul\0 and bell\x07 and tab\t", "nul and bell and tab\t"),
        ("\x1b[31mERROR\x1b[0m 429", "ERROR 429"),
        ("\ud83d\ude00 joined", "\U0001f600 joined"),
        ("alone \ud800 here", "alone \ufffd here"),
        ("\ufeffstart", "start"),
        (CHINESE.encode(), CHINESE),
        (CHINESE.encode("utf-8-sig"), CHINESE),
        (CHINESE.encode("utf-16"), CHINESE),
        (CHINESE.encode("gb18030"), CHINESE),
        ("Error 401: invalid key".encode("utf-16-le"), "Error 401: invalid key"),
        (b"caf\xc3\xa9 " * 40 + b"\xff end", "café " * 40 + "\ufffd end"),
    ],
)
def test_any_encoding_becomes_readable_text(raw, text):
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "PNG image"),
        (b"PK\x03\x04" + bytes(200), "archive"),
        (bytes(range(256)) * 40, "binary file"),
        ("\x01\x02\x03\ufffd" * 200, "binary data"),
    ],
)
def test_a_binary_file_is_named_and_not_shown(raw, word):
    cleaned = clean(raw)

    assert word in cleaned.text
    assert "not text" in cleaned.text
    assert cleaned.notes == ("binary",)


def test_a_long_text_keeps_its_head_and_tail_and_says_how_much_is_gone():
    raw = "first line\n" + "filler words here\n" * 300_000 + "last line"

    cleaned = clean(raw)

    assert cleaned.cut
    assert "cut" in cleaned.notes
    assert cleaned.text.startswith("first line\n")
    assert cleaned.text.endswith("last line")
    assert len(cleaned.text) <= MAX_CHARS + 60
    kept = len(cleaned.text) - len("\n[… 5,200,000 characters cut …]\n")
    assert f"[… {len(raw) - kept:,} characters cut …]" in cleaned.text


def test_a_cut_falls_between_words():
    word = "a1B2c3D4" * 6
    cleaned = clean(f"{word} " * 10_000)

    assert {piece for piece in cleaned.text.split() if "B2" in piece} == {word}


def test_what_was_done_to_the_text_is_noted():
    assert clean("a\0b").notes == ("nul",)
    assert clean("\udc00").notes == ("surrogates",)
    assert clean(CHINESE.encode("gb18030")).notes == ("encoding:gb18030",)
    assert clean("fine").notes == ()


@given(st.one_of(st.text(), st.binary()))
def test_cleaning_never_fails_and_leaves_nothing_to_clean(raw):
    cleaned = clean(raw)

    cleaned.text.encode()
    assert clean(cleaned.text).text == cleaned.text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_folding_is_nfkc_with_a_way_back(text):
    folded = fold(text)

    assert folded.text == unicodedata.normalize("NFKC", text)
    assert folded.to_raw(Span(0, len(folded.text))) == Span(0, len(text))
    for at in range(len(folded.text)):
        raw = folded.to_raw(Span(at, at + 1))
        assert 0 <= raw.start < raw.end <= len(text)
        assert folded.text[at] in unicodedata.normalize("NFKC", text[raw.start : raw.end])


@pytest.mark.parametrize(
    ("text", "word", "raw"),
    [
        ("状态码：４２９", "429", "４２９"),
        ("① quota … used up", "used", "used"),
        ("① quota … used up", "1", "①"),
        ("ＡＰＩ　Ｋｅｙ 无效", "API Key", "ＡＰＩ　Ｋｅｙ"),
        ("㎏ cafe\u0301 500", "500", "500"),
        ("ascii only 500", "500", "500"),
    ],
)
def test_a_word_found_in_folded_text_leads_back_to_what_was_written(text, word, raw):
    folded = fold(text)
    start = folded.text.index(word)

    span = folded.to_raw(Span(start, start + len(word)))

    assert text[span.start : span.end] == raw
