import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.services.search.tokens import asked_tokens, normalise, runs_of, tokens_of


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
