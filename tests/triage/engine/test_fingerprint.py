"""The same cause has the same fingerprint; another message has another one."""

import pytest

from triage.engine.extract import extract
from triage.engine.fingerprint import Fingerprint, fingerprint


def of(text: str) -> Fingerprint:
    return fingerprint(extract(text), text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            '{"error":{"message":"Rate limit reached for gpt-4o of org-aaaaaa111 on tokens: Limit 30000, Used 1"}}',
            '{"error":{"message":"Rate limit reached for gpt-5-mini of org-bbbbbb222 on tokens: Limit 9, Used 12"}}',
        ),
        (
            '{"error":{"message":"当前分组 a 无可用渠道 (request id: 20260101020304111111111AAAAAAAA)"}}',
            "503 当前分组 a 无可用渠道 (request id: 20270101020304111111111BBBBBBBB) "
            "(request id: 20270101020305111111111CCCCCCCC)",
        ),
        (
            "Error code: 401 - {'error': {'message': 'Incorrect API key provided: sk-ab…9f21.'}}",
            '{"error":{"message":"Incorrect API key provided: sk-cd****7777."}}',
        ),
        (
            "Failed to fetch https://a.test/1.png at 2026-01-02T03:04:05Z",
            "Failed to fetch https://b.test/2.png?x=1 at 2027-11-12 13:14:15",
        ),
        (
            'API Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
            'today\n\n{"error":{"type":"overloaded_error","message":"Overloaded"}}',
        ),
        ("The model `acme-1` does not exist", "The model `acme-2` does not exist"),
    ],
)
def test_the_same_cause_has_one_fingerprint(one: str, other: str) -> None:
    assert of(one).normalised == of(other).normalised
    assert of(one).value == of(other).value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"error":{"message":"quota exceeded"}}', '{"error":{"message":"key expired"}}'),
        (
            "Error code: 429 - {'error': {'message': 'slow down'}}",
            "Error code: 429 - {'error': {'message': 'no money'}}",
        ),
        ('{"error":{"message":"","code":"a_code"}}', '{"error":{"message":"","code":"b_code"}}'),
    ],
)
def test_other_messages_have_other_fingerprints(one: str, other: str) -> None:
    assert of(one).value != of(other).value


def test_what_was_stripped_is_shown_with_its_place() -> None:
    text = '{"error":{"message":"user 42 of https://a.test/x is out (request id: 20260101020304111111111AAAAAAAA)"}}'
    found = of(text)

    assert found.normalised == "user <number> of <url> is out"
    assert [kind for kind, _, _ in found.stripped] == ["number", "url", "request_id"]
    for _, words, span in found.stripped:
        assert span is not None
        assert text[span.start : span.end] == words


def test_the_value_is_sixteen_hexadecimal_digits() -> None:
    assert len(of("boom").value) == 16
    assert int(of("boom").value, 16) >= 0


def test_empty_text_has_an_empty_value() -> None:
    assert of("") == Fingerprint("", "", ())
