"""No secret of any format survives, whatever carries it; nothing makes the redaction fail or go on and on."""

import base64
import random
import time
import urllib.parse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage.engine.secrets import BARE, CARRIERS, SHAPED, Format, middle
from triage.engine.redact import redact

PEPPER = b"pepper of the tests"
ASSIGNMENTS = (
    "{label}={secret}",
    "{label}: {secret}",
    '"{label}": "{secret}"',
    "'{label}': '{secret}'",
    '-H "{label}: {secret}"',
    '--{label} "{secret}"',
    'export {label}="{secret}"',
    '\\"{label}\\": \\"{secret}\\"',
    "{label} = {secret}\n",
)


def full_width(secret: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in secret)


def with_escaped_signs(secret: str) -> str:
    return "".join(char if char.isalnum() else f"\\u{ord(char):04x}" for char in secret)


def with_something_inside(secret: str) -> str:
    return f"{secret[: len(secret) // 2]}\u200b{secret[len(secret) // 2 :]}"


DISGUISES = {
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "base64 with newline": lambda secret: base64.b64encode(f"{secret}\n".encode()).decode(),
    "base64 of json": lambda secret: base64.b64encode(f'{{"api_key":"{secret}"}}'.encode()).decode(),
    "percent": lambda secret: urllib.parse.quote(secret, safe=""),
    "percent all": lambda secret: "".join(f"%{ord(char):02X}" for char in secret),
    "unicode escapes": with_escaped_signs,
    "full width": full_width,
    "invisible": with_something_inside,
    "long dashes": lambda secret: secret.replace("-", "\u2011"),
    "quoted": lambda secret: f"“{secret}”",
    "bold": lambda secret: f"**{secret}**",
    "escaped newline": lambda secret: f'"line\\n{secret}\\nline"',
    "glued": lambda secret: f"Bearer{secret}",
    "ellipsis": lambda secret: f"{secret}...",
    "between chinese": lambda secret: f"这个{secret}，不能用",
}
ONE_LINE = tuple(
    format for format in SHAPED if not format.name.endswith(("rsa_key", "account_key", "openssh_key"))
)
SPLITTABLE = tuple(
    format
    for format in SHAPED
    if format.name
    in {"openai_old", "new_api", "deepseek", "openai_project", "anthropic", "google", "openrouter", "groq"}
)


def seconds(text: str) -> float:
    start = time.perf_counter()
    redact(text, pepper=PEPPER)
    return time.perf_counter() - start


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize("carrier", CARRIERS)
def test_no_shaped_secret_remains_in_any_carrier(carrier, seed):
    rng = random.Random(seed)
    for format in rng.sample(SHAPED, 12):
        secret = format.draw(rng)
        redacted = redact(CARRIERS[carrier].format(secret=secret), pepper=PEPPER)

        assert middle(secret) not in redacted.text, format.name
        assert redacted.findings
        assert redact(redacted.text, pepper=PEPPER).text == redacted.text


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize("format", BARE, ids=lambda format: format.name)
def test_no_labelled_secret_remains(format: Format, seed):
    rng = random.Random(seed)
    for assignment in ASSIGNMENTS:
        secret = format.draw(rng)
        redacted = redact(assignment.format(label=format.label, secret=secret), pepper=PEPPER)

        assert middle(secret) not in redacted.text
        assert redact(redacted.text, pepper=PEPPER).text == redacted.text


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_disguise_helps(disguise, seed):
    rng = random.Random(seed)
    for format in ONE_LINE:
        secret = format.draw(rng)
        disguised = DISGUISES[disguise](secret)
        redacted = redact(f"see {disguised} there", pepper=PEPPER)
        at = len(disguised) // 2

        assert disguised[at - 6 : at + 6] not in redacted.text, format.name
        assert middle(secret) not in redacted.text, format.name


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize("gap", ["\n", "\n    ", "\\n", "\n> ", "\r\n"])
def test_a_key_broken_by_copying_is_masked_whole(gap, seed):
    rng = random.Random(seed)
    for format in SPLITTABLE:
        secret = format.draw(rng)
        half = len(secret) // 2
        text = redact(f'key "{secret[:half]}{gap}{secret[half:]}" end', pepper=PEPPER).text

        assert secret[half + 2 : half + 10] not in text, format.name
        assert secret[half - 10 : half - 2] not in text, format.name


PIECES = """
key token= password: Authorization: Bearer " ' \\ \\n … ... *** :// @ & sk- eyJ -----BEGIN PRIVATE
KEY----- ｓｋ %2D &quot; Cookie: { } [ value 密码： a1B2c3D4e5F6 0f1e2d3c4b5a69780f1e2d3c4b5a6978 x@y.example
13812345678 1.2.3.4 = c2stYTFiMmMzZDQ1
"""
PIECE = st.sampled_from([*PIECES.split(), " ", "\n", "\u200b", "\ud800"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECE, st.text(max_size=6)), max_size=30).map("".join))
def test_any_text_is_redacted_once_and_for_all(text):
    once = redact(text, pepper=PEPPER)

    assert redact(once.text, pepper=PEPPER).text == once.text
    assert all(0 <= found.span.start <= found.span.end <= len(once.text) for found in once.findings)


HEAVY = """
key= "key": Bearer sk-a1b2 eyJa. a@a. ://a:b@ \\ { -----BEGIN 1 x a1b2c3d4- c2stYTFi %41 token=your-
Signature= 1.2.3.4
"""
UNITS = [
    *HEAVY.split(),
    "key ",
    "Authorization: ",
    "Cookie: a=b; ",
    "Cookie: {",
    "1.2.3.4 ",
    "\u200b",
    "\u0301",
]


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_makes_it_hang(unit):
    assert seconds(unit * (20_000 // len(unit))) < 2
