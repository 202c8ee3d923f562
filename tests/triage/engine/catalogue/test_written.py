"""Rules as people write them: mistakes with their lines, and nothing lost on the way from text to rule and back."""

import pytest

from triage.engine.catalogue import load_catalogue
from triage.engine.catalogue.written import as_yaml, list_as_yaml, raw_of, read_all, read_written

RULE = """\
id: own-quota-words
cause: quota.balance
strength: likely
when:
  all:
    - text: {matches: 'no more money'}
    - http_status: {in: [402, 403]}
because:
  en: The gateway says so.
  zh: 网关这样说。
source: seen in October
fires_on:
  - HTTP 402 no more money
quiet_on:
  - HTTP 500 no more money
"""


def mistakes(text: str) -> list[tuple[int | None, str]]:
    return [(each.line, each.what) for each in read_written(text).mistakes]


def test_a_rule_is_read_as_it_was_written() -> None:
    written = read_written(RULE)

    assert written.mistakes == ()
    assert written.rule is not None
    assert written.rule.id == "own-quota-words"


@pytest.mark.parametrize("at", range(0, 600, 7))
def test_every_rule_comes_back_as_it_was(at: int) -> None:
    rules = load_catalogue().rule_set.rules
    rule = rules[at % len(rules)]

    assert read_written(as_yaml(raw_of(rule))).rule == rule


def test_a_list_of_rules_comes_back_as_it_was() -> None:
    rules = load_catalogue().rule_set.rules[:20]

    assert [each.rule for each in read_all(list_as_yaml(map(raw_of, rules)))] == list(rules)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("strength: likely", "strength: certain", 3, "strength must be one of"),
        ("text: {matches: 'no more money'}", "wording: {is: x}", 6, "unknown signal 'wording'"),
        ("matches: 'no more money'", "matches: '(open'", 6, "missing )"),
        ("{in: [402, 403]}", "{in: 402}", 7, "needs a list"),
        ("  zh: 网关这样说。\n", "", 8, "zh"),
        ("source: seen in October\n", "", None, "source is missing"),
        ("  - HTTP 402 no more money", "  - 402", 13, "a case is a text"),
        ("source: seen", "source: [seen", 12, ""),
        ("source: seen in October", "cause: twice", 11, "stands twice"),
        ("source: seen in October", "source: &a b\nasks: [*a]", 12, "aliases"),
    ],
)
def test_a_mistake_names_its_line(old: str, new: str, line: int | None, words: str) -> None:
    found = mistakes(RULE.replace(old, new))

    assert any(words in what for _, what in found), found
    assert line in [at for at, _ in found] or line is None, found


@pytest.mark.parametrize(
    "text", ["", "# only a remark", "just words", "- 1\n- 2", "? [1, 2]\n: x", "a: b: c"]
)
def test_what_is_no_rule_is_said_and_not_raised(text: str) -> None:
    assert read_written(text).rule is None
    assert mistakes(text)


def test_an_unknown_key_is_named_with_its_line() -> None:
    assert mistakes(RULE + "colour: red\n")[0][0] == 16
