"""Any text gives an Evidence, soon, and with spans inside the text."""

import json
import random
import time

import pytest

from triage.engine.extract import extract
from triage.engine.fingerprint import fingerprint
from triage.engine.hops import hops

SIZE = 200_000
WORST = {
    "brackets": "[" * SIZE,
    "braces": "{" * SIZE,
    "open objects": '{"a":' * (SIZE // 5),
    "python objects": "{'a':" * (SIZE // 5),
    "lists of objects": '[{"a":' * (SIZE // 6),
    "escaped objects": '{\\"a\\":' * (SIZE // 7),
    "open strings": '{"a":"' * (SIZE // 6),
    "backslashes": "\\" * SIZE,
    "quotes": "\"'" * (SIZE // 2),
    "one word": "a" * SIZE,
    "errors": "Error" * (SIZE // 5),
    "dotted": "a." * (SIZE // 2) + "BError",
    "underscores": "A_" * (SIZE // 2),
    "blanks": " " * SIZE,
    "lines": "\n" * SIZE,
    "digits": "20250101010101" * (SIZE // 14),
    "statuses": "429 " * (SIZE // 4),
    "schemes": "http://" * (SIZE // 7),
    "paths": "/v1/" * (SIZE // 4),
    "cues": "model request id: stream 扣费 模型 " * (SIZE // 33),
    "tags": "<title" * (SIZE // 6),
    "surrogates": "\ud800" * SIZE,
    "growing letters": "İ" * SIZE,
    "marks": "⎿ api error: 500 a plugin 插件 zeta-9 model 模型 works\n" * (SIZE // 50),
    "sentences": "when i send my second file it answers {" * (SIZE // 40),
    "joined strings": '{"a": "b"' + ' + "c"' * (SIZE // 6),
}


@pytest.mark.parametrize("name", WORST)
def test_hostile_texts_take_no_longer_than_long_ones(name: str) -> None:
    started = time.thread_time()
    evidence = extract(WORST[name])
    hops(WORST[name], evidence)
    fingerprint(evidence, WORST[name])

    assert time.thread_time() - started < 2.0


def test_deeper_nesting_than_anybody_writes_is_cut_short() -> None:
    body = "x"
    for _ in range(9):
        body = json.dumps({"error": {"message": body}})

    assert extract(body).shapes


def test_random_texts_of_telling_pieces() -> None:
    chance = random.Random(20)
    pieces = [
        "error",
        "status",
        "429",
        "model",
        "gpt-4o",
        "request_id",
        "{",
        "}",
        '"',
        "'",
        ":",
        ",",
        "\\",
        "\n",
    ]
    pieces += [
        "[",
        "]",
        "http://",
        "/v1/x",
        "stream",
        "扣费",
        "模型",
        "Error",
        "_",
        "-",
        "(",
        ")",
        "400",
        "data:",
    ]
    for _ in range(400):
        text = "".join(chance.choice(pieces) + chance.choice(["", " "]) for _ in range(chance.randint(0, 60)))
        evidence = extract(text)
        hops(text, evidence)
        fingerprint(evidence, text)
        for reading in evidence:
            assert reading.span is None or 0 <= reading.span.start <= reading.span.end <= len(text)


def test_readings_do_not_depend_on_the_order_of_sets() -> None:
    text = "用 Codex 通过 openrouter 和 azure 调 gpt-5, claude-4, stable-diffusion: 429 rate_limit_error"

    assert [extract(text) for _ in range(3)] == [extract(text)] * 3


def test_empty_text_has_no_evidence() -> None:
    assert extract("").values() == {}
