import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.json_slips import parse

SLIPS = [
    ("", "json_empty", "line 1, column 1"),
    ("  \n", "json_empty", "line 1, column 1"),
    ('{"a": 1,}', "json_trailing_comma", None),
    ('{"a": [1, 2,]}', "json_trailing_comma", None),
    ("{'a': 1}", "json_single_quotes", "line 1, column 2"),
    ("{\"a\": 'x'}", "json_single_quotes", "line 1, column 7"),
    ('{\n  "a": 1, // why\n  "b": 2}', "json_comment", "line 2, column 11"),
    ('{"a": 1 # why\n}', "json_comment", None),
    ("{“a”: 1}", "json_smart_quotes", "line 1, column 2"),
    ('{"a"： 1}', "json_full_width", "line 1, column 5"),
    ('{"a": 1，"b": 2}', "json_full_width", "line 1, column 8"),
    ('{"a": NaN}', "json_nan", "line 1, column 7"),
    ('{"a": -Infinity}', "json_nan", "line 1, column 7"),
    ('{"a": "one\ntwo"}', "json_newline", "line 1, column 11"),
    ('{"a": "it\\\'s"}', "json_escape", None),
    ('{"a": True}', "json_python_word", "line 1, column 7"),
    ("{a: 1}", "json_bare_name", "line 1, column 2"),
    ('{"a": 1', "json_cut_off", "line 1, column 8"),
    ('{"a": "x', "json_cut_off", None),
    ('{"a": 1} {"b": 2}', "json_extra", "line 1, column 10"),
    ('{"a": 1 "b": 2}', "json_comma", "line 1, column 9"),
    ('{"a" 1}', "json_colon", "line 1, column 6"),
    ("'{\"a\": 1}'", "json_wrapped", "line 1, column 1"),
    ("{]", "json_broken", "line 1, column 2"),
    ("[" * 100_000, "json_too_deep", "line 1, column 1"),
    ("1" * 10_000, "json_too_deep", "line 1, column 1"),
]


@pytest.mark.parametrize(
    ("body", "slip", "place"), SLIPS, ids=[case[1] + str(at) for at, case in enumerate(SLIPS)]
)
def test_the_slip_and_its_place_are_told(body, slip, place):
    value, finding = parse(body)

    assert (value, finding.code) == (None, slip)
    assert place in (None, finding.path)
    assert finding.fix.en
    assert finding.fix.zh


@pytest.mark.parametrize("body", ['{"a": "// no, \'no\' – “no”， NaN"}', "\ufeff{}", "[1, 2]", "null"])
def test_valid_json_is_left_alone(body):
    assert parse(body)[1] is None


@given(st.text(alphabet="{}[]\",:'“”，\\/# \nTrueaN1e-", max_size=40))
def test_no_text_makes_it_raise(body):
    _, finding = parse(body)

    assert finding is None or finding.path.startswith("line ")
