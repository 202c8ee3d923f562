"""Tells the symptoms of a broken stream apart; each has its own causes and its own test."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..evidence import Value
from ..verdict import Words
from .phrase_set import Phrase
from .stream_signs import SIGNS
from .stream_words import SYMPTOM_WORDS, Symptom, at_round_seconds


@dataclass(frozen=True, slots=True)
class StreamAdvice:
    """`round_seconds` is set where it ends after the same round time: a limit of some proxy or client."""

    symptom: Symptom
    explanation: Words
    settle: Words
    round_seconds: int | None = None


def check_stream(text: str, values: Mapping[str, Value] = MappingProxyType({})) -> StreamAdvice | None:
    """None where the text shows no trouble with a stream. `values` are evidence fields (stream, retries)."""
    told = SIGNS.found(text)
    if not told:
        return None
    symptom = _symptom(text, told, streamed=values.get("stream"))
    if symptom is None:
        return None
    seconds = _round_seconds(text) if "round" in told else None
    words = SYMPTOM_WORDS[symptom]
    if seconds is None:
        return StreamAdvice(symptom, words.explanation, words.settle)
    told_round = at_round_seconds(seconds)
    explanation = Words(f"{words.explanation.en} {told_round.en}", words.explanation.zh + told_round.zh)
    return StreamAdvice(symptom, explanation, words.settle, seconds)


_SECONDS = r"\b(10|15|20|25|30|60|90|100|120|180|240|300|600)(?:\.0\d*)? ?(?:s\b|sec|秒)"
_MINUTES = r"\b([1-5]|10) ?(?:min|分钟)"
_EACH_TIME = r"(?:always|every time|each time|exactly|after|每次|总是|都是|刚好|正好)[^\n]{0,20}?"
_ROUND = Phrase(rf"{_EACH_TIME}(?:{_SECONDS}|{_MINUTES})")


def _symptom(text: str, told: set[str], *, streamed: Value | None) -> Symptom | None:
    """From what proves most to what proves least."""
    about_stream = streamed is True or "stream_word" in told
    for symptom, holds in (
        (Symptom.ERROR_EVENT, "error_event" in told),
        (Symptom.COMMENT_UNREAD, "comment" in told),
        (Symptom.MALFORMED, "malformed" in told),
        (Symptom.EMPTY_BY_LIMIT, "empty" in told and "limit" in told),
        (Symptom.EMPTY_BILLED, "empty" in told and "billed" in told),
        (Symptom.WRONG_FINISH, "finish" in told),
        (Symptom.CUT, "cut" in told or ("cut_if_stream" in told and about_stream)),
        (Symptom.BUFFERED, "buffered" in told and about_stream),
        (Symptom.NO_FIRST_TOKEN, "no_first" in told),
        (Symptom.EMPTY, "empty" in told and about_stream),
        (Symptom.CUT, "chunks" in told and "done" not in told and _ends_open(text)),
    ):
        if holds:
            return symptom
    return None


def _ends_open(text: str) -> bool:
    """The last chunk shown is no last chunk: its finish reason is still null."""
    at = text.rfind("finish_reason")
    return at >= 0 and "null" in text[at : at + 24]


def _round_seconds(text: str) -> int | None:
    seconds, minutes = _ROUND.groups(text) or (None, None)
    if seconds:
        return int(seconds)
    return 60 * int(minutes) if minutes else None
