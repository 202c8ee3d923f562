"""From a redacted text to its evidence: `extract(text)`. Total: any text gives an Evidence, in linear time."""

import re

from ..evidence import Evidence, Layer, Reading, Span
from . import http, ids, prose, traceback, wording
from .infer import infer, named
from .json_body import Harvest, read_bodies
from .pattern import Reader
from .stretches import machine_stretches
from .urls import read_urls

_READER = Reader((*http.PATTERNS, *ids.PATTERNS, *traceback.PATTERNS, *wording.PATTERNS, *prose.PATTERNS))
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def extract(text: str) -> Evidence:
    """Readings with their spans, error layers from the outermost to the innermost, machine output, shapes."""
    text = _SURROGATE.sub("?", text)
    harvests = list(read_bodies(text))
    readings = [named(reading) for harvest in harvests for reading in harvest.readings]
    readings += _READER.read(text)
    readings += read_urls(text)
    layers = _in_order(harvests)
    readings += infer(tuple(readings), layers)
    machine = machine_stretches(text, tuple(harvest.span for harvest in harvests))
    return Evidence(tuple(readings), layers, machine, ())


def _in_order(harvests: list[Harvest]) -> tuple[Layer, ...]:
    """The layers of all bodies; the body that is nested deepest comes last, so that its core is the innermost."""
    seen: dict[tuple[str, str, str], Layer] = {}
    deepest = max(harvests, key=lambda harvest: len(harvest.layers), default=None)
    for harvest in (*(one for one in harvests if one is not deepest), *((deepest,) if deepest else ())):
        for layer in harvest.layers:
            seen.setdefault((layer.message, layer.error_type, layer.error_code), layer)
    return tuple(seen.values())


__all__ = ["Evidence", "Reading", "Span", "extract"]
