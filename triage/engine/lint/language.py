"""A reply in another language than the one the ticket is answered in."""

from collections.abc import Iterator

import re2

from ..evidence import Span
from ..verdict import Words
from .objection import OTHER_LANGUAGE, Objection

IN_ENGLISH = Words(
    "This reply is in English, and the ticket is answered in Chinese.",
    "这条回复是英文，而此工单的回复语言是中文。",
)
IN_CHINESE = Words(
    "This reply is in Chinese, and the ticket is answered in English.",
    "这条回复是中文，而此工单的回复语言是英文。",
)
SUGGESTION = Words("Send again if that is what you want.", "如果确实要这样回复，请再次点击发送。")
SHORTEST = 12  # letters; less says nothing about the language
HAN_IN_CHINESE = 0.1  # Chinese about APIs is full of English names; English only quotes a Chinese error

_NAMES = re2.compile(r"(?s)```.*?(?:```|$)|`[^`\n]+`|https?://\S+|\{[^{}\n]*\}|(?m:^>.*$)")
_HAN = re2.compile(r"\p{Han}")
_LETTER = re2.compile(r"\p{Latin}")


def language_objections(text: str, language: str) -> Iterator[Objection]:
    """`language` is the ticket's. One objection, about the whole text, or none."""
    said = _NAMES.sub(" ", text)
    han, latin = _count(_HAN, said), _count(_LETTER, said)
    if 2 * han + latin < SHORTEST:
        return
    is_chinese = han >= HAN_IN_CHINESE * (han + latin)
    if is_chinese != language.lower().startswith("zh"):
        reason = IN_CHINESE if is_chinese else IN_ENGLISH
        yield Objection(OTHER_LANGUAGE, Span(0, 0), reason, SUGGESTION)


def _count(pattern: "re2._Regexp", text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
