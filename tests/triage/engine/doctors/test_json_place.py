import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.json_place import line_of

BODY = """{
  "model": "gpt-4o",
  "messages": [
    {"role": "user", "content": "a \\"role\\": 1"},
    {"role": "user",
     "content": [{"type": "text"},
                 {"type": "image_url"}]}
  ],
  "thinking": {
    "budget_tokens": 5
  }
}"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("model", 2),
        ("messages", 3),
        ("messages[0].role", 4),
        ("messages[1]", 5),
        ("messages[1].content[1].type", 7),
        ("thinking.budget_tokens", 10),
        ("messages[1].tool_call_id", 5),  # not there: the place that lacks it
        ("messages[7].role", 3),
        ("max_tokens", None),
        ("", None),
        ("line 3, column 7", 3),
    ],
)
def test_a_path_has_a_line(path: str, line: int | None) -> None:
    assert line_of(BODY, path) == line


@pytest.mark.parametrize("body", ["", "{", '{"messages"', '{"messages": [', "[1, 2", "x", '{"a": {"b": '])
def test_what_is_no_json_has_no_place_and_does_no_harm(body: str) -> None:
    assert line_of(body, "messages[3].role") in (None, 1)


@given(st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_every_key_of_the_top_is_found(value: object) -> None:
    body = json.dumps({"first": value, "last": 1}, indent=1)

    assert body.split("\n")[(line_of(body, "last") or 0) - 1].strip() == '"last": 1'
