from pathlib import Path

import pytest

from triage.engine.catalogue import CatalogueError, load_rules

SOUND = """
- id: key-refused
  cause: key.invalid
  strength: sure
  when:
    all: [{error_code: {is: invalid_api_key}}]
  because: {en: The code says so., zh: 错误码说明了这一点。}
  source: test
  fires_on: ['{"error": {"code": "invalid_api_key"}}']
  quiet_on: ['all is well']
"""


def problems(tmp_path: Path, text: str) -> str:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as refusal:
        load_rules(path)
    return str(refusal.value)


def test_a_sound_file_becomes_a_rule_set_named_after_its_content(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(SOUND, encoding="utf-8")
    rules = load_rules(path)

    assert [rule.id for rule in rules.rules] == ["key-refused"]
    assert rules.version.startswith("own.yaml-")
    path.write_text(SOUND.replace("sure", "likely"), encoding="utf-8")
    assert load_rules(path).version != rules.version


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("  strength: sure\n", "  strength: certain\n"), "strength must be one of sure, likely, hint"),
        (("  source: test\n", ""), "source is missing"),
        (("  source: test\n", "  source: test\n  sorce: x\n"), "unknown key 'sorce'"),
        (("  quiet_on: ['all is well']\n", ""), "quiet_on is missing"),
        (("['all is well']", "[]"), "quiet_on needs at least one case"),
        ((", zh: 错误码说明了这一点。", ""), "because.zh is missing"),
        (("zh: 错误码说明了这一点。", "zh: the code says so"), "because.zh holds no Chinese"),
        (("error_code: {is", "errorcode: {is"), "unknown signal 'errorcode'"),
        (("{is: invalid_api_key}", "{equals: invalid_api_key}"), "unknown op 'equals'"),
        (("{error_code: {is: invalid_api_key}}", "{text: {matches: 'a(?=b)'}}"), "perl operator: (?="),
        (("{error_code: {is: invalid_api_key}}", "{text: {matches: '(a|)'}}"), "matches the empty text"),
        (("{error_code: {is: invalid_api_key}}", "{http_status: {above: high}}"), "needs a number"),
        (("{error_code: {is: invalid_api_key}}", "{http_status: {between: [1]}}"), "needs two numbers"),
        (("key.invalid", "key.imaginary"), "unknown cause 'key.imaginary'"),
        (("all: [", "every: ["), "unknown group 'every'"),
        (("  source: test\n", "  source: test\n  beats: [nothing.*]\n"), "'nothing.*', which is no cause"),
        (("  source: test\n", "  source: test\n  asks: [mood]\n"), "asks names evidence fields, not 'mood'"),
        (("id: key-refused", "id: Key refused"), "id must be words of small letters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_and_rule(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    said = problems(tmp_path, SOUND.replace(*change))

    assert complaint in said
    assert "own.yaml" in said or said.startswith("rules: ")


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    said = problems(
        tmp_path, SOUND.replace("strength: sure", "strength: x").replace("source: test", "sorce: x")
    )

    assert len(said.splitlines()) == 3


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "used already in own.yaml" in problems(tmp_path, SOUND + SOUND)


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    assert "stands twice" in problems(tmp_path, SOUND.replace("  source: test", "  source: a\n  source: b"))


@pytest.mark.parametrize(
    "text", ["", "just words", "- [1, 2]", "a: {", "- &a [*a]\n- !!python/name:os.system"]
)
def test_what_is_no_list_of_rules_is_refused(tmp_path: Path, text: str) -> None:
    assert "own.yaml" in problems(tmp_path, text)
