"""The verdict card: what was judged, because of which words, what nearly fired, and what would settle it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tickets.models import Verdict
from tickets.services.catalogue import cause_named
from triage.engine.verdict import Cause, Sureness, Words

from .marked_text import Line, Mark, around_marks, marked_lines
from .tip import Tip, tips_of

TONES = {"config_mistake": "t-config", "provider_incident": "t-incident", "needs_evidence": "t-evidence"}
ICONS = {"config_mistake": "config", "provider_incident": "incident", "needs_evidence": "evidence"}
STEPS = {Sureness.UNSURE: 1, Sureness.LIKELY: 2, Sureness.SURE: 3}


@dataclass(frozen=True, slots=True)
class Because:
    """One fired rule as a numbered reason, with the words that made it fire."""

    number: int
    rule: str
    sentence: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def marks(self) -> list[Mark]:
        return [Mark(start, end, (self.number,), (self.rule,)) for start, end in self.spans]


@dataclass(frozen=True, slots=True)
class Runner:
    cause: str
    slug: str
    tone: str
    would_need: str  # what its nearest rule says, which was not seen


@dataclass(frozen=True, slots=True)
class Step:
    """A safe request to try, and what its answers tell."""

    title: str
    curl: str
    tells: str


@dataclass(frozen=True, slots=True)
class Anew:
    """The incident for which it was judged anew, and what was said before."""

    incident: int
    title: str
    before: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Card:
    verdict: Verdict
    cause: Cause
    tone: str
    icon: str
    title: str
    plain: str
    check: str
    admin: str
    escalate: str
    steps: int  # of three: unsure 1, likely 2, sure 3
    because: tuple[Because, ...]
    runners: tuple[Runner, ...]
    question: str
    tips: tuple[Tip, ...]
    hops: tuple[dict[str, Any], ...]
    safe_steps: tuple[Step, ...]
    alike: dict[str, Any]  # who else failed with this error when it was judged
    provider_status: dict[str, Any]  # how the provider stood then
    anew: "Anew | None"
    lines: tuple[Line, ...]
    more_lines: tuple[Line, ...] = field(default=())

    @property
    def nearly(self) -> list[tuple[str, str]]:
        """The causes that nearly won, as slug and title."""
        return [(runner.slug, runner.cause) for runner in self.runners]


def card_of(verdict: Verdict, language: str) -> Card:
    cause = cause_named(verdict.cause)
    because = _because(verdict, language)
    lines = marked_lines(verdict.text, (mark for reason in because for mark in reason.marks))
    shown = around_marks(lines)
    return Card(
        verdict=verdict,
        cause=cause,
        tone=TONES[verdict.verdict],
        icon=ICONS[verdict.verdict],
        title=cause.title.in_language(language),
        plain=cause.plain.in_language(language),
        check=cause.check.in_language(language),
        admin=cause.admin.in_language(language),
        escalate=cause.escalate.in_language(language),
        steps=STEPS[verdict.sureness],
        because=because,
        runners=_runners(verdict, language),
        question=question_of(verdict, language),
        tips=tips_of(verdict.trace, language),
        hops=tuple(verdict.trace.get("hops", ())),
        safe_steps=_steps(verdict.trace, language),
        alike=verdict.trace.get("around", {}).get("failing_alike", {}),
        provider_status=verdict.trace.get("around", {}).get("provider_status", {}),
        anew=anew_of(verdict, language),
        lines=shown,
        more_lines=lines if len(shown) < len(lines) else (),
    )


def anew_of(verdict: Verdict, language: str) -> Anew | None:
    kept = verdict.trace.get("anew") if verdict.by_id is None else None
    if not kept:
        return None
    before = cause_named(kept["cause"]).title.in_language(language)
    changed = (kept["verdict"], kept["cause"]) != (verdict.verdict, verdict.cause)
    return Anew(kept["incident"], kept["title"], before, changed)


def question_of(verdict: Verdict | None, language: str) -> str:
    """The question whose answer would settle the doubt; empty where there is none."""
    settle = verdict.trace.get("settle") if verdict else None
    return _in(settle["question"], language) if settle else ""


def _steps(trace: dict[str, Any], language: str) -> tuple[Step, ...]:
    return tuple(
        Step(_in(step["title"], language), step["curl"], _in(step["tells"], language))
        for step in trace.get("steps", ())
    )


def _because(verdict: Verdict, language: str) -> tuple[Because, ...]:
    """The rules that spoke for the cause and were not silenced. For `needs_evidence`: all that spoke."""
    fired = [rule for rule in verdict.trace.get("fired", []) if not rule["silenced_by"]]
    own = [rule for rule in fired if rule["cause"] == verdict.cause]
    reasons = []
    for number, rule in enumerate(own or fired, start=1):
        spans = _spans(rule)
        reasons.append(
            Because(
                number=number,
                rule=rule["id"],
                sentence=_in(rule["because"], language),
                words=telling(short(verdict.text[start:end]) for start, end in spans)[:3],
                spans=spans,
            )
        )
    return tuple(reasons[:6])


def _spans(rule: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    found = {(start, end) for reason in rule["reasons"] for start, end in reason["spans"] if end > start}
    return tuple(sorted(found))


def _runners(verdict: Verdict, language: str) -> tuple[Runner, ...]:
    needed = {
        near["cause"]: _in(near["because"], language) for near in reversed(verdict.trace.get("nearly", []))
    }
    slugs = [slug for slug in verdict.trace.get("alternatives", []) if slug != verdict.cause][:3]
    return tuple(
        Runner(
            cause.title.in_language(language), cause.slug, TONES[cause.verdict], needed.get(cause.slug, "")
        )
        for cause in map(cause_named, slugs)
    )


def _in(words: dict[str, str], language: str) -> str:
    return Words(words["en"], words["zh"]).in_language(language)


def telling(words: Iterable[str]) -> tuple[str, ...]:
    """Each only once, and none that stands inside another."""
    found = tuple(dict.fromkeys(words))
    return tuple(word for word in found if not any(word != other and word in other for other in found))


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
