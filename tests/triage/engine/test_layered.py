"""A set that changes the built-in rules a little must answer exactly as if it were compiled whole."""

import json
from collections.abc import Iterator
from dataclasses import replace

from tests.performance import texts
from tests.triage.engine.making import make_rule
from triage.engine import matcher_for
from triage.engine.catalogue import load_catalogue
from triage.engine.context import Context
from triage.engine.diagnose import decide
from triage.engine.differ import Derivation, changed_rules, judge_whole
from triage.engine.extract import extract
from triage.engine.keep import keep, restore, restore_fired
from triage.engine.layered import Layered
from triage.engine.match import compile_rules
from triage.engine.redact import redact
from triage.engine.rule import Op, Rule, RuleSet, Strength, Test
from triage.engine.signals import Signals, read_signals

TEXTS = 300
BUILT_IN = load_catalogue().rule_set


def changed_set() -> RuleSet:
    """A rule added before all, one raised, one changed, one that asks what is suspected, forty switched off."""
    mine = make_rule("own-rate", "rate.account", Test("text", Op.CONTAINS, ("429", "rate limit", "限流")))
    timeout, doubt = Test("text", Op.CONTAINS, "timeout"), Test("fact.suspected", Op.CONTAINS, "unknown")
    asks = make_rule("own-doubt", "upstream.error", timeout, doubt, strength=Strength.HINT)
    first = [replace(mine, rank=9), asks]
    rest = [replace(rule, rank=5) if at == 100 else rule for at, rule in enumerate(BUILT_IN.rules) if at % 15]
    changed = replace(rest[50], cause="quota.balance", when=replace(rest[50].when, none=()))
    return RuleSet("changed a little", (*first, *rest[:50], changed, *rest[51:]))


def read(count: int = TEXTS) -> Iterator[Signals]:
    cases = [case.text for rule in BUILT_IN.rules[:: len(BUILT_IN.rules) // 100] for case in rule.fires_on]
    for text in [*cases, *(texts.text(400, seed=900 + seed) for seed in range(count - len(cases)))]:
        redacted = redact(text, pepper=b"").text
        yield read_signals(redacted, extract(redacted), Context.from_dict({"charged": True}))


def test_a_layered_set_answers_like_one_compiled_whole() -> None:
    rules = changed_set()
    layered, whole = Layered(compile_rules(BUILT_IN), rules), compile_rules(rules)

    for signals in read():
        assert layered.evaluate(signals) == whole.evaluate(signals)


def test_a_layered_set_traces_like_one_compiled_whole() -> None:
    rules = changed_set()
    layered, whole = Layered(compile_rules(BUILT_IN), rules), compile_rules(rules)

    for signals in read(40):
        assert layered.trace(signals) == whole.trace(signals)


def test_a_set_of_mostly_built_in_rules_is_layered() -> None:
    assert isinstance(matcher_for(changed_set()), Layered)
    assert not isinstance(matcher_for(RuleSet("few", BUILT_IN.rules[:20])), Layered)


def test_kept_signals_judge_like_those_read() -> None:
    matcher = matcher_for()
    for signals in read():
        again = restore(signals.raw, keep(signals), signals.values)
        assert again is not None
        assert verdict(again, matcher.evaluate(again)) == verdict(signals, matcher.evaluate(signals))


def test_signals_kept_in_another_form_are_read_anew() -> None:
    assert restore("text", {}, {}) is None
    assert restore("text", {"form": 0}, {}) is None


def test_what_is_derived_is_what_judging_anew_would_say() -> None:
    """Also back from the changed set to the built-in one, and through what is kept as JSON."""
    matchers = {rules.version: compile_rules(rules) for rules in (BUILT_IN, changed_set())}
    one, two = (matcher.rule_set for matcher in matchers.values())
    quiet = 0

    for known, other in ((one, two), (two, one)):
        derivation = Derivation(known, other)
        rules = {rule.id: rule for rule in known.rules}
        for signals in read():
            kept = keep(signals, judge_whole(matchers[known.version], signals))
            fired = restore_fired(json.loads(json.dumps(kept)), rules)
            anew = verdict(signals, matchers[other.version].evaluate(signals))
            judgement = derivation.judge(signals, fired)
            if judgement is not None:
                assert _said(judgement) == anew
            else:
                quiet += 1
                assert _said(derivation.conclude(signals, fired)) == anew
    assert quiet > 40


def test_a_set_derived_from_itself_never_differs() -> None:
    derivation = Derivation(BUILT_IN, RuleSet("again", BUILT_IN.rules))

    assert not any(derivation.judge(signals, judge_whole(matcher_for(), signals)) for signals in read(20))


def test_cases_and_sources_change_no_verdict() -> None:
    first, *rest = BUILT_IN.rules
    said = RuleSet("same but for words", (replace(first, source="elsewhere", quiet_on=()), *rest))

    assert changed_rules(BUILT_IN, said) == ()


def verdict(signals: Signals, results: object) -> tuple[object, ...]:
    return _said(decide(signals, extract(signals.raw), results, load_catalogue(), "test"))  # type: ignore[arg-type]


def _said(diagnosis: object) -> tuple[object, ...]:
    return diagnosis.cause.slug, diagnosis.confidence, [rule.id for rule in diagnosis.fired]  # type: ignore[attr-defined]


def test_ranks_decide_before_anything_else() -> None:
    strong = make_rule("family-strong", "key.invalid", Test("text", Op.CONTAINS, "word"))
    weak = make_rule(
        "own-weak", "upstream.error", Test("text", Op.CONTAINS, "word"), strength=Strength.LIKELY
    )
    assert _cause(strong, weak) == "key.invalid"
    assert _cause(strong, replace(weak, rank=1)) == "upstream.error"
    assert _cause(replace(strong, rank=2), replace(weak, rank=1)) == "key.invalid"


def test_beating_does_not_reach_rules_of_a_higher_rank() -> None:
    beats = make_rule("family-beats", "key.invalid", Test("text", Op.CONTAINS, "word"), beats=("upstream.*",))
    own = make_rule("own-first", "upstream.error", Test("text", Op.CONTAINS, "word"))

    assert _cause(beats, replace(own, rank=1)) == "upstream.error"


def _cause(*rules: Rule) -> str:
    signals = read_signals("a word", extract("a word"), Context.from_dict(None))
    results = compile_rules(RuleSet("+".join(repr(rule.rank) for rule in rules), rules)).evaluate(signals)
    return str(verdict(signals, results)[0])
