"""`manage.py triage`: judge a pasted text from standard input. Needs no database, network or server."""

import json
import math
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import IO, NoReturn

from django.core.management.base import BaseCommand, CommandError

from triage.engine import diagnose
from triage.engine.catalogue import CatalogueError, load_rules
from triage.engine.report import as_dict, as_text
from triage.engine.rule import RuleSet


class Command(BaseCommand):
    help = "Judge a pasted error text: reads standard input, prints a diagnosis."
    requires_system_checks: list[str] = []  # no checks at all

    def add_arguments(self, parser: ArgumentParser) -> None:
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--json", action="store_true", help="print one JSON object")
        shape.add_argument("--jsonl", action="store_true", help="read and print one JSON object a line")
        parser.add_argument("--rule-set", metavar="PATH", help="rules from this YAML file or folder")
        parser.add_argument("--language", default="en", choices=("en", "zh"), help="of the readable form")

    def handle(self, **options: str | bool | None) -> None:
        rules = _rules(options["rule_set"])
        if options["jsonl"]:
            for line in answers(sys.stdin.buffer, rules):
                _print(line, flush=True)
            return
        diagnosis = diagnose(sys.stdin.buffer.read(), rules=rules)
        if options["json"]:
            _print(json.dumps(as_dict(diagnosis), ensure_ascii=False))
        else:
            _print(as_text(diagnosis, str(options["language"])).rstrip("\n"))


def answers(lines: IO[bytes] | Iterable[bytes], rules: RuleSet | None = None) -> Iterator[str]:
    """Exactly one JSON line for each input line, in order; what cannot be judged gets an `error`."""
    for line in lines:
        yield json.dumps(_answer(line, rules))


def _answer(line: bytes, rules: RuleSet | None) -> dict[str, object]:
    try:
        case = json.loads(line, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as refusal:
        return {"id": None, "error": f"no JSON: {refusal}" if line.strip() else "empty line"}
    if not isinstance(case, dict):
        return {"id": None, "error": "not a JSON object"}
    text, context = case.get("text"), case.get("context")
    if not isinstance(text, str):
        return {"id": case.get("id"), "error": "text must be a string"}
    if context is not None and not isinstance(context, dict):
        return {"id": case.get("id"), "error": "context must be an object"}
    try:
        return as_dict(diagnose(text, context, rules), case.get("id"))
    except Exception as failure:  # one text that breaks the engine must not cost the answers to the others
        return {"id": case.get("id"), "error": f"could not be judged: {type(failure).__name__}: {failure}"}


def _refuse(constant: str) -> NoReturn:
    """Python reads and writes NaN and Infinity, but they are no JSON: an id of that kind would spoil the answer."""
    raise ValueError(f"{constant} is not a JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse(digits)  # 1e999 would be written as Infinity


def _rules(path: str | bool | None) -> RuleSet | None:
    if not isinstance(path, str):
        return None
    try:
        return load_rules(path)
    except CatalogueError as refusal:
        raise CommandError(f"the rule set cannot be used:\n{refusal}") from refusal


def _print(text: str, *, flush: bool = False) -> None:
    """UTF-8 whatever the terminal's locale says: the output is read by programs."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    if flush:
        sys.stdout.buffer.flush()
