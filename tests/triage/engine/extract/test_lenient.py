"""Objects as they are pasted: any quoting, cut off anywhere."""

import pytest

from triage.engine.extract.lenient import Node, parse, unescape, whole


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('{"a": [1, 2.5, true, null]}', {"a": [1, 2.5, True, None]}),
        ("{'a': None, 'b': True, 'c': 'it\\'s'}", {"a": None, "b": True, "c": "it's"}),
        ("{ a: 1, b: undefined, c: 'x' }", {"a": 1, "b": None, "c": "x"}),
        ('{"a": "cut of', {"a": "cut of"}),
        ('{"a": {"b": 1', {"a": {"b": 1}}),
        ("{'a': 'x' +\n  'y'}", {"a": "xy"}),
        ('{"a": 1 junk "b": 2}', {"a": '1 junk "b": 2'}),
        ("{'a': …, 'b': 2}", {"a": "…", "b": 2}),
        ("{}", {}),
    ],
)
def test_what_can_be_read_is_read(text: str, node: Node) -> None:
    assert parse(text, 0)[0] == node


def test_the_end_of_an_object_is_told() -> None:
    text = "{'a': 1} and {'b': 2}"

    assert parse(text, 0)[1] == 8
    assert parse(text, 13)[0] == {"b": 2}


def test_one_layer_of_backslashes_comes_off() -> None:
    assert unescape('{\\"a\\": \\"x\\\\ny\\"}') == '{"a": "x\\ny"}'


def test_surrogate_pairs_are_joined_and_halves_replaced() -> None:
    assert whole("\ud83d\ude00") == "😀"
    assert whole("a\ud83d") == "a\ufffd"
