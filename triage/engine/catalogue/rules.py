"""Turning one YAML mapping into a Rule."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from ..evidence import FIELDS
from ..rule import Example, Rule, Strength
from .conditions import read_when
from .problem import Entry
from .words import words

REQUIRED = frozenset({"id", "cause", "strength", "when", "because", "source", "fires_on", "quiet_on"})
OPTIONAL = frozenset({"beats", "asks"})
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
_CAUSE_PATTERN = re.compile(r"[a-z]+(\.[a-z0-9_]+|\.\*)|unknown")


def read_rule(entry: Entry) -> Rule:
    entry.check_keys(required=REQUIRED, optional=OPTIONAL)
    if not _ID.fullmatch(entry.id):
        entry.wrong("id must be words of small letters joined by hyphens, family first", "id")
    return Rule(
        id=entry.id,
        cause=entry.text("cause"),
        strength=_strength(entry),
        when=read_when(entry),
        because=words(entry, "because"),
        source=entry.text("source"),
        beats=_beats(entry),
        asks=_asks(entry),
        fires_on=_examples(entry, "fires_on"),
        quiet_on=_examples(entry, "quiet_on"),
    )


def _strength(entry: Entry) -> Strength:
    raw = entry.raw.get("strength")
    if raw not in set(Strength):
        if "strength" in entry.raw:
            entry.wrong(f"strength must be one of {', '.join(Strength)}, not {raw!r}", "strength")
        return Strength.HINT
    return Strength(str(raw))


def _beats(entry: Entry) -> tuple[str, ...]:
    beats = entry.texts("beats")
    for number, cause in enumerate(beats):
        if not _CAUSE_PATTERN.fullmatch(cause):
            entry.wrong(f"beats names causes or families such as rate.*, not {cause!r}", "beats", number)
    return beats


def _asks(entry: Entry) -> tuple[str, ...]:
    asks = entry.texts("asks")
    for number, field in enumerate(asks):
        if field not in FIELDS:
            entry.wrong(f"asks names evidence fields, not {field!r}", "asks", number)
    return asks


def _examples(entry: Entry, key: str) -> tuple[Example, ...]:
    raw = entry.raw.get(key)
    if not isinstance(raw, list) or not raw:
        if key in entry.raw:
            entry.wrong(f"{key} needs at least one case", key)
        return ()
    return tuple(_example(entry, key, number, item) for number, item in enumerate(raw))


def _example(entry: Entry, key: str, number: int, raw: object) -> Example:
    if isinstance(raw, str):
        return Example(raw, MappingProxyType({}))
    if isinstance(raw, Mapping) and isinstance(raw.get("text"), str) and raw.keys() <= {"text", "context"}:
        context = raw.get("context") or {}
        if isinstance(context, Mapping):
            return Example(raw["text"], MappingProxyType(dict(context)))
    entry.wrong(f"{key}: a case is a text or {{text: …, context: …}}, not {raw!r}", key, number)
    return Example("", MappingProxyType({}))
