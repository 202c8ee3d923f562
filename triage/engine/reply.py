"""Canned replies at work: filled in from the evidence, and the fitting ones suggested for a diagnosis."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import re2

from .catalogue.replies import DOCTOR_PLACEHOLDERS, placeholders
from .evidence import Evidence, Span
from .spoken import CLAUSES, spoken
from .verdict import Cause, Sureness, Verdict, Words

UNKNOWN = "unknown"
MISSING = "{missing}"
OF_THE_CASE = frozenset({"corrected_base_url", "nearest_model", "request_fault"})


class CannedReply(Protocol):
    """What a reply of the catalogue and a reply of the database have in common."""

    @property
    def cause(self) -> str: ...
    @property
    def body(self) -> Words: ...
    @property
    def asks(self) -> tuple[str, ...]: ...


class Judged(Protocol):
    """What suggestions need to know of a case: a fresh diagnosis has it, and so has a stored verdict."""

    @property
    def verdict(self) -> Verdict: ...
    @property
    def cause(self) -> Cause: ...
    @property
    def alternatives(self) -> tuple[Cause, ...]: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def evidence(self) -> Evidence: ...
    @property
    def sureness(self) -> Sureness: ...


R = TypeVar("R", bound=CannedReply)


@dataclass(frozen=True, slots=True)
class Gap:
    """A placeholder that nothing filled; it still stands in the text at `span`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Filled:
    """`filled` are the stretches that came from the evidence; all spans count characters of `text`."""

    text: str
    gaps: tuple[Gap, ...]
    filled: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[R]):
    reply: R
    reason: Words
    draft: Filled


# A greeting does without the name: the space or comma that belongs to it goes too.
_PLACEHOLDER = re2.compile(r"(?P<before> ?)\{(?P<name>[a-z_]+)\}(?P<after>，?)")
_SENTENCE_BEGINS = re2.compile(r"(?:^|[.!?]\s+|\n\s*(?:(?:[-*]|\d+\.)\s+)?)$")
_STEP = re2.compile(r"\d+\. ")
_ENDS_IN_HAN = re2.compile(r"\p{Han}$")


def fill(body: str, values: Mapping[str, object], language: str) -> Filled:
    """Put values in place of placeholders, each in words of the language.

    `charged` is always said: yes, no, or that it is not confirmed yet. `missing` takes a list of field names
    and becomes their questions. Values are never searched for placeholders again. A line that only a doctor
    could fill, and cannot, is left out.
    """
    body = _without_empty_lines(body, values, language)
    pieces: list[str] = []
    gaps: list[Gap] = []
    spans: list[Span] = []
    done = length = 0
    for found in _PLACEHOLDER.finditer(body):
        before, name, after = found.group("before", "name", "after")
        said = spoken(name, values, language)
        if said is None and name == "customer":
            before = after = said = ""
        lead = body[done : found.start()] + before
        if said and said[0].isascii() and _ENDS_IN_HAN.search(lead):
            lead += " "
        start = length + len(lead)
        if said is None:
            said = "{" + name + "}"
            gaps.append(Gap(name, Span(start, start + len(said))))
        elif said:
            said = _seated(said, name, "".join((*pieces[-3:], lead)))
            spans.append(Span(start, start + len(said)))
        pieces += (lead, said, after)
        done, length = found.end(), start + len(said) + len(after)
    return Filled("".join((*pieces, body[done:])), tuple(gaps), tuple(spans))


def suggest(
    diagnosis: Judged,
    replies: Iterable[R],
    language: str,
    limit: int = 3,
    values: Mapping[str, object] | None = None,
) -> tuple[Suggestion[R], ...]:
    """The replies that fit a diagnosis, best first, filled in, each with the reason why it is offered.

    First those of the cause, then, where the verdict is not sure, those that ask for what is missing, then
    those of the runners-up; where it is unsure, the asking comes before what it may be. Among equals the one
    that does not ask for what is known, has fewer open blanks, asks for more of what is missing and carries
    more of what the doctors found; then the order given. `values` adds to the evidence, and wins.
    """
    known = {**diagnosis.evidence.values(), "missing": diagnosis.missing, **(values or {})}
    places = _places(diagnosis)
    ranked: list[tuple[tuple[int, bool, int, int, int, int], Suggestion[R]]] = []
    for number, reply in enumerate(replies):
        if reply.cause not in places:
            continue
        body = reply.body.in_language(language)
        draft = fill(body, known, language)
        wanted = _wanted(reply, diagnosis)
        asks_known = bool(reply.asks) and not wanted
        rank = (
            places[reply.cause],
            asks_known,
            len(draft.gaps),
            -len(wanted),
            -_found(body, known, language),
            number,
        )
        ranked.append((rank, Suggestion(reply, _reason(reply, diagnosis, wanted, draft), draft)))
    ranked.sort(key=lambda item: item[0])
    return tuple(suggestion for _, suggestion in ranked[:limit])


def _without_empty_lines(body: str, values: Mapping[str, object], language: str) -> str:
    """Lines without what a doctor would put there are taken out; numbered steps are counted anew."""
    names = set(placeholders(body)) & DOCTOR_PLACEHOLDERS
    empty = [f"{{{name}}}" for name in names if spoken(name, values, language) is None]
    if not empty:
        return body
    kept = [line for line in body.split("\n") if not any(blank in line for blank in empty)]
    lines: list[str] = []
    step = 0
    for line in kept:
        numbered = _STEP.match(line)
        step = step + 1 if numbered else 0
        if line.strip() or (lines and lines[-1].strip()):  # no two blank lines where a paragraph went
            lines.append(f"{step}. {line[numbered.end() :]}" if numbered else line)
    return "\n".join(lines).rstrip("\n")


def _found(body: str, values: Mapping[str, object], language: str) -> int:
    """How much of this case's own advice the reply carries; links and pauses are nothing of its own."""
    names = set(placeholders(body)) & OF_THE_CASE
    return sum(spoken(name, values, language) is not None for name in names)


def _seated(said: str, name: str, before: str) -> str:
    """A clause that begins a sentence gets its capital letter."""
    return said[0].upper() + said[1:] if name in CLAUSES and _SENTENCE_BEGINS.search(before) else said


def _places(diagnosis: Judged) -> dict[str, int]:
    """Which causes may be answered, and in which order."""
    doubtful = diagnosis.sureness is not Sureness.SURE and diagnosis.missing
    chosen, ask = [diagnosis.cause.slug], [UNKNOWN] if doubtful else []
    first = [*ask, *chosen] if diagnosis.sureness is Sureness.UNSURE else [*chosen, *ask]
    order = [*first, *(cause.slug for cause in diagnosis.alternatives)]
    return {slug: place for place, slug in reversed(list(enumerate(order)))}


def _wanted(reply: CannedReply, diagnosis: Judged) -> tuple[str, ...]:
    """The missing facts that this reply asks for."""
    if MISSING in reply.body.en:
        return diagnosis.missing
    return tuple(field for field in reply.asks if field in diagnosis.missing)


def _reason(reply: CannedReply, diagnosis: Judged, wanted: tuple[str, ...], draft: Filled) -> Words:
    if reply.cause == UNKNOWN and diagnosis.verdict is Verdict.NEEDS_EVIDENCE:
        if wanted:
            return Words("It asks for what would settle the verdict.", "它询问的正是能确定判定的信息。")
        return Words("It asks for one more fact before a verdict.", "在判定之前，它再补问一项信息。")
    if reply.cause == UNKNOWN:
        return Words(
            "The verdict is not sure; this asks for what is missing.",
            "判定还不确定，这条回复询问缺少的信息。",
        )
    if reply.cause != diagnosis.cause.slug:
        title = next(cause.title for cause in diagnosis.alternatives if cause.slug == reply.cause)
        return Words(f"It answers a runner-up: {title.en}.", f"对应候选原因：{title.zh}。")
    title = diagnosis.cause.title
    if draft.gaps:
        return Words(
            f"It answers the cause found, with blanks to fill: {title.en}.",
            f"对应判定的原因，尚有待填内容：{title.zh}。",
        )
    return Words(f"It answers the cause found: {title.en}.", f"对应判定的原因：{title.zh}。")
