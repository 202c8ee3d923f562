"""What is remembered of one text never lets a secret of another one through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import fake_key
from tickets.services.failure.texts import read_text
from tickets.services.redaction import make_safe

PIECES = st.one_of(
    st.sampled_from(
        ["error", "code:", "Limit", "(request id:", "password:", "token", "key=", "sk-", "+86", "+1 (555)", "for",
         "gpt-4o",
         "user@", "dial tcp", "10.0.3.7:443",
         "8.8.4.9", "\\x", "%", "://u:", "@host", "AKIA", ")", ",", "-", ".", ":"]
    ),
    st.integers(0, 10**7).map(str),
    st.sampled_from(["138 1234 5678", "13812345678", "138-1234-5678", "4111 1111 1111 1111", "555 0100", fake_key()]),
    st.text("0123456789abcdef", min_size=14, max_size=42),
    st.sampled_from(["Incorrect API key provided:", "Bearer", "key is", "password", "x-api-key:", "token="]),
    st.text("0123456789abcdef", min_size=16, max_size=32).map("req_{}".format),
)  # fmt: skip
MASKS = st.from_regex(r"\A(sk-[A-Za-z0-9]{0,8})?(\*{4,14}|…)[A-Za-z0-9]{4}\Z")
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", "", "-", "."])), max_size=8).map(
    lambda parts: "".join(piece + joint for piece, joint in parts)
)


@given(TEXTS, st.sampled_from(["gpt-4o", "138", "1234567", "m-12345", "sk-abc", "error", "a"]))
def test_a_text_is_masked_as_if_nothing_was_remembered(text, model):
    assert read_text(text, model).text == make_safe(text).text


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("call 999 1 2 now", "call 138 1234 5678 now"),
        ("pin: 000000", "password: 493028"),
        ("x +1 (2) 3", "x +1 (555) 010203"),
        ("id 1234567890abcdef12", "id 13812345678"),
    ],
)
def test_numbers_that_mean_something_are_not_taken_for_others(first, then):
    read_text(first, "gpt-4o")

    assert read_text(then, "gpt-4o").text == make_safe(then).text


@given(TEXTS, TEXTS, MASKS, MASKS)
def test_what_a_mask_shows_changes_nothing_else(before, behind, first, then):
    texts = [f"{before}{mask}{behind}" for mask in (first, then)]

    assert [read_text(text, "gpt-4o").text for text in texts] == [make_safe(text).text for text in texts]


def test_a_vendors_masks_make_one_error():
    text = "Incorrect API key provided: {}. You can find your API key in the console."
    first, then = (text.format(mask) for mask in ("sk-ab************0c1d", "sk-xy************7e2f"))

    assert read_text(first, "gpt-4o") == (first, read_text(then, "gpt-4o").known)
    assert read_text(then, "gpt-4o").text == then


def test_other_numbers_and_ids_make_no_other_error():
    text = "upstream timed out after {} ms (request id: {})"
    first = read_text(text.format(31_000, "req_0123456789abcdef01"), "gpt-4o")
    then = read_text(text.format(8, "req_ffffaaaabbbbcccc99"), "gpt-4o")

    assert first.known == then.known
    assert then.text == text.format(8, "req_ffffaaaabbbbcccc99")
