"""`manage.py rules`: check, explain, cover, document and time the rules of the catalogue."""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from triage.engine import diagnose, matcher_for, trace
from triage.engine.catalogue import HOME, CatalogueError, Problem, load_catalogue, load_rules, read_catalogue
from triage.engine.catalogue.page import catalogue_page
from triage.engine.evaluate import RuleResult
from triage.engine.examine import examine
from triage.engine.lexicon import FILE
from triage.engine.match import compile_rules
from triage.engine.report import as_text
from triage.engine.rule import Rule, RuleSet
from triage.engine.verdict import Diagnosis

PAGE = Path("docs/catalogue.md")


class Command(BaseCommand):
    help = "For those who write rules: check | explain | coverage | bench | learn | docs."
    requires_system_checks: list[str] = []  # no checks at all

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rule-set", metavar="PATH", help="instead of the built-in rules")
        tasks = parser.add_subparsers(dest="task", required=True)
        tasks.add_parser("check", help="schema, patterns, causes, and every rule on its own cases")
        explain = tasks.add_parser("explain", help="what a rule says, or why a text is judged as it is")
        explain.add_argument("what", help="a rule id, a text, or - for standard input")
        explain.add_argument("--all", action="store_true", help="list every rule tried")
        tasks.add_parser("coverage", help="causes with their rules, replies and cases")
        tasks.add_parser("bench", help="time the rules on their own cases")
        tasks.add_parser("learn", help="write the lexicon anew from tellings, cases and causes")
        docs = tasks.add_parser("docs", help="write the page that lists every cause and rule")
        docs.add_argument("--check", action="store_true", help="only say whether the page is current")

    def handle(self, *, task: str, rule_set: str | None, **options: object) -> None:
        try:
            rules = load_rules(rule_set) if rule_set else None
            match task:
                case "check":
                    self._check(rules)
                case "explain":
                    self._explain(str(options["what"]), rules, every=bool(options["all"]))
                case "coverage":
                    self._coverage(rules or load_catalogue().rule_set)
                case "bench":
                    self._bench(rules or load_catalogue().rule_set)
                case "learn":
                    self._learn()
                case _:
                    self._docs(only_check=bool(options["check"]))
        except CatalogueError as refusal:
            raise CommandError(f"the catalogue cannot be used:\n{refusal}") from refusal

    def _learn(self) -> None:
        try:
            from triage.engine.learn import learned  # with what only developers install
        except ImportError as missing:
            raise CommandError(f"learning takes what `make test` installs: {missing}") from missing
        lexicon = learned()
        FILE.write_text(lexicon.as_text(), encoding="utf-8")
        self.stdout.write(f"{FILE.name}: {len(lexicon.words):,} words of {len(lexicon.causes)} causes")

    def _check(self, rules: RuleSet | None) -> None:
        problems: list[Problem] = []
        if rules is None:
            catalogue, problems = read_catalogue(HOME)
            rules = catalogue.rule_set
        problems += examine(rules)
        for problem in problems:
            self.stdout.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems in {len(rules.rules)} rules")
        self.stdout.write(f"{len(rules.rules)} rules are in order")

    def _explain(self, what: str, rules: RuleSet | None, *, every: bool) -> None:
        known = {rule.id: rule for rule in (rules or load_catalogue().rule_set).rules}
        if what in known:
            self.stdout.write(rule_lines(known[what]))
            return
        text = sys.stdin.read() if what == "-" else what
        self.stdout.write(as_text(diagnose(text, rules=rules)))
        self.stdout.write(reason_lines(diagnose(text, rules=rules)))
        for result in trace(text, rules=rules) if every else ():
            self.stdout.write(result_line(result))

    def _coverage(self, rules: RuleSet) -> None:
        catalogue = load_catalogue()
        count = Counter(rule.cause for rule in rules.rules)
        cases = Counter[str]()
        for rule in rules.rules:
            cases[rule.cause] += len(rule.fires_on) + len(rule.quiet_on)
        self.stdout.write(f"{'cause':30}{'rules':>6}{'cases':>7}{'replies':>9}")
        for slug in sorted(catalogue.causes):
            replies = len(catalogue.replies_for(slug))
            self.stdout.write(f"{slug:30}{count[slug]:6}{cases[slug]:7}{replies:9}")

    def _bench(self, rules: RuleSet) -> None:
        started = time.perf_counter()
        compile_rules(rules)
        compiled = time.perf_counter()
        texts = [example.text for rule in rules.rules for example in (*rule.fires_on, *rule.quiet_on)]
        matcher_for(rules)
        judging = time.perf_counter()
        for text in texts:
            diagnose(text, rules=rules)
        each = (time.perf_counter() - judging) / max(1, len(texts)) * 1e6
        self.stdout.write(
            f"{len(rules.rules)} rules, {len(matcher_for(rules).patterns)} patterns, "
            f"compiled in {(compiled - started) * 1e3:.0f} ms; {len(texts)} texts, {each:.0f} us each"
        )

    def _docs(self, *, only_check: bool) -> None:
        page = catalogue_page(load_catalogue())
        if not only_check:
            PAGE.write_text(page, encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
            raise CommandError(f"{PAGE} is not current; run manage.py rules docs")


def rule_lines(rule: Rule) -> str:
    lines = [f"{rule.id} → {rule.cause} ({rule.strength})", f"  {rule.because.en}", f"  {rule.because.zh}"]
    for group in ("all", "any", "none"):
        lines += [f"  {group}: {condition}" for condition in getattr(rule.when, group)]
    lines += [f"  beats {cause}" for cause in rule.beats] + [f"  source: {rule.source}"]
    return "\n".join(lines)


def reason_lines(diagnosis: Diagnosis) -> str:
    lines = [
        f"fired {rule.id} → {rule.cause} ({rule.weight})"
        + (f", silenced by {rule.silenced_by}" if rule.silenced_by else "")
        for rule in diagnosis.fired
    ]
    for near in diagnosis.nearly:
        lines.append(f"nearly {near.id} → {near.cause}: lacked {'; '.join(near.lacked)}")
    return "\n".join(lines)


def result_line(result: RuleResult) -> str:
    if result.fired:
        return f"  fired  {result.rule.id}"
    return f"  quiet  {result.rule.id}: lacked {'; '.join(result.lacked)}"
