"""A rule set as one YAML text that another desk can take in.

Shape: {format: triage-rules/1, number, version, catalogue (the built-in rules it stands on), first: [ids in the order
in which they are heard], off: [ids], rules: [rules with the catalogue's schema]}.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from tickets.models import RuleEntry, RuleSet
from triage.engine.catalogue.written import Mistake, as_yaml, compose, written_of

from ..catalogue import catalogue

FORMAT = "triage-rules/1"
LONGEST = 1_000_000  # characters
Kind = RuleEntry.Kind


@dataclass(slots=True)
class Brought:
    """What an import would put into a draft, and what is wrong with it."""

    entries: list[RuleEntry] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # rules of a catalogue that this desk does not have


def as_text(rule_set: RuleSet) -> str:
    entries = list(rule_set.entries.all())
    head = {
        "format": FORMAT,
        "number": rule_set.number,
        "version": rule_set.version,
        "catalogue": (rule_set.base or rule_set).version,
        "first": [entry.rule for entry in entries if entry.position is not None],
        "off": [entry.rule for entry in entries if entry.kind == Kind.OFF],
    }
    own = [entry.written for entry in entries if entry.kind == Kind.OWN]
    rules = "".join(f"\n  -\n{textwrap.indent(written.rstrip(), '    ')}\n" for written in own)
    return yaml.safe_dump(head, allow_unicode=True, sort_keys=False) + (
        f"rules:{rules}" if own else "rules: []\n"
    )


def read_text(text: str) -> Brought:
    """Nothing is stored. Every mistake names its line."""
    if len(text) > LONGEST:
        return Brought(mistakes=[Mistake(f"longer than {LONGEST:,} characters")])
    root, raw, mistake = compose(text)
    if mistake is not None:
        return Brought(mistakes=[mistake])
    if not isinstance(raw, dict) or not isinstance(root, yaml.MappingNode):
        return Brought(mistakes=[Mistake("this is no exported rule set", line=1)])
    if raw.get("format") != FORMAT:
        return Brought(mistakes=[Mistake(f"format must be {FORMAT}", ("format",), 1)])
    brought = Brought()
    _read_rules(raw, root, brought)
    _read_places(raw, brought)
    return brought


def _read_rules(raw: dict[str, Any], root: yaml.MappingNode, brought: Brought) -> None:
    rules = raw.get("rules") or []
    nodes: list[yaml.Node] = next((value.value for key, value in root.value if key.value == "rules"), [])
    if not isinstance(rules, list):
        brought.mistakes.append(Mistake("rules must be a list", ("rules",)))
        return
    seen: set[str] = set()
    for item, node in zip(rules, nodes, strict=False):
        if not isinstance(item, dict):
            brought.mistakes.append(Mistake("must be a rule", ("rules",), node.start_mark.line + 1))
            continue
        written = written_of(item, node)
        brought.mistakes += written.mistakes
        if written.rule is not None and written.rule.id in seen:
            brought.mistakes.append(Mistake(f"{written.rule.id} stands twice", line=node.start_mark.line + 1))
        elif written.rule is not None:
            seen.add(written.rule.id)
            brought.entries.append(RuleEntry(rule=written.rule.id, kind=Kind.OWN, written=as_yaml(item)))


def _read_places(raw: dict[str, Any], brought: Brought) -> None:
    built_in = {rule.id for rule in catalogue().rule_set.rules}
    own = {entry.rule: entry for entry in brought.entries}
    for place, rule in enumerate(dict.fromkeys(_names(raw, "first", brought)), start=1):
        if rule in own:
            own[rule].position = place
        elif rule in built_in:
            brought.entries.append(RuleEntry(rule=rule, kind=Kind.PLACED, position=place))
        else:
            brought.left_out.append(rule)
    behind = len(brought.entries) + 1
    for entry in own.values():  # a rule that is only ours has no usual place
        if entry.position is None and entry.rule not in built_in:
            entry.position, behind = behind, behind + 1
    placed = {entry.rule for entry in brought.entries}
    for rule in dict.fromkeys(_names(raw, "off", brought)):
        if rule in built_in and rule not in placed:
            brought.entries.append(RuleEntry(rule=rule, kind=Kind.OFF))
        else:
            brought.left_out.append(rule)


def _names(raw: dict[str, Any], key: str, brought: Brought) -> Iterator[str]:
    names = raw.get(key) or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        brought.mistakes.append(Mistake(f"{key} must be a list of rules' names", (key,)))
        return
    yield from names
