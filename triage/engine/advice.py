"""What the doctors say about one diagnosis: corrected lines, waits, and the way the request took."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .context import Context
from .doctors.base_url import check_base_url
from .doctors.base_url_words import UrlProblem
from .doctors.base_url_words import explain as explain_url
from .doctors.model_name import check_model_name
from .doctors.model_words import ModelProblem
from .doctors.model_words import explain as explain_model
from .doctors.offer import NOTHING_LISTED, Offer
from .doctors.pasted_request import body_within
from .doctors.rate_limit import Layer, separate
from .doctors.request_check import check_request, request_text
from .doctors.request_cost import request_cost
from .doctors.retired_models import retired_models
from .doctors.safe_request import SafeStep, safe_request
from .doctors.stream import check_stream
from .doctors.task_timeline import Observation, Timeline, Where, timeline
from .doctors.task_words import Phase, TaskProblem
from .doctors.token_estimate import BOUNDS_FROM, TokenEstimate, estimate_tokens
from .evidence import Value
from .hops import Hop, hops
from .verdict import Diagnosis, Words

# Names that only differ by what a client may add on purpose, or that no list was given for, are no advice.
QUIET_MODEL = {ModelProblem.NONE, ModelProblem.NO_LIST, ModelProblem.EMPTY}
QUIET_TASK = {TaskProblem.NONE, TaskProblem.NOTHING_SEEN, TaskProblem.NO_TASK_ID}
MOST_POINTS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One line under an advice. `state` is error, warning, seen or not_seen; `place` a path in the request."""

    words: Words
    state: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """`line` is a corrected value to copy, "" where there is none.

    With `retry`, a program that backs off helps (`doctors.backoff`); `wait` is how many seconds were asked for.
    """

    doctor: str
    words: Words
    line: str = ""
    retry: bool = False
    wait: int | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything beside the verdict: advice, the stations of the request, and requests that tell causes apart."""

    advice: tuple[Advice, ...]
    hops: tuple[Hop, ...]
    safe_steps: tuple[SafeStep, ...]


def examine(diagnosis: Diagnosis, context: Context, offer: Offer = NOTHING_LISTED) -> Examination:
    """Ask every doctor about one diagnosis. Pure and quick; never raises."""
    case = _Case.of(diagnosis, context, offer)
    advice = (found for doctor in DOCTORS for found in doctor(case))
    stations = hops(diagnosis.redacted_text, diagnosis.evidence)
    return Examination(
        tuple(advice),
        stations if len(stations) > 1 else (),
        safe_request(case.values, base_url=case.text("base_url")),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    diagnosis: Diagnosis
    context: Context
    offer: Offer
    values: Mapping[str, Value]
    body: Mapping[str, Any] = field(default_factory=dict)  # of the request, where it was pasted
    endpoint: str = ""

    @classmethod
    def of(cls, diagnosis: Diagnosis, context: Context, offer: Offer) -> "_Case":
        values = diagnosis.evidence.values()
        body, endpoint = body_within(diagnosis.redacted_text) or ({}, "")
        return cls(diagnosis, context, offer, values, body, endpoint or str(values.get("endpoint", "")))

    @property
    def offered(self) -> tuple[str, ...]:
        """What the caller says of the gateway or the key outranks the operator's list."""
        given = self.context.values.get("models") or self.context.values.get("key.models")
        return given if isinstance(given, tuple) else self.offer.names

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def tokens(self) -> TokenEstimate | None:
        return estimate_tokens(request_text(self.body)) if self.body else None


def _base_url(case: _Case) -> Iterator[Advice]:
    found = check_base_url(
        case.text("base_url"),
        endpoint=case.text("endpoint") or None,
        client=case.text("client") or None,
        model=case.text("model") or None,
    )
    if found.problem not in (UrlProblem.NONE, UrlProblem.MAY_NEED_V1):
        yield Advice("base_url", explain_url(found.problems, "", twin=found.twin), found.corrected)


def _model_name(case: _Case) -> Iterator[Advice]:
    """Only where the model is in doubt: comparing with a long list takes its time."""
    judged = case.diagnosis
    if "model" not in {cause.family for cause in (judged.cause, *judged.alternatives)}:
        return
    found = check_model_name(
        case.text("model"),
        case.offered,
        retired={**retired_models(), **case.offer.retired},
        aliases=case.offer.aliases,
    )
    if found.problem not in QUIET_MODEL:
        words = explain_model(found.problem, case.text("model"), retired=found.retired)
        others = found.nearest[1:]
        if others:
            words = Words(
                f"{words.en} Also offered: {', '.join(others)}.",
                f"{words.zh}相近的还有：{'、'.join(others)}。",
            )
        yield Advice("model_name", words, found.nearest[0] if found.nearest else "")


def _rate_limit(case: _Case) -> Iterator[Advice]:
    found = separate(case.diagnosis.redacted_text, values=case.values, context=case.context)
    if found.limited and (found.layer is not Layer.UNKNOWN or found.wait_seconds is not None):
        yield Advice("rate_limit", found.explanation, retry=not found.never_heals, wait=found.wait_seconds)


def _request(case: _Case) -> Iterator[Advice]:
    """What the pasted body gets wrong. The model's name has its own doctor."""
    if not case.body:
        return
    found = [
        finding
        for finding in check_request(case.body, endpoint=case.endpoint or None)
        if finding.code not in ("model_name", "model_missing")
    ]
    if found:
        yield Advice(
            "request",
            REQUEST_WORDS,
            points=tuple(
                Point(
                    Words(f"{finding.message.en} {finding.fix.en}", f"{finding.message.zh}{finding.fix.zh}"),
                    str(finding.severity),
                    finding.path,
                )
                for finding in found[:MOST_POINTS]
            ),
        )


REQUEST_WORDS = Words("In the request that was pasted:", "粘贴的请求里有以下问题：")


def _tokens(case: _Case) -> Iterator[Advice]:
    """How long the pasted request is, where length is in question."""
    judged = case.diagnosis
    if "context" not in {cause.family for cause in (judged.cause, *judged.alternatives)}:
        return
    found = case.tokens()
    if found is not None:
        low, likely, high = (f"{count:,}" for count in (found.low, found.likely, found.high))
        words = Words(
            f"The pasted request has about {likely} tokens, between {low} and {high}. {BOUNDS_FROM.en}",
            f"粘贴的请求约有 {likely} 个 token，在 {low} 到 {high} 之间。{BOUNDS_FROM.zh}",
        )
        yield Advice("tokens", words)


def _stream(case: _Case) -> Iterator[Advice]:
    found = check_stream(case.diagnosis.redacted_text, case.values)
    if found is not None:
        words = Words(f"{found.explanation.en} {found.settle.en}", found.explanation.zh + found.settle.zh)
        yield Advice("stream", words)


def _task(case: _Case) -> Iterator[Advice]:
    """The customer's sight of a task beside the gateway's."""
    told, looked_up = case.text("task_state"), str(case.context.values.get("task.state", ""))
    task_id = case.text("task_id")
    if not told and not looked_up:
        if case.diagnosis.cause.family == "task" and not task_id:
            nothing = timeline([])
            yield Advice("task", nothing.advice, points=_phases(nothing))
        return
    position = case.context.values.get("task.position")
    seen = [
        Observation("submitted", where=Where.LOCAL, task_id=task_id) if task_id else None,
        Observation(told, where=Where.LOCAL, task_id=task_id) if told else None,
        Observation(looked_up, task_id=task_id, position=position if isinstance(position, int) else None)
        if looked_up
        else None,
    ]
    found = timeline([each for each in seen if each is not None])
    if found.problem not in QUIET_TASK:
        yield Advice("task", found.advice, points=_phases(found))


def _phases(found: Timeline) -> tuple[Point, ...]:
    """The way of the task; what belongs to the other end of it is left out."""
    seen = {step.phase for step in found.steps if step.seen}
    failed_only = Phase.FAILED in seen and Phase.FINISHED not in seen
    ends = {Phase.FINISHED, Phase.DOWNLOADED} if failed_only else {Phase.FAILED} - seen
    return tuple(
        Point(step.title, "seen" if step.seen else "not_seen")
        for step in found.steps
        if step.phase not in ends
    )


def _cost(case: _Case) -> Iterator[Advice]:
    """What the failed and repeated attempts may have cost, where the operator has prices.

    What was refused at the door costs nothing, unless somebody says that it was charged.
    """
    charged, status = case.values.get("charged"), case.values.get("http_status")
    refused = isinstance(status, int) and 400 <= status < 499 and charged is not True
    if not case.offer.prices or charged is False or refused:
        return
    found = request_cost(
        case.values, case.body, case.tokens(), case.diagnosis.redacted_text, case.offer.prices
    )
    if found is not None:
        yield Advice("cost", found)


DOCTORS: tuple[Callable[[_Case], Iterator[Advice]], ...] = (
    _base_url,
    _model_name,
    _request,
    _tokens,
    _rate_limit,
    _stream,
    _task,
    _cost,
)
