"""Asking the customer for a secret key, in one sentence or as an item of a list."""

from collections.abc import Iterator

from ..evidence import Span
from ..verdict import Words
from . import key_request_en, key_request_zh
from .objection import ASKS_FOR_KEY, Objection
from .sentence import Sentence, apart

LANGUAGES = (key_request_en, key_request_zh)
REASON = Words(
    "This asks the customer for a secret key. Nobody here needs to see a key.",
    "这里在向客户索要密钥。任何人都不需要看到密钥。",
)
SUGGESTION = Words(
    "Ask for the last four characters of the key.",
    "改为询问密钥的末四位。",
)


def key_objections(text: tuple[Sentence, ...]) -> Iterator[Objection]:
    asking = False  # an open list whose lead asks: "Send us:" and its items
    for sentence in text:
        spans = [span for language in LANGUAGES for span in language.key_requests(sentence.text)]
        if asking and not spans:
            spans = [
                span for language in LANGUAGES if (span := language.listed_key(sentence.text)) is not None
            ]
        yield from (_objection(sentence, span) for span in apart(spans))
        if sentence.is_lead:
            asking = any(language.leads_to_a_list(sentence.text) for language in LANGUAGES)


def _objection(sentence: Sentence, span: Span) -> Objection:
    place = Span(sentence.start + span.start, sentence.start + span.end)
    return Objection(ASKS_FOR_KEY, place, REASON, SUGGESTION)
