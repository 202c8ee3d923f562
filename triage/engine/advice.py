"""What the doctors say about one diagnosis: corrected lines, waits, and the way the request took."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .context import Context
from .doctors.base_url import check_base_url
from .doctors.base_url_words import UrlProblem
from .doctors.model_name import check_model_name
from .doctors.model_words import ModelProblem
from .doctors.rate_limit import Layer, separate
from .doctors.safe_request import SafeStep, safe_request
from .doctors.stream import check_stream
from .doctors.task_timeline import Observation, timeline
from .doctors.task_words import TaskProblem
from .evidence import Value
from .hops import Hop, hops
from .verdict import Diagnosis, Words

# Names that only differ by what a client may add on purpose, or that no list was given for, are no advice.
QUIET_MODEL = {ModelProblem.NONE, ModelProblem.NO_LIST, ModelProblem.EMPTY}
QUIET_TASK = {TaskProblem.NONE, TaskProblem.NOTHING_SEEN, TaskProblem.NO_TASK_ID}


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


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything beside the verdict: advice, the stations of the request, and requests that tell causes apart."""

    advice: tuple[Advice, ...]
    hops: tuple[Hop, ...]
    safe_steps: tuple[SafeStep, ...]


def examine(diagnosis: Diagnosis, context: Context) -> Examination:
    """Ask every doctor about one diagnosis. Pure and quick; never raises."""
    values = diagnosis.evidence.values()
    advice = (found for doctor in DOCTORS for found in doctor(diagnosis, values, context))
    stations = hops(diagnosis.redacted_text, diagnosis.evidence)
    return Examination(
        tuple(advice),
        stations if len(stations) > 1 else (),
        safe_request(values, base_url=str(values.get("base_url", ""))),
    )


def _base_url(diagnosis: Diagnosis, values: Mapping[str, Value], context: Context) -> Iterator[Advice]:
    url, endpoint = str(values.get("base_url", "")), str(values.get("endpoint", ""))
    found = check_base_url(
        url, endpoint=endpoint or None, client=_text(values, "client"), model=_text(values, "model")
    )
    if found.problem not in (UrlProblem.NONE, UrlProblem.MAY_NEED_V1):
        yield Advice("base_url", found.explanation, found.corrected)


def _model_name(diagnosis: Diagnosis, values: Mapping[str, Value], context: Context) -> Iterator[Advice]:
    """Only where the model is in doubt: comparing with a long list takes its time."""
    if diagnosis.cause.family != "model":
        return
    offered = context.values.get("models") or context.values.get("key.models") or ()
    found = check_model_name(str(values.get("model", "")), offered if isinstance(offered, tuple) else ())
    if found.problem not in QUIET_MODEL:
        yield Advice("model_name", found.explanation, found.nearest[0] if found.nearest else "")


def _rate_limit(diagnosis: Diagnosis, values: Mapping[str, Value], context: Context) -> Iterator[Advice]:
    found = separate(diagnosis.redacted_text, values=values, context=context)
    if found.limited and (found.layer is not Layer.UNKNOWN or found.wait_seconds is not None):
        yield Advice("rate_limit", found.explanation, retry=not found.never_heals, wait=found.wait_seconds)


def _stream(diagnosis: Diagnosis, values: Mapping[str, Value], context: Context) -> Iterator[Advice]:
    found = check_stream(diagnosis.redacted_text, values)
    if found is not None:
        words = Words(f"{found.explanation.en} {found.settle.en}", found.explanation.zh + found.settle.zh)
        yield Advice("stream", words)


def _task(diagnosis: Diagnosis, values: Mapping[str, Value], context: Context) -> Iterator[Advice]:
    state = str(values.get("task_state", "") or context.values.get("task.state", ""))
    if not state:
        return
    found = timeline([Observation(state=state, task_id=str(values.get("task_id", "")))])
    if found.problem not in QUIET_TASK:
        yield Advice("task", found.advice)


def _text(values: Mapping[str, Value], name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value)


DOCTORS: tuple[Callable[[Diagnosis, Mapping[str, Value], Context], Iterator[Advice]], ...] = (
    _base_url,
    _model_name,
    _rate_limit,
    _stream,
    _task,
)
