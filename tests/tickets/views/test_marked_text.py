import pytest

from tickets.views.marked_text import LINES_SHOWN, Mark, around_marks, marked_lines


def mark(text: str, words: str, number: int) -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), (number,), (f"rule-{number}",))


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("HTTP 429 now", [("429", 1)], [("HTTP ", ""), ("429", "1"), (" now", "")]),
        # a mark inside another shares it
        ("status failed", [("failed", 1), ("status failed", 2)], [("status failed", "1,2")]),
        # one that only overlaps begins where the first ends
        ("POST /v1/v1", [("POST /", 2), ("/v1/v1", 1)], [("POST /", "2"), ("v1/v1", "1")]),
        # no number splits a word
        ("it failed", [("fail", 1), ("failed", 2)], [("it ", ""), ("failed", "1,2")]),
        # Chinese has no gaps between words
        ("令牌额度已用尽", [("额度", 1)], [("令牌", ""), ("额度", "1"), ("已用尽", "")]),
        ("nothing marked", [], [("nothing marked", "")]),
    ],
)
def test_words_are_marked_with_the_numbers_of_their_reasons(text, marks, shown):
    lines = marked_lines(text, [mark(text, words, number) for words, number in marks])

    assert [(piece.text, piece.label) for line in lines for piece in line.pieces] == shown


def test_a_mark_over_two_lines_is_the_first_of_its_reason_once():
    text = "upstream\nfailed twice"

    first, second = marked_lines(text, [mark(text, "upstream\nfailed", 1)])

    assert [piece.first_of for piece in first.pieces] == [(1,)]
    assert [(piece.label, piece.first_of) for piece in second.pieces] == [("1", ()), ("", ())]
    assert (first.rules, second.rules) == (("rule-1",), ("rule-1",))


def test_a_long_text_is_shown_around_its_marks():
    text = "\n".join(f"line {number}" for number in range(1, 101))

    shown = around_marks(marked_lines(text, [mark(text, "line 50", 1)]))

    assert [line.number for line in shown] == [49, 50, 51]


def test_a_long_text_without_marks_is_shown_from_its_start():
    text = "\n" * 100

    assert len(around_marks(marked_lines(text, []))) == LINES_SHOWN
