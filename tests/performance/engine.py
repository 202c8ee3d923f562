"""Whole diagnoses of fresh texts, beside one RE2 set pass and a loop of Python's re over the same patterns.

A set is quick on texts it has seen and slower on fresh ones, so no text is used twice by anything measured.
"""

import gc
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import re2

from tests.performance import texts
from tests.performance.measured import Measured, median, p95
from triage.engine import diagnose, matcher_for
from triage.engine.catalogue import load_catalogue
from triage.engine.pattern import pattern_options
from triage.engine.rule import Op, Rule, RuleSet, Strength, Test, When
from triage.engine.verdict import Words

LENGTHS = {"200b": 200, "2kb": 2_000, "32kb": 32_000}
ROUNDS = {"10k": 40, "100k": 120, "1M": 300}
SET_MEMORY = 64 << 20
BARE_ROUNDS = {"200b": 40, "2kb": 20, "32kb": 3}  # the bare ones are slow, and their time varies little


def measure(size: str) -> Measured:
    load_catalogue()
    diagnose("warm-up of what is loaded on first use")
    measured = Measured("engine", size)
    rounds = ROUNDS[size]
    measured.figures["compiled_mb"] = _compiled_mb(rounds)
    patterns = matcher_for().patterns
    bare_set, loop = _bare_set(patterns), _re_loop(patterns)
    times = _interleaved(rounds, bare_set, loop)
    for name in LENGTHS:
        measured.figures[f"diagnosis_us_{name}"] = median(times[f"diagnosis_{name}"]) * 1e6
        measured.figures[f"diagnosis_p95_us_{name}"] = p95(times[f"diagnosis_{name}"]) * 1e6
        measured.figures[f"set_pass_us_{name}"] = median(times[f"set_{name}"]) * 1e6
        measured.figures[f"diagnoses_per_s_{name}"] = 1 / median(times[f"diagnosis_{name}"])
    measured.figures["re_loop_us_2kb"] = median(times["re_2kb"]) * 1e6
    measured.figures["rules"] = len(matcher_for().rule_set.rules)
    measured.figures["patterns"] = len(patterns)
    diagnosis = measured.figures["diagnosis_us_2kb"]
    measured.ratios["diagnosis_to_re_loop_2kb"] = diagnosis / measured.figures["re_loop_us_2kb"]
    measured.ratios["diagnosis_to_set_pass_2kb"] = diagnosis / measured.figures["set_pass_us_2kb"]
    measured.ratios["per_character_32kb_to_2kb"] = measured.figures["diagnosis_us_32kb"] / diagnosis / 16
    measured.ratios["rules_2000_to_100"] = _growth_by_rules(rounds)
    return measured


def _interleaved(
    rounds: int, bare_set: Callable[[str], object], loop: Callable[[str], object]
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}
    for round_ in range(rounds):
        for name, length in LENGTHS.items():
            text = texts.text(length, seed=round_)
            times.setdefault(f"diagnosis_{name}", []).append(_timed(diagnose, text))
            if round_ < BARE_ROUNDS[name]:
                times.setdefault(f"set_{name}", []).append(_timed(bare_set, text))
            if name == "2kb" and round_ < BARE_ROUNDS[name]:
                times.setdefault("re_2kb", []).append(_timed(loop, text))
    return times


def _timed(judge: Callable[[str], object], text: str) -> float:
    started = perf_counter()
    judge(text)
    return perf_counter() - started


def _bare_set(patterns: tuple[str, ...]) -> Callable[[str], object]:
    """The floor: the same patterns in a set of its own, whose memory of seen texts is its own too."""
    options = pattern_options()
    options.max_mem = SET_MEMORY
    bare = re2.Set.SearchSet(options)
    for pattern in patterns:
        bare.Add(pattern)
    bare.Compile()
    bare.Match("warm")
    return lambda text: bare.Match(text)


def _re_loop(patterns: tuple[str, ...]) -> Callable[[str], object]:
    """What people write by hand. RE2's name for Chinese characters is spelled out for Python's re."""
    compiled = [re.compile(pattern, re.IGNORECASE) for pattern in map(_for_python, patterns)]
    return lambda text: [pattern.search(text) for pattern in compiled]


def _for_python(pattern: str) -> str:
    pattern = re.sub(r"\\p\{Han\}", r"\\u4e00-\\u9fff", pattern) if "[" in pattern else pattern
    pattern = pattern.replace(r"\p{Han}", r"[\u4e00-\u9fff]").replace(r"\z", r"\Z")
    found = re.match(r"(.*)\(\?([ims]+)\)(.*)", pattern, re.DOTALL)
    return f"(?{found[2]}){found[1]}{found[3]}" if found else pattern


def _compiled_mb(rounds: int) -> float:
    """Growth of the process by compiling the catalogue anew and letting it meet many fresh texts."""
    built_in = load_catalogue().rule_set
    gc.collect()
    before = _resident_mb()
    again = RuleSet("compiled again", built_in.rules)
    for seed in range(rounds):
        diagnose(texts.text(2_000, seed=1_000_000 + seed), rules=again)
    gc.collect()
    return max(0.0, _resident_mb() - before)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _growth_by_rules(rounds: int) -> float:
    few, many = (RuleSet(f"generated {count}", tuple(_generated(count))) for count in (100, 2_000))
    times: dict[str, list[float]] = {few.version: [], many.version: []}
    for rules in (few, many):
        diagnose("warm-up", rules=rules)
    for seed in range(rounds):
        text = texts.text(2_000, seed=2_000_000 + seed)
        for rules in (few, many):
            times[rules.version].append(_timed(partial(diagnose, rules=rules), text))
    return median(times[many.version]) / median(times[few.version])


def _generated(count: int) -> Iterator[Rule]:
    causes = sorted(load_catalogue().causes)
    for number in range(count):
        words = texts.rule_words(number)
        when = When(
            all=(Test("text", Op.MATCHES, rf"\b{words[0]}\W{{1,3}}{words[1]}|{words[1]} {words[2]}\b"),),
            any=(
                Test("error_code", Op.IS, f"{words[0]}_{number}"),
                Test("http_status", Op.IN, (400 + number % 30, 500)),
            ),
            none=(Test("told", Op.CONTAINS, f"{words[2]} {words[0]}"),),
        )
        yield Rule(
            id=f"generated-{number}",
            cause=causes[number % len(causes)],
            strength=Strength.LIKELY,
            when=when,
            because=Words("generated", "生成"),
            source="generated",
            fires_on=(),
            quiet_on=(),
        )
