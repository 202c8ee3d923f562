"""What one field tells about another: an endpoint its type of request, a model its maker, a body its status."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from ..evidence import Layer, Reading
from .models import family
from .providers import provider_named
from .request_types import type_of_endpoint

CHATTING = frozenset(
    {"LibreChat", "Open WebUI", "ChatGPT Next Web", "lobechat", "cherry-studio", "chatbox", "SillyTavern",
     "home-assistant", "AstrBot", "TypingMind", "claude-code", "cline", "roo-code", "kilo-code", "opencode"}
)  # fmt: skip


# Providers that serve one type of request only.
_ONLY: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("luma", "runway", "kling", "pika", "vidu"), "video"),
        **dict.fromkeys(("midjourney", "ideogram", "recraft", "stability", "bfl"), "image"),
        **dict.fromkeys(("suno", "elevenlabs", "udio", "deepgram", "assemblyai"), "audio"),
    }
)


def infer(readings: Iterable[Reading], layers: tuple[Layer, ...]) -> Iterator[Reading]:
    """Further readings, each with the span of the reading it follows from."""
    for reading in readings:
        value = reading.value
        if not isinstance(value, str):
            continue
        if reading.field == "endpoint" and (kind := type_of_endpoint(value)):
            yield Reading("request_type", kind, reading.span, "infer.endpoint", 0.5 + 0.4 * reading.trust)
        elif reading.field == "client" and value == "codex":
            yield Reading("request_type", "responses", reading.span, "infer.client", 0.15)
        elif reading.field == "client" and value in CHATTING:
            yield Reading("request_type", "chat", reading.span, "infer.client", 0.12)
        elif reading.field == "provider" and value in _ONLY:
            yield Reading("request_type", _ONLY[value], reading.span, "infer.provider", 0.13)
        elif reading.field == "model":
            yield from _of_model(reading, value)
    yield from _of_layers(layers)


def _of_model(reading: Reading, model: str) -> Iterator[Reading]:
    maker, kind = family(model)
    if maker:
        yield Reading("provider", maker, reading.span, "infer.model", 0.3 + 0.1 * reading.trust)
    if kind:
        yield Reading("request_type", kind, reading.span, "infer.model", 0.5 + 0.1 * reading.trust)
    elif maker:
        yield Reading(
            "request_type", "chat", reading.span, "infer.model", 0.1
        )  # most calls of a language model


def _of_layers(layers: tuple[Layer, ...]) -> Iterator[Reading]:
    """The innermost layer that has a field settles it."""
    for depth, layer in enumerate(layers):
        trust = 0.86 + 0.001 * min(depth, 40)
        if layer.error_type.isupper():
            yield Reading("error_code", layer.error_type, layer.span, "layer.type", trust - 0.25)
        if layer.error_type:
            yield Reading("error_type", layer.error_type, layer.span, "layer.type", trust)
        if layer.error_code:
            numeric = layer.error_code.lstrip("-").isdecimal() and len(layer.error_code) == 3
            yield Reading(
                "error_code", layer.error_code, layer.span, "layer.code", trust - (0.3 if numeric else 0)
            )
        if layer.http_status and layer.http_status >= 400:
            # What the customer's call got stands outside; a wrapper may hand on another status inside.
            yield Reading(
                "http_status", layer.http_status, layer.span, "layer.status", 0.86 - 0.001 * min(depth, 40)
            )


def named(reading: Reading) -> Reading:
    """A provider field as its slug, where the name is known."""
    if reading.field != "provider" or not isinstance(reading.value, str):
        return reading
    slug = provider_named(reading.value) or reading.value.lower()
    return Reading("provider", slug, reading.span, reading.by, reading.trust)
