"""What is known beside the text: gateway look-ups and counts, read tolerantly into flat signals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

ContextValue = str | int | float | bool | tuple[str, ...]

# Every path that a rule may test as `context.<path>`, with its type; `list` is a list of strings.
PATHS: Mapping[str, type] = MappingProxyType(
    {
        "account.balance": float,
        "account.status": str,
        "account.group": str,
        "key.state": str,
        "key.group": str,
        "key.remaining": float,
        "key.models": list,
        "models": list,
        "provider_status.provider": str,
        "provider_status.state": str,
        "provider_status.since": str,
        "failing_alike.accounts": int,
        "failing_alike.failures": int,
        "failing_alike.minutes": int,
        "same_key_other_models_work": bool,
        "retry_unchanged_succeeded": bool,
        "task.state": str,
        "task.position": int,
        "task.since": str,
        "charged": bool,
        "gateway_log.found": bool,
        "gateway_log.channel": str,
        "gateway_log.upstream_status": int,
        "gateway_log.upstream_error": str,
    }
)


@dataclass(frozen=True, slots=True)
class Context:
    """`values` holds only paths of PATHS; `problems` says what was given but could not be used."""

    values: Mapping[str, ContextValue]
    problems: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, given: object) -> "Context":
        """Read the `context` object of the API. Unknown keys are ignored, wrong types named."""
        if given is None:
            return NOTHING_KNOWN
        if not isinstance(given, Mapping):
            return cls(MappingProxyType({}), ("context is no object",))
        values: dict[str, ContextValue] = {}
        problems: list[str] = []
        for path, kind in PATHS.items():
            raw = _at(given, path)
            if raw is None:
                continue
            value = _read(raw, kind)
            if value is None:
                problems.append(f"context.{path} should be {_NAMES[kind]}")
            else:
                values[path] = value
        return cls(MappingProxyType(values), tuple(problems))

    def __iter__(self) -> Iterator[tuple[str, ContextValue]]:
        return iter(self.values.items())


NOTHING_KNOWN = Context(MappingProxyType({}))

_NAMES = {
    float: "a number",
    int: "a whole number",
    str: "a text",
    bool: "true or false",
    list: "a list of texts",
}


def _at(given: object, path: str) -> object:
    for part in path.split("."):
        if not isinstance(given, Mapping):
            return None
        given = given.get(part)
    return given


def _read(raw: object, kind: type) -> ContextValue | None:
    if kind is bool:
        return raw if isinstance(raw, bool) else None
    if kind is str:
        return raw if isinstance(raw, str) else None
    if kind is list:
        return _names(raw)
    return _number(raw, whole=kind is int)


def _names(raw: object) -> tuple[str, ...] | None:
    if not isinstance(raw, list | tuple) or not all(isinstance(name, str) for name in raw):
        return None
    return tuple(raw)


def _number(raw: object, *, whole: bool) -> int | float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        number = float(raw)
        return int(number) if whole else number
    except (ValueError, OverflowError):
        return None
