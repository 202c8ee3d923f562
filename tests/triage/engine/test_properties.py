"""What must hold for every text: no error, no runaway work, the same answer twice, spans inside the text."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.engine import diagnose, matcher_for
from triage.engine.context import Context
from triage.engine.extract import extract
from triage.engine.report import as_dict, as_text
from triage.engine.signals import read_signals

WORDS = st.sampled_from(
    [
        '{"error": {"message": "', '", "code": ', "}}", "429", "余额不足", "timeout", "\\\\\\\"", "<html>", "Traceback",
        "HTTP/1.1 502", "request id: ", "data: ", "\n\n", "[[[[", "ＡＰＩ", "\x00",
        "https://a.b/v1/v1", "sk-", "任务", "…",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map("".join))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
CONTEXTS = st.dictionaries(
    st.sampled_from(
        ["account", "key", "models", "provider_status", "failing_alike", "task", "charged", "gateway_log"]
    ),
    JSON,
    max_size=4,
)
thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(TEXTS, CONTEXTS)
def test_no_text_and_no_context_makes_it_raise(text: str, context: dict[str, object]) -> None:
    diagnosis = diagnose(text, context)

    json.dumps(as_dict(diagnosis, "id"))
    assert as_text(diagnosis).endswith("\n")
    assert 0 <= diagnosis.confidence < 1
    assert diagnosis.cause not in diagnosis.alternatives


@thorough
@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    assert diagnose(raw).verdict


@thorough
@given(TEXTS)
def test_the_same_text_gets_the_same_answer(text: str) -> None:
    assert diagnose(text) == diagnose(text)


@thorough
@given(TEXTS)
def test_every_span_lies_in_the_redacted_text(text: str) -> None:
    diagnosis = diagnose(text)
    spans = [span for rule in diagnosis.fired for reason in rule.reasons for span in reason.spans]

    assert all(0 <= span.start <= span.end <= len(diagnosis.redacted_text) for span in spans)


@thorough
@given(TEXTS)
def test_the_filter_finds_what_each_pattern_finds_alone(text: str) -> None:
    matcher = matcher_for()
    redacted = diagnose(text).redacted_text
    signals = read_signals(redacted, extract(redacted), Context.from_dict(None))
    hits = matcher.hits(signals.text)

    assert hits == {
        index for index in range(matcher.filtered) if matcher.expression(index).search(signals.text.utf8)
    }


def test_work_on_a_long_text_is_bounded() -> None:
    short, long = (diagnose('{"error": {"message": "timeout 429"}}\n' * times) for times in (20, 4_000))

    assert len(long.fired) <= len(short.fired) + 5
    assert all(len(reason.spans) <= 3 for rule in long.fired for reason in rule.reasons)
    assert len(long.nearly) <= 12
