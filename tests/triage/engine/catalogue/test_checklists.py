"""The runbook: complete for every verdict and layer, in both languages."""

import pytest

from triage.engine.catalogue import load_catalogue
from triage.engine.catalogue.checklists import checklist_for, load_checklists, read_checklists
from triage.engine.catalogue.problem import CatalogueError
from triage.engine.lint.reply import must_not_say
from triage.engine.verdict import Place, Verdict


@pytest.mark.parametrize("where", [*Verdict, *Place])
def test_every_verdict_and_layer_has_steps(where):
    assert len([step for step in load_checklists().values() if step.where == where]) >= 2


def test_the_steps_of_a_verdict_come_before_those_of_its_layer():
    wheres = [step.where for step in checklist_for("config_mistake", "key")]

    assert wheres == ["config_mistake"] * 4 + ["key"] * 3


def test_every_cause_has_a_checklist():
    for cause in load_catalogue().causes.values():
        assert checklist_for(cause.verdict, cause.layer)


def test_no_step_says_what_must_not_be_said():
    for step in load_checklists().values():
        assert must_not_say(step.do.en, {}) == must_not_say(step.do.zh, {}) == ()


def test_what_is_wrong_in_a_file_is_named(tmp_path):
    file = tmp_path / "checklists.yaml"
    file.write_text(
        "- {id: a, where: nowhere, do: {en: Do it., zh: 去做。}}\n"
        "- {id: a, where: key, do: {en: Do it., zh: Do it.}, extra: 1}\n"
    )

    with pytest.raises(CatalogueError) as refused:
        read_checklists(file)

    problems = str(refused.value)
    assert "where must be one of" in problems
    assert "id is used already" in problems
    assert "holds no Chinese" in problems
    assert "unknown key 'extra'" in problems
