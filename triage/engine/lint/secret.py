"""A secret that stands in the text itself."""

from collections.abc import Iterator

from ..evidence import Span
from ..redact import Finding, redact
from ..verdict import Words
from .objection import SECRET, Objection

REASON = Words("A secret stands in the text.", "文本中含有密钥等敏感信息。")
SUGGESTION = Words(
    "Take it out, or keep only its last four characters.",
    "请删去，或只保留末四位。",
)
# Fingerprints are not kept here, so any pepper will do.
_PEPPER = b"reply"


def secret_objections(text: str) -> Iterator[Objection]:
    redacted = redact(text, pepper=_PEPPER, personal=False)
    for span in _places(text, redacted.text, redacted.findings):
        yield Objection(SECRET, span, REASON, SUGGESTION)


def _places(text: str, masked: str, findings: tuple[Finding, ...]) -> Iterator[Span]:
    """Where the secrets stand in the text as it was: between the stretches that masking left alone."""
    ordered = sorted((finding.span for finding in findings), key=lambda span: span.start)
    place = done = 0
    for number, mask in enumerate(ordered):
        start = place + mask.start - done
        last = number + 1 == len(ordered)
        kept = masked[mask.end :] if last else masked[mask.end : ordered[number + 1].start]
        end = len(text) - len(kept) if last else text.find(kept, start + 1)
        end = end if end > start else len(text)
        yield Span(start, end)
        place, done = end, mask.end
