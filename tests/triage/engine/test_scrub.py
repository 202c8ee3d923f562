import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import fake_key
from triage.engine.scrub import GAP, scrub

CASES = [
    ("see req_01abcXYZ9 please", "see … please"),
    ("from 10.2.3.4:8080 and [2001:db8::1]", "from … and …"),
    ("at https://api.gateway.invalid/v1/chat?x=1, twice", "at … twice"),
    ("host db.prod.internal refused", "host … refused"),
    ("mail lin" + "@" + "client.invalid now", "mail … now"),
    ("the key sk-proj-…ab12 fails", "the key … fails"),
    ("order 123456789 failed", "order … failed"),
    ("trace 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "trace …"),
    ("read /home/lin/app/main.py", "read …"),
    ("two 10.0.0.1 10.0.0.2 in a row", "two … in a row"),
]
KEPT = [
    "Invalid URL (POST /v1/v1/chat/completions)",
    "The model `gpt-4o` does not exist, code model_not_found",
    "HTTP/1.1 429 Too Many Requests, rate_limit_exceeded",
    "该令牌额度已用尽",
    "maximum context length is 8192 tokens",
]


@pytest.mark.parametrize(("text", "left"), CASES)
def test_what_tells_one_case_from_another_goes(text, left):
    assert scrub(text) == left


@pytest.mark.parametrize("text", KEPT)
def test_what_machines_say_to_everybody_stays(text):
    assert scrub(text) == text


def test_known_names_go_however_they_are_written():
    assert (
        scrub("ACME ltd and acme, said 李雷 of Acme", ["Acme Ltd", "Acme", "李雷"]) == "… and …, said … of …"
    )


def test_short_names_go_only_where_they_stand_alone():
    assert scrub("Li replied, and likes it", ["Li"]) == "… replied, and likes it"


VALUES = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789_-. 李雷小红"), min_size=4, max_size=30
)
AROUND = st.text(st.sampled_from("the call fails since 今天 again. \n,;:'\"()"), max_size=40)


@given(
    st.lists(VALUES.map(str.strip).filter(lambda value: len(value) > 3), min_size=1, max_size=5),
    AROUND,
    AROUND,
)
def test_no_known_value_is_left(values, before, after):
    text = f"{before}{' '.join(values)}{after}"

    left = scrub(text, values).lower()

    assert [value for value in values if value.lower() in left] == []


@given(AROUND, AROUND)
def test_no_key_is_left(before, after):
    left = scrub(f"{before} {fake_key()} {after}")

    assert fake_key() not in left
    assert "ab12" not in left
    assert GAP in left
