"""Error envelopes: every wrapping that gateways and SDKs put around a provider's error."""

import json

import pytest

from triage.engine.extract import extract


def wrapped(levels: int) -> str:
    """One provider error, put as a JSON string into the message of another, again and again."""
    body = json.dumps({"error": {"message": "quota gone", "type": "billing", "code": "no_money"}})
    for level in range(levels):
        body = json.dumps({"error": {"message": body, "code": f"relay_{level}"}})
    return body


@pytest.mark.parametrize(
    ("text", "innermost", "error_type", "error_code"),
    [
        ('{"error":{"message":"Nope","type":"bad_kind","code":"c1"}}', "Nope", "bad_kind", "c1"),
        (
            "Error code: 400 - {'error': {'message': 'Nope', 'type': 'k', 'param': None, 'code': 'c2'}}",
            "Nope",
            "k",
            "c2",
        ),
        (
            '{"type":"error","error":{"type":"overloaded_error","message":"Busy"}}',
            "Busy",
            "overloaded_error",
            None,
        ),
        ('[{"error":{"code":404,"message":"gone","status":"NOT_FOUND"}}]', "gone", "NOT_FOUND", "NOT_FOUND"),
        (
            '{"code":"InvalidParameter","message":"bad ratio","request_id":"r-12345678"}',
            "bad ratio",
            None,
            "InvalidParameter",
        ),
        (
            '{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}',
            "insufficient balance",
            None,
            None,
        ),
        (
            '{"code":0,"data":{"task_status":"failed","task_status_msg":"risk control"}}',
            "risk control",
            None,
            None,
        ),
        (
            '{"detail":[{"loc":["body","n"],"msg":"field required","type":"value_error.missing"}]}',
            "field required",
            "value_error.missing",
            None,
        ),
        ('{"success":false,"message":"无权进行此操作"}', "无权进行此操作", None, None),
        ("{ errcode: -42, errmsg: '积分不足', data: undefined }", "积分不足", None, "-42"),
        (
            'data: {"error":{"message":"cut","type":"server_error","code":"x9"}}\n\n',
            "cut",
            "server_error",
            "x9",
        ),
        (
            'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"broke"}}',
            "broke",
            "api_error",
            None,
        ),
        ('{\\"error\\": {\\"message\\": \\"deep\\", \\"code\\": \\"c7\\"}}', "deep", None, "c7"),
        (
            '{"error":{"message":"Provider returned error","code":502,"metadata":'
            '{"raw":"{\\"error\\":{\\"message\\":\\"inner '
            'words\\",\\"type\\":\\"kind\\"}}","provider_name":"Groq"}}}',
            "inner words",
            "kind",
            None,
        ),
    ],
)
def test_the_innermost_error_is_reached(
    text: str, innermost: str, error_type: str | None, error_code: str | None
) -> None:
    evidence = extract(text)

    assert evidence.innermost is not None
    assert evidence.innermost.message == innermost
    assert evidence.value("error_type") == error_type
    if error_code:
        assert evidence.value("error_code") == error_code


@pytest.mark.parametrize("levels", [0, 1, 2, 3, 4])
def test_strings_inside_strings_are_unwrapped(levels: int) -> None:
    evidence = extract(wrapped(levels))

    assert evidence.innermost is not None
    assert (evidence.innermost.message, evidence.value("error_code")) == ("quota gone", "no_money")


def test_layers_run_from_the_outside_to_the_inside() -> None:
    text = (
        "500 litellm.APIError: APIError: OpenAIException - "
        '{"error":{"message":"{\\"error\\":{\\"message\\":\\"core\\",\\"code\\":\\"c\\"}}"}}'
    )

    layers = extract(text).layers

    assert layers[0].message.startswith("500 litellm.APIError")
    assert layers[-1].message == "core"


@pytest.mark.parametrize(
    "text",
    [
        '{"error":{"message":"Rate limit hit","type":"tokens","code":"rate_limit_exceeded"',
        '{"error":{"message":"Rate limit hit","type":"tokens","code":"rate_limit_exceeded","param":"mess',
        "{'error': {'message': 'Rate limit hit', 'type': 'tokens', 'code': 'rate_limit_exceeded', …",
        '{"error":{"code":"rate_limit_exceeded","type":"tokens","message":"Rate limit hit" "oops" }}',
    ],
)
def test_broken_and_cut_off_bodies_still_give_their_fields(text: str) -> None:
    evidence = extract(text)

    assert evidence.value("error_code") == "rate_limit_exceeded"
    assert evidence.value("error_type") == "tokens"


def test_a_status_outside_outranks_another_one_inside() -> None:
    evidence = extract(
        '{"error":{"code":"500","message":"X - {\\"error\\":{\\"code\\":503,\\"message\\":\\"busy\\"}}"}}'
    )

    assert evidence.value("http_status") == 500
    assert evidence.innermost is not None
    assert evidence.innermost.http_status == 503


def test_success_bodies_are_no_errors() -> None:
    text = '{"id":"1","choices":[{"message":{"role":"assistant","content":"hi"}}],"usage":{"total_tokens":3}}'

    assert extract(text).layers == ()


def test_spans_point_at_the_words() -> None:
    text = 'It says {"error":{"message":"no","code":"bad_thing"},"model":"acme/mini-2"} today'
    evidence = extract(text)
    reading = evidence.best("model")

    assert reading is not None
    assert reading.span is not None
    assert text[reading.span.start : reading.span.end] == "acme/mini-2"


def test_halves_of_surrogate_pairs_do_no_harm() -> None:
    evidence = extract('{"error":{"message":"bad \\ud83d char","code":"c"}}')

    assert evidence.innermost is not None
    evidence.innermost.message.encode("utf-8")
