from pathlib import Path

import pytest

from triage.engine.catalogue.stories import read_stories

SOUND = """
- id: works_later
  means: {en: It works later., zh: 之后就好了。}
  speaks_for: provider_incident
  hear: ['works later']
  heard_on: ['It works later.']
  unheard_on: ['It works.']
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "stories.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in read_stories(path)[1]]


def test_a_sound_file_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("hear: ['works later']", "hear: ['(works']"), "missing )"),
        (("hear: ['works later']", "hear: ['{wrks} later']"), "hear names an unknown class of words: 'wrks'"),
        (("hear: ['works later']", "hear: []"), "hear needs at least one entry"),
        (("unheard_on: ['It works.']", "unheard_on: []"), "unheard_on needs at least one entry"),
        (("provider_incident", "the_moon"), "speaks_for must be one of"),
        (("zh: 之后就好了。", "zh: later"), "holds no Chinese"),
        (("speaks_for", "talks_for"), "unknown key 'talks_for'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    assert any(complaint in problem for problem in problems(tmp_path, SOUND.replace(*change)))


def test_an_id_stands_once(tmp_path: Path) -> None:
    assert any("id is used already" in problem for problem in problems(tmp_path, SOUND + SOUND))
