import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.services.search.tokens import (
    asked_tokens,
    beginning_token,
    field_token,
    field_tokens,
    normalise,
    runs_of,
    tokens_of,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("GPT-4o-mini fails", ["gpt-4o-mini", "gpt", "4o", "mini", "fails"]),
        ("req_01AB", ["req_01ab", "req", "01ab"]),
        ("v1.5", ["v1.5", "v1", "5"]),
        ("/v1/chat", ["v1", "chat"]),
        ("ana@client.invalid", ["ana@client.invalid", "ana", "client", "invalid"]),
        ("限流错误", ["限", "流", "错", "误", "限流", "流错", "错误"]),
        ("调用gpt报错", ["调", "用", "调用", "gpt", "报", "错", "报错"]),
        ("ＧＰＴ－４ｏ", ["gpt-4o", "gpt", "4o"]),
        ("__init__", ["__init__", "init"]),
        ("end. Next…", ["end", "next"]),
        ("\x00a\u200bb \u3000c", ["ab", "c"]),
        ("... --- '' ___", []),
    ],
)
def test_what_a_text_gives(text, tokens):
    assert list(tokens_of(normalise(text))) == tokens


@given(st.text(max_size=200))
def test_every_word_of_a_text_is_found_in_it(text):
    normalised = normalise(text)
    held = set(tokens_of(normalised))

    assert all(set(asked_tokens(run)) <= held for run in runs_of(normalised))


@given(st.text(max_size=200))
def test_tokens_are_parted_by_single_spaces_only(text):
    tokens = list(tokens_of(normalise(text)))

    assert " ".join(tokens).split() == tokens
    assert all(token and token.isprintable() for token in tokens)


@given(st.text(max_size=200))
def test_normalising_again_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


def test_a_model_is_found_by_each_beginning_of_its_name_a_request_id_only_whole():
    assert list(field_tokens("model", "o3 Pro")) == [
        "model=o3_pro", "model^=o", "model^=o3", "model^=o3_", "model^=o3_p", "model^=o3_pr", "model^=o3_pro",
    ]  # fmt: skip
    assert list(field_tokens("request", "req_01")) == ["request=req_01"]


@given(st.text(max_size=100), st.integers(0, 100))
def test_every_beginning_of_a_model_is_among_its_tokens(name, length):
    whole = normalise(name)
    beginning = normalise(whole[:length])

    assert not beginning or {field_token("model", name), beginning_token("model", beginning)} <= set(
        field_tokens("model", name)
    )
