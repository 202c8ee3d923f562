"""The way of a request through relays, with the hop that failed."""

import pytest

from triage.engine.extract import extract
from triage.engine.hops import Stage, hops

FIRST = "20260101020304111111111AAAAAAAA"
SECOND = "20260101020305222222222BBBBBBBB"
THIRD = "20260101020306333333333CCCCCCCC"


def way(text: str) -> list[tuple[Stage, str, bool]]:
    return [(hop.stage, hop.request_id, hop.failing) for hop in hops(text, extract(text))]


def test_a_chain_of_ids_runs_from_the_called_gateway_to_the_failure() -> None:
    chain = f"(request id: {FIRST}) (request id: {SECOND}) (request id: {THIRD})"
    text = f'{{"error":{{"message":"无可用渠道 {chain}"}}}}'

    assert way(text) == [
        (Stage.CLIENT, "", False),
        (Stage.GATEWAY, THIRD, False),
        (Stage.RESELLER, SECOND, False),
        (Stage.RESELLER, FIRST, True),
    ]


def test_an_id_of_another_shape_is_the_providers() -> None:
    ids = f"Request id: 0217deadbeef0123 (request id: {FIRST})"
    text = f"Error code: 400 - {{'error': {{'message': 'bad image. {ids}'}}}}"

    assert way(text) == [
        (Stage.CLIENT, "", False),
        (Stage.GATEWAY, FIRST, False),
        (Stage.PROVIDER, "0217deadbeef0123", True),
    ]


def test_the_gateways_own_refusal_fails_at_the_gateway() -> None:
    text = f'{{"error":{{"message":"用户额度不足 (request id: {FIRST})","code":"insufficient_user_quota"}}}}'

    assert way(text)[-1] == (Stage.GATEWAY, FIRST, True)


@pytest.mark.parametrize(
    "text",
    [
        "litellm.RateLimitError: RateLimitError: OpenAIException - slow down",
        '{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"busy"}}}',
        "Upstream request failed: 503",
    ],
)
def test_a_wrapped_error_has_a_gateway_and_fails_at_the_provider(text: str) -> None:
    assert [(stage, failing) for stage, _, failing in way(text)] == [
        (Stage.CLIENT, False),
        (Stage.GATEWAY, False),
        (Stage.PROVIDER, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "httpx.LocalProtocolError: Illegal header value b'Bearer '",
        "getaddrinfo ENOTFOUND api.relay.test",
        "ECONNREFUSED 127.0.0.1:3000",
    ],
)
def test_what_was_never_sent_fails_at_the_client(text: str) -> None:
    assert way(text) == [(Stage.CLIENT, "", True)]


def test_nothing_known_marks_nothing() -> None:
    assert way("it does not work") == [(Stage.CLIENT, "", False)]


def test_spans_point_at_the_ids() -> None:
    text = f"no channel (request id: {FIRST})"
    gateway = hops(text, extract(text))[1]

    assert gateway.span is not None
    assert text[gateway.span.start : gateway.span.end] == FIRST
