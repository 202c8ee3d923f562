"""What customers only suppose is no evidence; what they say, and what the machine wrote, is."""

import pytest

from triage.engine import diagnose, read_case
from triage.engine.evidence import Span
from triage.engine.guesses import guesses

ERROR = "peer closed connection without sending complete message body (incomplete chunked read)"


@pytest.mark.parametrize(
    ("told", "supposed"),
    [
        ("It breaks, maybe the rate limit was exceeded, please look.", " maybe the rate limit was exceeded,"),
        ("经常断，是不是被限流了？谢谢", "是不是被限流了？"),
        ("是调用过于频繁，还是 token 太多？", "是调用过于频繁，还是 token 太多？"),
    ],
)
def test_a_guess_is_found_by_its_clause(told: str, supposed: str) -> None:
    assert [told[span.start : span.end] for span in guesses(told, ())] == [supposed]


@pytest.mark.parametrize(
    "told", ["Rate limit exceeded at noon.", "昨天开始一直被限流", "抓包发现还是请求的旧地址"]
)
def test_a_statement_is_no_guess(told: str) -> None:
    assert guesses(told, ()) == ()


def test_what_the_machine_wrote_is_no_guess() -> None:
    text = "maybe overloaded"

    assert guesses(text, (Span(0, len(text)),)) == ()


@pytest.mark.parametrize(
    "told", ["经常出现，是调用过于频繁，还是 token 太多？", "Is it because of too many requests?"]
)
def test_a_guess_does_not_name_the_cause(told: str) -> None:
    assert diagnose(f"{told}\n\n{ERROR}").cause.slug == diagnose(f"\n\n{ERROR}").cause.slug


def test_what_is_left_without_guesses_is_the_rest_in_its_order() -> None:
    signals = read_case("One. Maybe the limit. Two. Perhaps the key. Three.").signals

    assert len(signals.guesses) == 2
    assert [word in signals.unsupposed for word in ("One", "Two", "Three", "limit", "key")] == [
        True, True, True, False, False,
    ]  # fmt: skip
