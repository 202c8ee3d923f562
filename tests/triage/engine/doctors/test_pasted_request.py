import json
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.pasted_request import body_within, read_request
from triage.engine.doctors.shell_words import words_of

BODY = {"model": "gpt-4o", "messages": [{"role": "user", "content": "it's fine"}]}
TEXT = json.dumps(BODY)
QUOTED = TEXT.replace("'", "'\\''")


@pytest.mark.parametrize(
    "pasted",
    [
        TEXT,
        f"\n  {TEXT}\n",
        f"curl https://gateway.invalid/v1/chat/completions -d '{QUOTED}'",
        f"$ curl -X POST 'https://gateway.invalid/v1/chat/completions' \\\n -H 'A: b' \\\n --data-raw '{QUOTED}'",
        f"curl --url https://gateway.invalid/v1/chat/completions --json='{QUOTED}' | jq .",
        "curl https://gateway.invalid/v1/chat/completions -d" + json.dumps(TEXT),
        "curl https://gateway.invalid/v1/chat/completions --data-raw $'" + TEXT.replace("'", "\\'") + "'",
        'curl.exe "https://gateway.invalid/v1/chat/completions" ^\n --data-raw ^"'
        + TEXT.replace('"', '^\\^"')
        + '^"',
        f"POST /v1/chat/completions HTTP/1.1\nHost: gateway.invalid\n\n{TEXT}",
    ],
    ids=["body", "blanks", "curl", "continued", "json option", "double", "ansi", "windows", "http"],
)
def test_the_body_is_found_in_every_form(pasted: str) -> None:
    request = read_request(pasted)

    assert json.loads(request.body) == BODY
    assert request.endpoint in ("", "/v1/chat/completions")


def test_the_address_is_told_from_values_of_options() -> None:
    request = read_request("curl -sS -H 'Host: x' -m 20 -o out.json https://gateway.invalid/v1/models")

    assert (request.url, request.body, request.from_command) == (
        "https://gateway.invalid/v1/models",
        "",
        True,
    )


def test_a_body_in_a_file_is_said_to_be_there() -> None:
    assert read_request("curl https://gateway.invalid/v1/chat/completions -d @body.json").in_file


def test_a_broken_body_is_handed_on_as_it_is() -> None:
    assert read_request("{'model': 'gpt-4o'}").body == "{'model': 'gpt-4o'}"


def test_a_request_is_found_beside_an_error() -> None:
    text = f'Every call fails:\n{TEXT}\nHTTP/1.1 400\n{{"error":{{"message":"no","type":"x"}}}}'

    assert body_within(text) == (BODY, "")


def test_a_command_names_the_endpoint() -> None:
    text = f"I run\ncurl https://gateway.invalid/v1/messages -d '{QUOTED}'\nand get 400"

    assert body_within(text) == (BODY, "/v1/messages")


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"error":{"message":"The model does not exist"},"model":"x"}',
        '{"id":"chatcmpl-1","model":"gpt-4o","choices":[{"message":{"role":"assistant","content":""}}]}',
        '{"model": "gpt-4o", "messages": [',
        "input and prompt and model",
    ],
)
def test_answers_errors_and_prose_are_no_request(text: str) -> None:
    assert body_within(text) is None


@given(st.text(alphabet=st.sampled_from("curl -d{}\"'\\^$@:/ \nmodel"), max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    read_request("curl " + text)
    body_within('"model" curl ' + text)
    assert isinstance(words_of(text), list)


@pytest.mark.parametrize("piece", ["\\", "'", '"', '{"model":', "^", "curl ", "$'", "{"])
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = "curl " + piece * (150_000 // len(piece))
    start = perf_counter()

    read_request(text)
    body_within('"model" ' + text)

    assert perf_counter() - start < 5
