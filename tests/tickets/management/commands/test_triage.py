import json
import subprocess
import sys
from pathlib import Path

import pytest

from tickets.management.commands.triage import answers

pytestmark = pytest.mark.own_folder

KEYS = [
    "id", "verdict", "cause", "layer", "confidence", "alternatives", "evidence", "rules", "missing", "redacted_text",
]  # fmt: skip
BALANCE = '{"error":{"message":"用户额度不足","type":"new_api_error","code":"insufficient_user_quota"}}'


def judged(*lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in answers([line.encode() + b"\n" for line in lines])]


def test_a_line_is_answered_with_the_stable_object() -> None:
    (answer,) = judged(json.dumps({"id": "a", "text": BALANCE}))

    assert list(answer) == KEYS
    assert (answer["id"], answer["verdict"], answer["cause"]) == ("a", "config_mistake", "quota.balance")
    assert answer["redacted_text"] == BALANCE


@pytest.mark.parametrize(
    ("line", "id_"),
    [
        ("", None),
        ("   ", None),
        ("{", None),
        ("[1]", None),
        ('"text"', None),
        ('{"id": 7}', 7),
        ('{"id": 7, "text": 12}', 7),
        ('{"id": "x", "text": null}', "x"),
        ('{"id": "x", "text": "a", "context": []}', "x"),
        ("[" * 100_000, None),
        ('{"id": NaN}', None),
        ('{"id": NaN, "text": "a"}', None),
        ('{"id": 1e999, "text": "a"}', None),
        ('{"id": -Infinity, "text": "a"}', None),
        ('{"id": "x", "text": "a", "context": {"failing_alike": {"accounts": Infinity}}}', None),
    ],
)  # fmt: skip
def test_a_malformed_line_gets_an_error_in_its_place(line: str, id_: object) -> None:
    before, answer, after = judged('{"id": 1, "text": "a"}', line, '{"id": 2, "text": "b"}')

    assert (before["id"], after["id"]) == (1, 2)
    assert answer.keys() == {"id", "error"}
    assert answer["id"] == id_


def test_each_answer_is_one_line_whatever_the_text_holds() -> None:
    text = "a\u2028b\u0085c\x0bd\r\ne 😀 \ud800"
    (line,) = answers([json.dumps({"id": text, "text": text}).encode()])

    assert len(line.splitlines()) == 1


def test_context_decides_doubt() -> None:
    text = "401 无效的令牌 key was working"
    plain, told = judged(
        json.dumps({"id": 1, "text": text}),
        json.dumps({"id": 2, "text": text, "context": {"key": {"state": "expired"}}}),
    )

    assert told["cause"] == "key.expired"
    assert plain["cause"] != told["cause"]


def run(*arguments: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "triage", *arguments], input=given, capture_output=True, check=False
    )


def test_the_command_reads_standard_input() -> None:
    readable = run(given=BALANCE.encode()).stdout.decode()
    as_json = json.loads(run("--json", given=BALANCE.encode()).stdout)
    lines = run("--jsonl", given=b'{"id": 1, "text": "x"}\n\n{"id": 3, "text": "y"}').stdout.splitlines()

    assert readable.startswith("config_mistake · quota.balance")
    assert as_json["cause"] == "quota.balance"
    assert [json.loads(line)["id"] for line in lines] == [1, None, 3]


def test_an_own_rule_set_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "- id: own-word\n  cause: gateway.bug\n  strength: sure\n  when: {all: [{text: {contains: zebra}}]}\n"
        "  because: {en: own, zh: 自有}\n  source: test\n  fires_on: [zebra]\n  quiet_on: [horse]\n",
        encoding="utf-8",
    )
    done = run("--json", "--rule-set", str(path), given=b"a zebra came")

    assert json.loads(done.stdout)["rules"] == ["own-word"]


def test_a_broken_rule_set_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("- id: own-word\n", encoding="utf-8")
    done = run("--rule-set", str(path), given=b"x")

    assert done.returncode == 1
    assert b"own.yaml: own-word: cause is missing" in done.stderr
