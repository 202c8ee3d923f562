import re
from pathlib import Path

import pytest

from triage.engine.catalogue.word_classes import load_word_classes, read_word_classes, spell_out

SOUND = """
- id: works
  en: ['works?', 'fine']
  zh: ['正常']

- id: soon_works
  en: ['soon {works}']
"""


def read(tmp_path: Path, text: str) -> tuple[dict[str, str], list[str]]:
    path = tmp_path / "word_classes.yaml"
    path.write_text(text, encoding="utf-8")
    classes, problems = read_word_classes(path)
    return classes, [str(problem) for problem in problems]


def test_a_class_stands_for_its_words_in_both_languages(tmp_path: Path) -> None:
    classes, problems = read(tmp_path, SOUND)
    pattern = re.compile(spell_out("now {works}", classes))
    found = [said for said in ("works", "fine", "正常", "workshops") if pattern.search(f"now {said}")]

    assert problems == []
    assert found == ["works", "fine", "正常"]


def test_a_class_may_name_one_before_it(tmp_path: Path) -> None:
    classes, _ = read(tmp_path, SOUND)

    assert re.search(classes["soon_works"], "it soon works")


def test_a_repetition_is_no_name() -> None:
    assert spell_out("a{0,16}b{2}", {}) == "a{0,16}b{2}"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("soon {works}", "soon {late}"), "does not stand before it: 'late'"),
        (("zh: ['正常']", "fr: ['bien']"), "unknown key 'fr'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    assert any(complaint in problem for problem in read(tmp_path, SOUND.replace(*change))[1])


def test_the_built_in_classes_can_be_read() -> None:
    assert {"works", "fails", "gateway"} <= load_word_classes().keys()
