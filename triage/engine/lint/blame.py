"""Blaming the reader, instead of saying what is and what to do."""

from collections.abc import Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from .objection import BLAMES, Objection
from .sentence import Sentence

REASON = Words("This blames the reader; say what is, and what to do.", "这句话在责怪读者；请只写现象和做法。")
SUGGESTION = Words("Leave out whose doing it was.", "不必写是谁造成的。")

BLAME = re2.compile(
    r"(?i)\b(?:your\s+(?:own\s+)?(?:fault|mistake|error|carelessness|negligence)|you\s+(?:forgot|failed\s+to|neglected"
    r"|ignored|should\s+have|ought\s+to\s+have|did\s+not\s+(?:read|bother|care)|didn['’]t\s+(?:read|bother|care)"
    r"|messed|broke|misread)|you\s+(?:did|used|set|configured|typed)\s+(?:it|this|that|everything)\s+(?:all\s+)?wrong(?:ly)?"
    r"|careless(?:ly)?|sloppy|stupid|obvious(?:ly)?|as\s+everyone\s+knows|of\s+course\s+you"
    r"|user\s+error|you\s+are\s+wrong|blame)\b"
    r"|(?:您|你|客户|用户)(?:自己)?(?:的)?(?:错误操作|操作失误|过错|失误|疏忽|责任)|(?:您|你)(?:忘了|忘记|没看|没有看|不看|搞错|弄错|写错|本该|早该)"
    r"|(?:是|怪|都怪)(?:您|你)(?:们)?自己(?:的)?(?:错|问题)|(?:是|怪|都怪)(?:您|你)(?:们)?的错"
    r"|(?:粗心|马虎|显而易见|众所周知|自作自受|低级错误|怪(?:您|你))"
)


def blame_objections(text: tuple[Sentence, ...]) -> Iterator[Objection]:
    for sentence in text:
        for found in BLAME.finditer(sentence.text):
            place = Span(sentence.start + found.start(), sentence.start + found.end())
            yield Objection(BLAMES, place, REASON, SUGGESTION)
