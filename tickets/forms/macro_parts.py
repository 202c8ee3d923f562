"""Between the fields of the form and the two parts of a macro that are kept: its conditions and its actions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tickets.models import Language
from tickets.services.missing import ORDER

LISTS = ("verdict", "sureness", "status")  # signals tested for one of several values
YES_NO = ("charged", "incident", "escalated", "unanswered")
NAMES = ("name", "folder")
ENDINGS = {Language.ENGLISH.value: "", Language.CHINESE.value: "_zh"}  # of the fields of each language
WORDS = tuple(f"{name}{ending}" for name in (*NAMES, "note", "escalate") for ending in ENDINGS.values())
FAMILY = ".*"  # quota.* names every cause of the family


def conditions_from(given: Mapping[str, Any]) -> dict[str, Any]:
    """The `when` that the fields say."""
    tests: list[dict[str, Any]] = [{name: {"in": given[name]}} for name in LISTS if given[name]]
    tests += _cause_test(given["cause"])
    tests += [{name: {"exists": True}} for name in given["known"]]
    tests += [{name: {"exists": False}} for name in given["unknown"]]
    tests += [{name: {"is": given[name] == "yes"}} for name in YES_NO if given[name]]
    tests += {"me": [{"mine": {"is": True}}], "nobody": [{"assigned": {"is": False}}]}.get(
        given["held_by"], []
    )
    tests += [{"tag": {"in": given["tag"]}}] if given["tag"] else []
    none = [{"tag": {"in": given["without_tag"]}}] if given["without_tag"] else []
    return {**({"all": tests} if tests else {}), **({"none": none} if none else {})}


def fields_of_conditions(when: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say this `when`, of macros that the form or the catalogue wrote."""
    given: dict[str, Any] = {"known": [], "unknown": []}
    for name, op, value in _tests(when.get("all", ())):
        if name in LISTS:
            given[name] = value
        elif name == "cause":
            given["cause"] = [
                *given.get("cause", ()),
                *(f"{each}*" if op == "starts_with" else each for each in value),
            ]
        elif name in YES_NO and op == "is":
            given[name] = "yes" if value else "no"
        elif name == "tag":
            given["tag"] = value
        elif name in ("mine", "assigned"):
            given["held_by"] = "me" if name == "mine" else "nobody"
        elif name in ORDER:
            given["known" if value else "unknown"].append(name)
    for name, _, value in _tests(when.get("none", ())):
        if name == "tag":
            given["without_tag"] = value
    return given


def texts_from(given: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {
        language: {name: given[f"{name}{ending}"] for name in NAMES} for language, ending in ENDINGS.items()
    }


def fields_of_texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {
        f"{name}{ending}": texts.get(language, {}).get(name, "")
        for language, ending in ENDINGS.items()
        for name in NAMES
    }


def actions_from(given: Mapping[str, Any]) -> list[Any]:
    """The `do` that the fields say."""
    tag = {
        name: given[field] for name, field in (("add", "add_tags"), ("remove", "remove_tags")) if given[field]
    }
    note, question = (_words(given[name], given[f"{name}_zh"]) for name in ("note", "escalate"))
    reply: Any = {
        "suggested": "suggested",
        "canned": given["canned_reply"] and given["canned_reply"].slug,
        "own": _words(given["letter_en"], given["letter_zh"]),
    }.get(given["letter"])
    kind, then = ("status" if given["then"] in ("open", "waiting") else "snooze"), given["then"]
    actions: list[Any] = [
        "confirm" if given["confirm"] else None,
        {"tag": tag} if tag else None,
        {"assign": given["assign"]} if given["assign"] else None,
        {"note": note} if note else None,
        {"escalate": question} if question else None,
        {"reply": reply} if reply else None,
        "ask" if given["letter"] == "ask" else None,
        {kind: then} if then else None,
    ]
    return [action for action in actions if action is not None]


def fields_of_actions(do: Iterable[Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for item in do:
        name, what = next(iter(item.items())) if isinstance(item, dict) else (item, {})
        if name == "confirm":
            given["confirm"] = True
        elif name == "tag":
            given |= {"add_tags": what.get("add", []), "remove_tags": what.get("remove", [])}
        elif name in ("note", "escalate"):
            given |= {name: what.get("en", ""), f"{name}_zh": what.get("zh", "")}
        elif name == "ask":
            given["letter"] = "ask"
        elif name == "reply":
            given |= _letter_fields(what)
        elif name in ("status", "snooze"):
            given["then"] = what
        else:
            given[name] = str(what)
    return given


def _letter_fields(reply: Any) -> dict[str, Any]:
    if isinstance(reply, dict):
        return {"letter": "own", "letter_en": reply.get("en", ""), "letter_zh": reply.get("zh", "")}
    if reply == "suggested":
        return {"letter": "suggested"}
    return {"letter": "canned", "canned_reply": reply}


def _cause_test(causes: list[str]) -> list[dict[str, Any]]:
    exact = [cause for cause in causes if not cause.endswith(FAMILY)]
    families = [cause.removesuffix("*") for cause in causes if cause.endswith(FAMILY)]
    tests = [{"cause": {op: named}} for op, named in (("in", exact), ("starts_with", families)) if named]
    return tests if len(tests) < 2 else [{"any": tests}]


def _tests(group: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, Any]]:
    """Signal, op and value of each test; a group inside counts as its tests."""
    for item in group:
        for name, test in item.items():
            if name in ("all", "any", "none"):
                yield from _tests(test)
            else:
                yield (name, *next(iter(test.items())))


def _words(english: str, chinese: str) -> dict[str, str]:
    return {name: text for name, text in (("en", english), ("zh", chinese)) if text}
