"""Error envelopes: from parsed objects to layers, outermost first, and to the fields that stand beside them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..evidence import Layer, Reading, Span, Value
from .bodies import Body, bodies
from .keys import CHILDREN, CODES, FIELDS_BY_KEY, MESSAGES, NUMBERED, STATUSES, TYPES, WORDLESS_TYPES
from .lenient import Node

MAX_DEPTH = 12
MAX_NODES = 3_000
MAX_LAYERS = 24
MAX_MESSAGE = 4_000

_UPPER = re.compile(r"[A-Z][A-Z_]{2,60}\Z")
_WRAPPED = re.compile(r"(?:[\w.]{1,60}(?:Exception|Error)|Error code: \d{3})\s*:?\s+-\s+")


@dataclass
class Harvest:
    """What one body gave: its layers from outside to inside, and readings of the fields beside them."""

    text: str
    span: Span
    layers: list[Layer]
    readings: list[Reading]
    nodes: int = 0

    def locate(self, value: Value) -> Span:
        """Where a value stands in the raw text: the words themselves where they are unescaped, else the body."""
        words = str(value)
        at = self.text.find(words, self.span.start, self.span.end) if words and len(words) < 400 else -1
        return Span(at, at + len(words)) if at >= 0 else self.span


def read_bodies(text: str) -> Iterator[Harvest]:
    for body in bodies(text):
        yield harvest(text, body)


def harvest(text: str, body: Body) -> Harvest:
    found = Harvest(text, body.span, [], [])
    _walk(body.node, found, depth=0, erring=False)
    return found


def _walk(node: Node, found: Harvest, *, depth: int, erring: bool) -> None:
    found.nodes += 1
    if depth > MAX_DEPTH or found.nodes > MAX_NODES or len(found.layers) >= MAX_LAYERS:
        return
    if isinstance(node, dict):
        _walk_object(node, found, depth, erring)
    elif isinstance(node, list):
        for item in node[:40]:
            _walk(item, found, depth=depth + 1, erring=erring)
    elif isinstance(node, str) and len(node) > 8:
        _walk_string(node, found, depth)


def _walk_object(node: dict[str, Node], found: Harvest, depth: int, erring: bool) -> None:
    lowered = {key.lower(): value for key, value in node.items()}
    _read_fields(lowered, found, depth)
    if layer := _layer(lowered, found, erring):
        found.layers.append(layer)
        for inner in _unwrapped(layer):
            found.layers.append(inner)
    for key, value in sorted(lowered.items(), key=lambda item: CHILDREN.get(item[0], 50)):
        if isinstance(value, dict | list) or (isinstance(value, str) and "{" in value):
            _walk(value, found, depth=depth + 1, erring=key in CHILDREN)


def _walk_string(text: str, found: Harvest, depth: int) -> None:
    if depth > MAX_DEPTH or "{" not in text:
        return
    for body in bodies(text):
        _walk(body.node, found, depth=depth + 1, erring=True)


def _layer(node: Mapping[str, Node], found: Harvest, erring: bool) -> Layer | None:
    """The object itself as an error, where it has words or a code of its own."""
    message = _message(node)
    error_type = _word(node, TYPES, WORDLESS_TYPES)
    error_code = _code(node)
    status = _status(node)
    grpc = _word(node, ("status",), frozenset())
    if grpc and _UPPER.match(grpc):
        error_type = error_type or grpc
    says_error = erring or bool(error_code or error_type) or (status or 0) >= 400 or _refuses(node)
    if not says_error or not (message or error_code or (erring and error_type)):
        return None
    if message.startswith(("{", "[{")) or (not message and isinstance(node.get("error"), dict)):
        return None  # only wraps the body inside
    words = message or error_code or error_type
    return Layer(words[:MAX_MESSAGE], error_type, error_code, status, found.locate(words[:200]))


def _unwrapped(layer: Layer) -> Iterator[Layer]:
    """`litellm.X: XException - words`: what stands after the last wrapper is what the other side said."""
    last = None
    for last in _WRAPPED.finditer(layer.message[:2_000]):
        pass
    if last and (rest := layer.message[last.end() :].strip()) and rest[0] not in "{[":
        yield replace(layer, message=rest, error_type="", error_code="", http_status=None)


def _refuses(node: Mapping[str, Node]) -> bool:
    return node.get("success") is False or "error" in node or isinstance(node.get("detail"), str)


def _message(node: Mapping[str, Node]) -> str:
    for key in MESSAGES:
        value = node.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _word(node: Mapping[str, Node], keys: tuple[str, ...], without: frozenset[str]) -> str:
    for key in keys:
        value = node.get(key)
        if isinstance(value, str) and 0 < len(value.strip()) <= 120 and value.strip().lower() not in without:
            return value.strip()
    return ""


def _code(node: Mapping[str, Node]) -> str:
    for key in CODES:
        value = node.get(key)
        if isinstance(value, bool) or value in (None, "", 0):
            continue
        if isinstance(value, str | int) and len(str(value)) <= 120 and str(value).lower() not in ("null", "none", "ok"):
            return str(value).strip()
    return ""


def _status(node: Mapping[str, Node]) -> int | None:
    for key in (*STATUSES, *NUMBERED):
        value = node.get(key)
        if isinstance(value, str) and value.isdecimal() and len(value) == 3:
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 599:
            if key in NUMBERED and value < 400:
                continue
            return value
    return None


def _read_fields(node: Mapping[str, Node], found: Harvest, depth: int) -> None:
    for key, value in node.items():
        reading = FIELDS_BY_KEY.get(key)
        if reading is None or isinstance(value, dict | list) or value is None:
            continue
        field, trust, convert = reading
        converted = convert(value)
        if converted is not None:
            found.readings.append(Reading(field, converted, found.locate(value), f"json.{key}", trust))
