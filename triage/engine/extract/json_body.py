"""Error envelopes: from parsed objects to layers, outermost first, and to the fields that stand beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..evidence import Layer, Reading, Span, Value
from .bodies import Body, bodies
from .har import is_har, read_har
from .keys import CHILDREN, CODES, FIELDS_BY_KEY, MESSAGES, NO_CODES, NUMBERED, STATUSES, TYPES, WORDLESS
from .lenient import Node, whole

MAX_DEPTH = 24
MAX_NODES = 3_000
MAX_LAYERS = 24
MAX_MESSAGE = 4_000
BEFORE = 32  # characters before a body in which `API Error (403` makes whatever it says an error

_UPPER = re.compile(r"[A-Z][A-Z_]{2,60}\Z")
_SAYS_ERROR = re.compile(r"(?i)(?:error|exception|fail(?:ed|ure)?)\W{0,3}(?:\(?[45]\d\d)?\W{0,3}\Z")
_WRAPPED = re.compile(r"(?:[\w.]{1,60}(?:Exception|Error)|Error code: \d{3})\s*:?\s+-\s+")


@dataclass
class Harvest:
    """What one body gave: its layers from outside to inside, and readings of the fields beside them."""

    text: str
    span: Span
    layers: list[Layer]
    readings: list[Reading]
    nodes: int = 0
    har: bool = False

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
    if is_har(body.node):
        found.har = True
        found.readings.extend(read_har(body.node, body.span))
    before = text[max(0, body.span.start - BEFORE) : body.span.start]
    _walk(body.node, found, depth=0, erring=_SAYS_ERROR.search(before) is not None)
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
    roles = _roles(node, found)
    if layer := _layer(roles, found, erring):
        found.layers.append(layer)
        found.layers.extend(_unwrapped(layer))
    for _, key, value in sorted(roles.children, key=lambda child: child[0]):
        _walk(value, found, depth=depth + 1, erring=key in CHILDREN)


@dataclass(slots=True)
class _Roles:
    """What the keys of one object say, the most telling key of each role first."""

    message: tuple[int, str] = (99, "")
    error_type: tuple[int, str] = (99, "")
    error_code: tuple[int, str] = (99, "")
    status: tuple[int, int] = (99, 0)
    grpc: str = ""
    refuses: bool = False
    holds_error: bool = False
    children: list[tuple[int, str, Node]] = field(default_factory=list)


def _roles(node: dict[str, Node], found: Harvest) -> _Roles:
    roles = _Roles()
    for name, value in node.items():
        key = name.lower()
        if key == "innererror":
            continue  # Azure's detail of the same error, not an error of somebody behind it
        if isinstance(value, dict | list):
            roles.children.append((CHILDREN.get(key, 50), key, value))
            roles.holds_error = roles.holds_error or key == "error"
        elif value is not None:
            if isinstance(value, str):
                value = whole(value)
            if isinstance(value, str) and "{" in value:
                roles.children.append((CHILDREN.get(key, 50), key, value))
            _take_role(roles, key, value)
            _read_field(key, value, found)
    return roles


def _take_role(roles: _Roles, key: str, value: str | int | float | bool) -> None:
    if key == "success" or key == "error" or key == "detail":
        roles.refuses = roles.refuses or value is False or (key != "success" and isinstance(value, str))
    if isinstance(value, bool):
        return
    words = str(value).strip() if isinstance(value, str | int) else ""
    if not words:
        return
    if isinstance(value, str):
        if (rank := MESSAGES.get(key, 99)) < roles.message[0]:
            roles.message = (rank, words)
        if (
            (rank := TYPES.get(key, 99)) < roles.error_type[0]
            and len(words) <= 120
            and words.lower() not in WORDLESS
        ):
            roles.error_type = (rank, words)
        if key == "status" and _UPPER.match(words):
            roles.grpc = words
    if (
        (rank := CODES.get(key, 99)) < roles.error_code[0]
        and len(words) <= 120
        and words.lower() not in NO_CODES
    ):
        roles.error_code = (rank, words)
    if (rank := STATUSES.get(key, 99)) < roles.status[0] and _is_status(key, words):
        roles.status = (rank, int(words))


def _is_status(key: str, words: str) -> bool:
    if len(words) != 3 or not words.isdecimal():
        return False
    return (400 if key in NUMBERED else 100) <= int(words) <= 599


def _walk_string(text: str, found: Harvest, depth: int) -> None:
    if depth > MAX_DEPTH or "{" not in text:
        return
    for body in bodies(text):
        _walk(body.node, found, depth=depth + 1, erring=True)


def _layer(roles: _Roles, found: Harvest, erring: bool) -> Layer | None:
    """The object itself as an error, where it has words or a code of its own."""
    message, error_code, status = roles.message[1], roles.error_code[1], roles.status[1] or None
    error_type = roles.error_type[1] or roles.grpc
    says_error = erring or bool(error_code or error_type) or (status or 0) >= 400 or roles.refuses
    if not says_error or not (message or error_code or (erring and error_type)):
        return None
    if message.startswith(("{", "[{")) or (not message and roles.holds_error):
        return None  # only wraps the body inside
    words = message or error_code or error_type
    return Layer(words[:MAX_MESSAGE], error_type, error_code, status, found.locate(words[:200]))


def _read_field(key: str, value: str | int | float | bool, found: Harvest) -> None:
    reading = FIELDS_BY_KEY.get(key)
    if reading is None:
        return
    field_name, trust, convert = reading
    converted = convert(value)
    if converted is not None:
        found.readings.append(Reading(field_name, converted, found.locate(value), f"json.{key}", trust))


def _unwrapped(layer: Layer) -> Iterator[Layer]:
    """`litellm.X: XException - words`: what stands after the last wrapper is what the other side said."""
    if " - " not in layer.message:
        return
    last = list(_WRAPPED.finditer(layer.message[:2_000]))[-1:]
    if last and (rest := layer.message[last[0].end() :].strip()) and rest[0] not in "{[":
        yield replace(layer, message=rest, error_type="", error_code="", http_status=None)
