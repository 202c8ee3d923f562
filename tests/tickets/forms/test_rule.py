"""Both sides of the editor: whichever was changed counts, and nothing typed is lost."""

from typing import Any

import pytest

from tests.tickets.services.rule.test_set import OWN
from tickets.forms.rule import NEW, RuleEditor, stored_editor
from triage.engine.catalogue import load_catalogue
from triage.engine.catalogue.written import as_yaml, raw_of, read_written


def as_sent(editor: RuleEditor, **changed: str) -> dict[str, str]:
    """What a browser would send of this editor, with these fields changed."""
    given = {
        **editor.fields, "yaml": editor.yaml, "opened": editor.opened, "kept": editor.kept,
        "form_was": editor.form_was, "yaml_was": editor.yaml_was,
    }  # fmt: skip
    for group, rows in editor.groups.items():
        for at, row in enumerate(rows):
            given |= {
                f"{group}-{at}-signal": row.signal,
                f"{group}-{at}-op": row.op,
                f"{group}-{at}-value": row.value,
            }
    for name, samples in editor.samples.items():
        for at, sample in enumerate(samples):
            given |= {f"{name}-{at}-text": sample.text, f"{name}-{at}-context": sample.context}
    return {name: value.replace("\n", "\r\n") for name, value in (given | changed).items()}


def single(raw: Any) -> Any:
    """A list of one pattern is that pattern."""
    if isinstance(raw, dict):
        return {
            key: value[0]
            if key == "matches" and isinstance(value, list) and len(value) == 1
            else single(value)
            for key, value in raw.items()
        }
    return [single(each) for each in raw] if isinstance(raw, list) else raw


def said(editor: RuleEditor) -> list[str]:
    return [mistake.what for mistake in editor.mistakes]


def test_what_was_not_touched_stays_letter_by_letter() -> None:
    text = "# why we have this\n" + OWN
    editor = RuleEditor.sent(as_sent(stored_editor(text)))

    assert editor.yaml == text
    assert editor.rule == read_written(OWN).rule


@pytest.mark.parametrize("at", range(0, 600, 5))
def test_the_form_says_every_rule_of_the_catalogue(at: int) -> None:
    rules = load_catalogue().rule_set.rules
    rule = rules[at % len(rules)]
    shown = stored_editor(as_yaml(raw_of(rule)))

    sent = RuleEditor.sent(as_sent(shown, strength="hint" if rule.strength != "hint" else "sure"))

    assert sent.rule is not None
    assert single(raw_of(sent.rule)) == single({**raw_of(rule), "strength": str(sent.rule.strength)})


def test_a_change_in_the_form_is_written_into_the_yaml() -> None:
    editor = RuleEditor.sent(as_sent(stored_editor(OWN), strength="hint"))

    assert "strength: hint" in editor.yaml
    assert editor.rule is not None


def test_a_change_in_the_yaml_is_shown_in_the_form() -> None:
    editor = RuleEditor.sent(as_sent(stored_editor(OWN), yaml=OWN.replace("teapot", "samovar")))

    assert editor.groups["all"][0].value == "samovar"


def test_where_both_were_changed_nothing_is_decided() -> None:
    sent = as_sent(stored_editor(OWN), strength="hint", yaml=OWN.replace("sure", "likely"))
    editor = RuleEditor.sent(sent)

    assert editor.conflict
    assert "strength: likely" in editor.yaml
    assert editor.fields["strength"] == "hint"
    again = as_sent(editor)
    assert "strength: hint" in RuleEditor.sent(again | {"side": "form"}).yaml
    assert "strength: likely" in RuleEditor.sent(again | {"side": "yaml"}).yaml


def test_yaml_that_cannot_be_read_stays_as_typed_beside_the_form() -> None:
    broken = OWN.replace("strength: sure", "strength: [sure")
    editor = RuleEditor.sent(as_sent(stored_editor(OWN), yaml=broken))

    assert editor.yaml == broken
    assert editor.fields["cause"] == "gateway.bug"
    assert editor.rule is None
    assert editor.mistakes[0].line == 4


def test_a_mistake_stands_beside_its_row() -> None:
    editor = RuleEditor.sent(as_sent(stored_editor(OWN), **{"all-0-value": "(open"}))

    assert "missing )" in editor.groups["all"][0].errors[0]


def test_rows_are_added_and_taken_away_without_losing_others() -> None:
    editor = RuleEditor.sent(as_sent(stored_editor(OWN)))
    editor.add("none")
    editor.add("quiet_on")
    again = RuleEditor.sent(
        as_sent(editor, **{"none-0-signal": "http_status", "none-0-op": "in", "none-0-value": "500\n'x'"})
    )

    assert read_written(again.yaml).raw["when"]["none"] == [{"http_status": {"in": [500, "x"]}}]
    again.remove("none-0")
    assert "none" not in read_written(again.yaml).raw["when"]


def test_a_text_of_digits_stays_a_text() -> None:
    raw = read_written(OWN).raw
    raw["when"]["all"] = [{"error_code": {"in": ["30001", 429]}}, {"error_code": {"is": "true"}}]
    editor = RuleEditor.sent(as_sent(stored_editor(as_yaml(raw)), strength="hint"))

    assert read_written(editor.yaml).raw["when"] == raw["when"]


def test_secrets_in_cases_are_masked_before_they_are_kept() -> None:
    key = "sk-" + "Q7f3" * 11
    editor = RuleEditor.sent(as_sent(stored_editor(OWN), **{"fires_on-0-text": f"teapot {key}"}))
    editor.mask()

    assert editor.was_masked
    assert key not in editor.yaml


def test_an_unknown_cause_is_a_mistake_of_the_field() -> None:
    editor = RuleEditor.sent(as_sent(stored_editor(OWN), cause="gateway.ghost"))

    assert editor.errors_at("cause") == ["unknown cause 'gateway.ghost'"]


@pytest.mark.parametrize(
    "sent", [{}, {"yaml": "[[["}, {"kept": "[", "form_was": "7", "all-0-signal": "group"}]
)
def test_whatever_is_sent_is_answered(sent: dict[str, Any]) -> None:
    assert RuleEditor.sent(sent).rule is None


def test_a_new_rule_says_what_is_missing() -> None:
    editor = RuleEditor.sent(as_sent(RuleEditor(NEW), source="seen today"))

    assert any("id must be" in what for what in said(editor))
