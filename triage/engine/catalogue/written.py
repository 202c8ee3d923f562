"""One rule, or a list of them, as a person wrote it in YAML: read with the line of every mistake, and written back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ..rule import Condition, Example, Rule, Test, When
from .entries import load_text
from .problem import Entry, Place
from .rules import read_rule

KEYS = ("id", "cause", "strength", "when", "beats", "asks", "because", "source", "fires_on", "quiet_on")


@dataclass(frozen=True, slots=True)
class Mistake:
    """`line` counts from 1; None where the mistake is in no line, such as a key that is missing."""

    what: str
    at: Place = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """`raw` is what the text holds, whether or not it makes a rule."""

    raw: dict[str, Any]
    rule: Rule | None
    mistakes: tuple[Mistake, ...] = ()


def read_written(text: str) -> Written:
    """One rule: a mapping, or a list of one."""
    root, mistake = _compose(text)
    if root is None:
        return Written({}, None, (mistake,) if mistake else (Mistake("no rule is written here", line=1),))
    if isinstance(root, yaml.SequenceNode) and len(root.value) == 1:
        root = root.value[0]
        raw = load_text(text)[0]  # type: ignore[index]
    else:
        raw = load_text(text)
    if not isinstance(raw, dict):
        return Written({}, None, (Mistake("a rule is a mapping with id, cause, when and so on", line=1),))
    return written_of(raw, root)


def read_all(text: str, *, may_alias: bool = False) -> list[Written]:
    """A list of rules, each with its mistakes; the lines are those of the whole text. Our own files have aliases."""
    root, mistake = _compose(text, may_alias=may_alias)
    if root is None:
        return [Written({}, None, (mistake,))] if mistake else []
    raw = load_text(text)
    if not isinstance(root, yaml.SequenceNode) or not isinstance(raw, list):
        return [Written({}, None, (Mistake("must be a list of rules", line=1),))]
    return [
        written_of(item, node)
        if isinstance(item, dict)
        else Written({}, None, (Mistake("must be a rule", line=_line(node)),))
        for item, node in zip(raw, root.value, strict=True)
    ]


def compose(text: str) -> tuple[yaml.Node | None, Any, Mistake | None]:
    """The tree with its lines and what it holds, or why it cannot be read."""
    root, mistake = _compose(text)
    return root, load_text(text) if root is not None else None, mistake


def written_of(raw: dict[str, Any], node: yaml.Node | None = None) -> Written:
    entry = Entry("", raw["id"] if isinstance(raw.get("id"), str) else "", raw)
    try:
        rule = read_rule(entry)
    except TypeError:  # keys of several types cannot be sorted
        return Written(raw, None, (Mistake("every key must be a word", line=_line(node)),))
    mistakes = tuple(
        Mistake(problem.what, problem.at, _line_of(node, problem.at)) for problem in entry.problems
    )
    return Written(raw, None if mistakes else rule, mistakes)


def as_yaml(raw: Mapping[str, Any]) -> str:
    """A rule as text, its keys in the usual order, single tests on one line each."""
    known = {key: raw[key] for key in KEYS if key in raw}
    return _dump({**known, **{key: value for key, value in raw.items() if key not in known}})


def list_as_yaml(raws: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(f"- {as_yaml(raw).rstrip().replace(chr(10), chr(10) + '  ')}\n" for raw in raws)


def raw_of(rule: Rule) -> dict[str, Any]:
    raw: dict[str, Any] = {"id": rule.id, "cause": rule.cause, "strength": str(rule.strength)}
    raw["when"] = _raw_when(rule.when)
    for key in ("beats", "asks"):
        if getattr(rule, key):
            raw[key] = list(getattr(rule, key))
    raw["because"] = {"en": rule.because.en, "zh": rule.because.zh}
    raw["source"] = rule.source
    for key in ("fires_on", "quiet_on"):
        raw[key] = [_raw_example(example) for example in getattr(rule, key)]
    return raw


def _raw_when(when: When) -> dict[str, Any]:
    return {
        name: [_raw_condition(part) for part in getattr(when, name)]
        for name in ("all", "any", "none")
        if getattr(when, name)
    }


def _raw_condition(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, When):
        return _raw_when(condition)
    return {condition.signal: {str(condition.op): _plain(condition)}}


def _plain(test: Test) -> Any:
    return list(test.operand) if isinstance(test.operand, tuple) else test.operand


def _raw_example(example: Example) -> Any:
    return {"text": example.text, "context": dict(example.context)} if example.context else example.text


def _compose(text: str, *, may_alias: bool = False) -> tuple[yaml.Node | None, Mistake | None]:
    """The tree with its lines; aliases are refused, because a few of them can stand for a text without end."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) and not may_alias:
                mark = event.start_mark
                return None, Mistake(
                    "aliases (*) are not used here; write it out", line=mark.line + 1 if mark else None
                )
        load_text(text)
        return yaml.compose(text, Loader=yaml.SafeLoader), None
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        said = failure.problem or "cannot be read as YAML"
        return None, Mistake(said, line=mark.line + 1 if mark else None)
    except (yaml.YAMLError, ValueError, RecursionError) as failure:
        return None, Mistake(f"cannot be read as YAML: {failure}"[:200])


def _line_of(node: yaml.Node | None, at: Place) -> int | None:
    """The line of the innermost part that is there."""
    if node is None:
        return None
    line: int | None = None
    for step in at:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return line


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


def _line(node: yaml.Node | None) -> int | None:
    return node.start_mark.line + 1 if node is not None else None


class _Dumper(yaml.SafeDumper):
    """Lists indented, a test of one signal in one line, long texts as they are."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_mapping(dumper: yaml.SafeDumper, data: dict[Any, Any]) -> yaml.Node:
    (value,) = data.values() if len(data) == 1 else (None,)
    is_test = (
        len(data) == 1 and not isinstance(value, dict) and next(iter(data)) not in ("all", "any", "none")
    )
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=is_test)


def _represent_text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    style = "|" if "\n" in data else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(dict, _represent_mapping)
_Dumper.add_representer(str, _represent_text)


def _dump(raw: Mapping[str, Any]) -> str:
    said: str = yaml.dump(
        dict(raw), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False
    )
    return said
