"""Macros of the catalogue, and the two parts of one that the database keeps: conditions and actions."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ..evidence import FIELDS
from ..macro import ME, NOBODY, STATUSES, TICKET_SIGNALS, WAKES, Actions, Macro
from ..rule import When
from ..verdict import Words
from .conditions import read_group
from .problem import Entry
from .replies import OTHER_PLACEHOLDERS, placeholders
from .words import words

REQUIRED = frozenset({"id", "title", "folder", "do"})
OPTIONAL = frozenset({"when"})


def read_macro(entry: Entry) -> Macro:
    entry.check_keys(required=REQUIRED, optional=OPTIONAL)
    return Macro(
        entry.id,
        words(entry, "title"),
        words(entry, "folder"),
        read_conditions(entry),
        read_actions(entry),
        {"when": entry.raw.get("when", {}), "do": entry.raw.get("do", [])},
    )


def read_conditions(entry: Entry) -> When:
    """The `when`, in the language of rules over a ticket as a whole; none means always."""
    raw = entry.raw.get("when", {})
    if not isinstance(raw, dict):
        entry.wrong("when must be a mapping with all, any or none")
        return When()
    return read_group(entry, raw, knows=is_ticket_signal)


def read_actions(entry: Entry) -> Actions:
    """The `do`: a list in which each action stands once, as a word or as {word: what}."""
    raw = entry.raw.get("do")
    if not isinstance(raw, list) or not raw:
        entry.wrong("do must be a list of actions")
        return Actions()
    given: dict[str, Any] = {}
    for item in raw:
        name, what = next(iter(item.items())) if isinstance(item, dict) and len(item) == 1 else (item, None)
        if not isinstance(name, str) or name not in _READERS:
            entry.wrong(f"unknown action {item!r}; known are {', '.join(_READERS)}")
        elif name in given:
            entry.wrong(f"{name} stands twice")
        else:
            given[name] = _READERS[name](entry, what)
    _check_together(entry, given)
    fields = [fields for fields in given.values() if fields]
    return Actions(**{name: value for each in fields for name, value in each.items()})


def is_ticket_signal(name: str) -> bool:
    return name in TICKET_SIGNALS or name in FIELDS


def _check_together(entry: Entry, given: Mapping[str, object]) -> None:
    for one, other in (("reply", "ask"), ("status", "snooze"), ("ask", "snooze"), ("ask", "status")):
        if one in given and other in given:
            entry.wrong(f"{one} and {other} do not go together")


def _confirm(entry: Entry, what: object) -> dict[str, Any]:
    return _plain(entry, "confirm", what)


def _ask(entry: Entry, what: object) -> dict[str, Any]:
    return _plain(entry, "ask", what)


def _plain(entry: Entry, name: str, what: object) -> dict[str, Any]:
    if what is not None:
        entry.wrong(f"{name} stands alone")
    return {name: True}


def _tag(entry: Entry, what: object) -> dict[str, Any]:
    given = what if isinstance(what, dict) else {}
    named = {key: given.get(key, []) for key in ("add", "remove")}
    lists = all(
        isinstance(names, list) and all(isinstance(each, str) for each in names) for names in named.values()
    )
    if given.keys() - named.keys() or not lists or not any(named.values()):
        entry.wrong("tag needs {add: [names]}, {remove: [names]} or both")
        return {}
    return {"add_tags": tuple(named["add"]), "remove_tags": tuple(named["remove"])}


def _assign(entry: Entry, what: object) -> dict[str, Any]:
    to = str(what)
    if to not in (ME, NOBODY) and not (to.isascii() and to.isdecimal()):
        entry.wrong(f"assign needs {ME}, {NOBODY} or the id of a person, not {what!r}")
    return {"assign": to}


def _note(entry: Entry, what: object) -> dict[str, Any]:
    return {"note": _said(entry, "note", what)}


def _escalate(entry: Entry, what: object) -> dict[str, Any]:
    return {"escalate": _said(entry, "escalate", what)}


def _reply(entry: Entry, what: object) -> dict[str, Any]:
    if isinstance(what, str) and what:
        return {"reply": what}
    return {"letter": _said(entry, "reply", what)}


def _said(entry: Entry, name: str, what: object) -> Words | None:
    """A text in one language at least; the built-in ones are held to both by a test."""
    given = what if isinstance(what, dict) else {}
    texts = {language: given.get(language, "") for language in ("en", "zh")}
    good = all(isinstance(text, str) for text in texts.values()) and any(
        str(text).strip() for text in texts.values()
    )
    if given.keys() - texts.keys() or not good:
        entry.wrong(f"{name} needs a text as {{en: …, zh: …}}")
        return None
    for blank in (blank for text in texts.values() for blank in placeholders(text)):
        if blank not in FIELDS and blank not in OTHER_PLACEHOLDERS:
            entry.wrong(f"{name} has a placeholder {{{blank}}} that nothing can fill")
    return Words(**texts)


def _status(entry: Entry, what: object) -> dict[str, Any]:
    return _one_of(entry, "status", what, STATUSES)


def _snooze(entry: Entry, what: object) -> dict[str, Any]:
    return _one_of(entry, "snooze", what, WAKES)


def _one_of(entry: Entry, name: str, what: object, known: tuple[str, ...]) -> dict[str, Any]:
    if what not in known:
        entry.wrong(f"{name} needs one of {', '.join(known)}, not {what!r}")
    return {name: what}


_READERS: Mapping[str, Callable[[Entry, object], dict[str, Any]]] = MappingProxyType(
    {
        "confirm": _confirm,
        "tag": _tag,
        "assign": _assign,
        "note": _note,
        "escalate": _escalate,
        "reply": _reply,
        "ask": _ask,
        "status": _status,
        "snooze": _snooze,
    }
)
