"""Lines that a terminal broke are read as one, and what is found leads back to the text as written."""

from triage.engine import diagnose
from triage.engine.evidence import Span
from triage.engine.text import fold
from triage.engine.unwrap import unwrap

BROKEN = (
    'API Error: 400 {"error":{"message":"messages[2] assistant content must contain at least one\n'
    '     part","type":""}}'
)


def test_a_broken_message_is_joined() -> None:
    assert "at least one part" in unwrap(fold(BROKEN)).text


def test_a_word_behind_the_break_leads_back_to_where_it_stands() -> None:
    joined = unwrap(fold(BROKEN))
    start = joined.text.index("part")

    span = joined.to_raw(Span(start, start + 4))

    assert BROKEN[span.start : span.end] == "part"


def test_full_width_text_before_a_break_leads_back_as_well() -> None:
    text = "Ｅｒｒｏｒ " + BROKEN
    joined = unwrap(fold(text))
    start = joined.text.index("part")

    span = joined.to_raw(Span(start, start + 4))

    assert text[span.start : span.end] == "part"


def test_short_lines_and_stack_frames_stay_as_they_are() -> None:
    short = "Error: refused\n     by the server"
    stack = "TypeError: Cannot read properties of undefined (reading 'choices')\n    at run (index.js:1:1)"

    assert unwrap(fold(short)).text == short
    assert unwrap(fold(stack)).text == stack


def test_a_rule_reads_across_the_break() -> None:
    assert diagnose(BROKEN).cause.slug == "param.messages"


def test_prose_that_a_mail_broke_without_indent_is_joined() -> None:
    text = (
        "The answer was each and every time the same: an error occurred while\n"
        "processing your request. You can retry your request."
    )

    assert "occurred while processing your request" in unwrap(fold(text)).text
    assert diagnose(text).cause.slug == "upstream.error"


def test_fields_and_words_on_short_lines_are_no_broken_prose() -> None:
    fields = "The request that was sent to the gateway had these fields in it, as\nmodel: gpt-4o\nstatus: 429"

    assert unwrap(fold(fields)).text == fields
