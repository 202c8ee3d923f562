"""From a redacted text to its evidence: `extract(text)`. Total: any text gives an Evidence, in linear time."""

from ..evidence import Evidence, Layer, Reading
from . import clients, http, models, prose, providers, request_types, wording
from .cue import Cues, Page, without_surrogates
from .infer import infer, named
from .json_body import Harvest, read_bodies
from .status import read_statuses
from .stretches import machine_stretches
from .traceback import read_exceptions
from .urls import read_urls

_CUES = Cues((*http.CUES, *wording.CUES, *prose.CUES, *request_types.CUES, *clients.CUES, *providers.CUES, *models.CUES))


def extract(text: str) -> Evidence:
    """Readings with their spans, error layers from the outermost to the innermost, machine output, shapes."""
    page = Page.of(without_surrogates(text))
    harvests = list(read_bodies(page.text))
    readings = [named(reading) for harvest in harvests for reading in harvest.readings]
    for reader in (_CUES.read, read_statuses, read_exceptions, wording.read_words, read_urls, http.read_gateway_ids, prose.read_counts):
        readings.extend(reader(page))
    readings.sort(key=lambda reading: reading.span.start if reading.span else 0)
    layers = _in_order(harvests)
    readings.extend(infer(tuple(readings), layers))
    machine = machine_stretches(page.text, tuple(harvest.span for harvest in harvests))
    return Evidence(tuple(readings), layers, machine, ())


def _in_order(harvests: list[Harvest]) -> tuple[Layer, ...]:
    """The layers of all bodies; the body that is nested deepest comes last, so that its core is the innermost."""
    seen: dict[tuple[str, str, str], Layer] = {}
    deepest = max(harvests, key=lambda harvest: len(harvest.layers), default=None)
    for harvest in (*(one for one in harvests if one is not deepest), *((deepest,) if deepest else ())):
        for layer in harvest.layers:
            seen.setdefault((layer.message, layer.error_type, layer.error_code), layer)
    return tuple(seen.values())


__all__ = ["extract"]
