"""The normalised error that says "same cause" across tickets, with what was taken out of it shown.

Ids, numbers, times, names, addresses and masked keys are replaced by their kind. What stays are the words of the
innermost error; its wrappers, its status and the customer's story do not count.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b

import re2

from .evidence import Evidence, Layer, Span
from .extract.cue import without_surrogates

MAX_WORDS = 600
FEW_WORDS = 6  # a message shorter than this says too little without its code

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "request_id",
        r"[\s,;.]*[(（\[]?(?:cch_)?(?:request|session|trace|call|log)[ _-]?id\b"
        r"[\"'\\` ]{0,4}[:=：]?[\"'\\` ]{0,4}[\w.:-]+[)）\]]?",
    ),
    ("url", r"(?:https?|wss?)://[^\s\"'<>()，。）]+"),
    ("email", r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    ("key", r"\b(?:sk|gsk|xai|pplx|nvapi|hf|r8|AIza|AKIA)[\w-]*(?:…|\*\*\*+|\.{3})[\w-]*"),
    (
        "time",
        r"\b\d{4}[-/]\d{1,2}[-/]\d{1,2}"
        r"(?:[T ,]{1,3}(?:- )?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?|"
        r"\b\d{1,2}:\d{2}:\d{2}(?:\.\d+)?\b",
    ),
    (
        "id",
        r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b|"
        r"\b(?:req|org|proj|user|task|call|toolu|msg|chatcmpl|resp|file|gen|cgt|sess|asst|run)[_-][\w-]+|"
        r"\b20\d{12}\w+|"
        r"\b[0-9a-fA-F]{12,}\b",
    ),
    (
        "address",
        r"\b\d+\.\d+\.\d+\.\d+(?::\d{1,5})?\b|"
        r"\b(?:[a-z0-9-]+\.)+(?:com|cn|ai|io|net|org|dev|app|run|xyz|top|local)(?::\d{1,5})?\b",
    ),
    ("path", r"(?:[A-Za-z]:)?(?:[/\\][\w.@-]+){3,}"),
    ("name", r"`[^`\n]+`|'[^'\n]+'|\"[^\"\n]+\"|“[^”\n]+”|\[[\w./:@ -]+\]"),
    ("money", r"[$€¥￥＄] ?-?\d[\d,]*(?:\.\d+)?"),
    ("number", r"-?\b\d[\d,]*(?:\.\d+)?(?:ms|s|m|h|k|K|M|MB|KB|GB|w|%)?\b"),
)
_STRIP = re2.compile("|".join(f"({regex})" for _, regex in _KINDS))
_PREFIX = re.compile(  # what wrappers and people put in front of the message itself
    r"[\W_]*(?:"
    r"(?:api|openai|anthropic|http|server|request|unknown|provider|upstream)? ?error(?: code)?\b|"
    r"exception\b|"
    r"[a-z]+(?:_[a-z]+){1,5}(?=: )|"
    r"[a-z0-9_.]{2,120}(?:error|exception)\b(?=[:\s\]-])|"
    r"http(?:/[\d.]+)?\b|"
    r"status(?: code)?\b|"
    r"<?[1-5]\d\d>?(?![\d.])|"
    r"(?:bad request|unauthorized|forbidden|not found|too many requests|internal server error|bad gateway)(?=:)"
    r")[\s:：\-(\[\]]*",
    re.IGNORECASE,
)
MAX_PREFIXES = 8
SHORTEST = 8
_BLANKS = re.compile(r"\s+")
_EDGES = " \t\n.。,，;；:：!！-\"'"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`value` is 16 hexadecimal digits of the `normalised` words; `stripped` holds (kind, text, where it stood)."""

    value: str
    normalised: str
    stripped: tuple[tuple[str, str, Span | None], ...]


def fingerprint(evidence: Evidence, text: str) -> Fingerprint:
    """Equal for the same error whoever met it and wherever it was wrapped; empty words give an empty value."""
    words, place = _words(evidence, text)
    words = without_surrogates(words)
    words, models = _without_models(words[:MAX_WORDS], evidence, text, place)
    normalised, stripped = _normalise(words, text, place)
    digest = blake2b(normalised.encode("utf-8", "replace"), digest_size=8).hexdigest() if normalised else ""
    return Fingerprint(digest, normalised, (*models, *stripped))


def _words(evidence: Evidence, text: str) -> tuple[str, Span]:
    """What the innermost error says; short messages take their code along."""
    layer = evidence.innermost
    if layer is None:
        span = evidence.machine[-1] if evidence.machine else Span(0, len(text))
        return _bare(text[span.start : min(span.end, span.start + MAX_WORDS)]), span
    words = layer.message
    if len(words) < FEW_WORDS:
        words = f"{words} {_code(layer)}"
    return _bare(words), layer.span or Span(0, len(text))


def _bare(words: str) -> str:
    """Without `Error code: 429 - ` and the like in front, as long as words remain."""
    for _ in range(MAX_PREFIXES):
        prefix = _PREFIX.match(words)
        if prefix is None or not prefix.group() or len(words) - prefix.end() < SHORTEST:
            break
        words = words[prefix.end() :]
    return words


def _code(layer: Layer) -> str:
    return layer.error_code or layer.error_type or str(layer.http_status or "").replace("0", "o")


def _without_models(
    words: str, evidence: Evidence, text: str, place: Span
) -> tuple[str, tuple[tuple[str, str, Span | None], ...]]:
    names = {str(one.value) for one in evidence if one.field == "model" and len(str(one.value)) > 2}
    found: list[tuple[str, str, Span | None]] = []
    for name in sorted(names, key=lambda name: (-len(name), name))[:12]:
        if name in words:
            words = words.replace(name, "<model>")
            found.append(("model", name, _place(name, text, place)))
    return words, tuple(found)


def _normalise(words: str, text: str, place: Span) -> tuple[str, tuple[tuple[str, str, Span | None], ...]]:
    kept: list[str] = []
    stripped: list[tuple[str, str, Span | None]] = []
    at = 0
    for match in _STRIP.finditer(words):
        kind = _KINDS[(match.lastindex or 1) - 1][0]
        taken = match.group()
        kept.append(words[at : match.start()])
        if "<model>" in taken and kind == "name":
            kept.append("<model>")
        else:
            kept.append("" if kind == "request_id" else f"<{kind}>")
            stripped.append((kind, taken, _place(taken, text, place)))
        at = match.end()
    kept.append(words[at:])
    return _BLANKS.sub(" ", "".join(kept)).strip(_EDGES).lower(), tuple(stripped)


def _place(words: str, text: str, place: Span) -> Span | None:
    """Where the words stand in the text; None where only an unescaped form of them does."""
    at = text.find(words, place.start)
    return Span(at, at + len(words)) if at >= 0 else None
