"""Secrets out, keyed fingerprints in. Nothing behind this door ever sees a key.

Of a key remain its vendor's prefix, its last four characters and a fingerprint: `sk-proj-…ab12`. Identifiers,
model names and digests stay, as do masks that vendors made.
"""

from dataclasses import dataclass, replace

from ..evidence import Span
from .hit import Hit, Rank
from .mask import fingerprint_of, last_four, mask
from .personal import PERSONAL_KINDS
from .scan import hits_of

__all__ = ["PERSONAL_KINDS", "Finding", "Redacted", "fingerprint_of", "redact"]

_PASSES = 8  # a mask may lay open what stood next to it; the second pass nearly always finds nothing


@dataclass(frozen=True, slots=True)
class Finding:
    """One secret that was masked. `span` is where its mask stands in the redacted text."""

    kind: str
    span: Span
    last_four: str
    fingerprint: str
    earlier: tuple[str, ...] = ()  # fingerprints of the same secret with earlier peppers

    @property
    def is_personal(self) -> bool:
        return self.kind in PERSONAL_KINDS


@dataclass(frozen=True, slots=True)
class Redacted:
    text: str
    findings: tuple[Finding, ...] = ()


def redact(
    text: str, *, pepper: bytes, personal: bool = True, peppers_before: tuple[bytes, ...] = ()
) -> Redacted:
    """Never raises; linear in the length of the text; redacting twice changes nothing."""
    peppers = (pepper, *peppers_before)
    try:
        hits = hits_of(text, personal=personal)
    except UnicodeEncodeError:  # lone surrogates
        text = text.encode("utf-8", "replace").decode()
        hits = hits_of(text, personal=personal)
    findings: list[Finding] = []
    for _ in range(_PASSES):
        if not hits:
            break
        text, findings = _masked(text, _merged(hits), findings, peppers)
        hits = hits_of(text, personal=personal)
    return Redacted(text, tuple(findings))


def _merged(hits: list[Hit]) -> list[Hit]:
    """Overlapping hits are one secret: all of it goes; the lowest rank, then the longest, names it."""
    merged: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not merged or hit.start >= merged[-1].end:
            merged.append(hit)
            continue
        last = merged[-1]
        best = min(last, hit, key=lambda hit: (hit.rank, hit.start - hit.end))
        merged[-1] = replace(best, start=last.start, end=max(last.end, hit.end))
    return merged


def _masked(
    text: str, hits: list[Hit], earlier: list[Finding], peppers: tuple[bytes, ...]
) -> tuple[str, list[Finding]]:
    pieces: list[str] = []
    findings: list[Finding] = []
    done = length = 0
    moves: list[tuple[int, int, int]] = []
    for hit in hits:
        raw = text[hit.start : hit.end]
        secret = hit.secret or raw
        shown = mask(secret, raw) if hit.shown is None else hit.shown
        pieces += (text[done : hit.start], shown)
        start = length + hit.start - done
        length = start + len(shown)
        done = hit.end
        moves.append((hit.start, hit.end, length - hit.end))
        tail = "" if hit.rank is Rank.WHOLE else last_four(secret)
        fingerprint, *before = (fingerprint_of(secret, pepper) for pepper in peppers)
        findings.append(Finding(hit.kind, Span(start, length), tail, fingerprint, tuple(before)))
    moved = [found for finding in earlier if (found := _moved(finding, moves)) is not None]
    return "".join((*pieces, text[done:])), sorted(moved + findings, key=lambda finding: finding.span)


def _moved(finding: Finding, moves: list[tuple[int, int, int]]) -> Finding | None:
    """Where an earlier mask stands after later ones were written; None where it lies inside one of them."""
    shift = 0
    for start, end, by in moves:
        if start >= finding.span.end:
            break
        if end > finding.span.start:
            return None
        shift = by
    return replace(finding, span=Span(finding.span.start + shift, finding.span.end + shift))
