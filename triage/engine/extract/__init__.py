"""From a redacted text to its evidence: `extract(text)`. Total: any text gives an Evidence, in linear time."""

import re
from collections.abc import Iterator

from ..evidence import Evidence, Layer, Reading, Span
from . import client_marks, clients, http, models, prose, providers, request_types, task_status, wording
from .client_kinds import read_named_clients
from .cue import Cues, Page, without_surrogates
from .curl import read_curl
from .html_page import is_html, read_host, read_page
from .infer import infer, named
from .json_body import Harvest, read_bodies
from .lines import line_layers
from .log_line import read_log_lines
from .names import holds
from .sse import is_stream
from .status import read_statuses
from .stretches import machine_stretches
from .traceback import read_exceptions, read_module_exceptions
from .urls import read_urls

MAX_LAYERS = 32
_RECALLED = frozenset({"model", "provider", "error_type"})
_NAMED = frozenset({"model", "provider", "client"})
_SUCCESS = frozenset({"works", "worked", "fine", "ok", "accepts", "takes"})
_SUCCESS_ZH = ("正常", "没问题", "没有问题", "能用", "能调通", "可以用")
_WORKS = re.compile(  # `Foo works, Bar does not`: what failed was called
    rf"[ \w.()-]{{0,16}}?(?:\b(?:works|worked|is fine|are fine|is ok|accepts|"
    rf"takes (?:it|the same|that))\b|(?<!不)(?:{'|'.join(_SUCCESS_ZH)}))"
)
_WORKS_LESS = 0.15
_CHAINED = "of the above exception"

_VOCABULARY = (http, task_status, wording, prose, request_types, clients, client_marks, providers, models)
_CUES = Cues(cue for module in _VOCABULARY for cue in module.CUES)
_READERS = (
    _CUES.read, read_statuses, read_exceptions, read_module_exceptions, wording.read_words, read_urls,
    http.read_gateway_ids, prose.read_counts, prose.read_models_before, read_log_lines, read_curl,
    read_named_clients, read_host,
)  # fmt: skip


def extract(text: str) -> Evidence:
    """Readings with their spans, error layers from the outermost to the innermost, machine output, shapes."""
    page = Page.of(without_surrogates(text))
    harvests = list(read_bodies(page.text))
    readings = [named(reading) for harvest in harvests for reading in harvest.readings]
    for reader in _READERS:
        readings.extend(reader(page))
    readings.sort(key=lambda reading: reading.span.start if reading.span else 0)
    if not page.words.isdisjoint(_SUCCESS) or (page.characters and holds(page.low, _SUCCESS_ZH)):
        readings = [_of_a_success(page, one) if one.field in _NAMED else one for one in readings]
    bodies = tuple(harvest.span for harvest in harvests)
    machine = machine_stretches(page.text, page.low, bodies, readings)
    readings = [_weighed(one, machine) if one.field in _RECALLED else one for one in readings]
    lines = list(line_layers(page.text, machine, bodies, readings))
    if _CHAINED in page.low:
        lines.reverse()  # Python prints the root first and its wrappers after it
    layers = _in_order(harvests, (*read_page(page), *lines))
    readings.extend(infer(tuple(readings), layers))
    if machine:
        readings.append(_raw_error(page, machine))
    return Evidence(tuple(readings), layers, machine, tuple(_shapes(page, harvests, readings, machine)))


def _of_a_success(page: Page, reading: Reading) -> Reading:
    """What is said to work was not what failed."""
    span = reading.span
    if span is None or not _WORKS.match(page.low, span.end, span.end + 28):
        return reading
    return Reading(reading.field, reading.value, span, reading.by, max(0.1, reading.trust - _WORKS_LESS))


def _weighed(reading: Reading, machine: tuple[Span, ...]) -> Reading:
    """Among equals, what the machine wrote counts for more than what a person recalls."""
    if span := reading.span:
        for one in machine:
            if one.start <= span.start < one.end:
                trust = min(1.0, reading.trust + 0.005)
                return Reading(reading.field, reading.value, span, reading.by, trust)
    return reading


def _in_order(harvests: list[Harvest], lines: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Lines of text wrap bodies; the body that is nested deepest comes last, so that its core is the innermost."""
    deepest = max(harvests, key=lambda harvest: len(harvest.layers), default=None)
    ordered = [*lines, *(layer for one in harvests if one is not deepest for layer in one.layers)]
    ordered += deepest.layers if deepest else ()
    seen = {(layer.message, layer.error_type, layer.error_code): layer for layer in reversed(ordered)}
    return tuple(reversed(seen.values()))[-MAX_LAYERS:]


def _raw_error(page: Page, machine: tuple[Span, ...]) -> Reading:
    longest = max(machine, key=lambda span: span.end - span.start)
    return Reading("raw_error", page.text[longest.start : longest.end][:2_000], longest, "stretch", 0.6)


def _shapes(
    page: Page, harvests: list[Harvest], readings: list[Reading], machine: tuple[Span, ...]
) -> Iterator[str]:
    read_by = {reading.by for reading in readings}
    if harvests:
        yield "json_body"
    if any(harvest.har for harvest in harvests):
        yield "har"
    if "traceback (most recent" in page.low or "\n    at " in page.low or 'file "' in page.low:
        yield "traceback"
    if "curl.url" in read_by:
        yield "curl"
    if "log.access" in read_by or "log.time" in read_by:
        yield "log_line"
    if is_html(page):
        yield "html_page"
    if is_stream(page):
        yield "sse"
    if read_by & {"url.request", "http.request_id_header", "http.retry_after"}:
        yield "http"
    if read_by & {"task.named", "task.zh", "task.log", "json.task_id", "json.task_status"}:
        yield "task_status"
    if sum(span.end - span.start for span in machine) < len(page.text.strip()) - len(machine):
        yield "prose"


__all__ = ["extract"]
