"""Macros of the catalogue: schema, both languages, and texts that may be sent."""

import pytest

from triage.engine.catalogue import load_catalogue
from triage.engine.catalogue.macros import read_macro
from triage.engine.catalogue.problem import Entry
from triage.engine.lint.reply import must_not_say
from triage.engine.macro import Actions, Macro
from triage.engine.verdict import Words

MACROS = load_catalogue().macros
TITLE = {"title": {"en": "Take it", "zh": "接手"}, "folder": {"en": "Own", "zh": "自有"}}


def read(*do: object, **more: object) -> tuple[Macro, list[str]]:
    entry = Entry("macros.yaml", "take-it", {"id": "take-it", **TITLE, "do": list(do), **more})
    return read_macro(entry), [problem.what for problem in entry.problems]


def test_there_are_some() -> None:
    assert len(MACROS) >= 6


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.id)
def test_texts_are_in_both_languages_and_may_be_sent(macro: Macro) -> None:
    for text in filter(None, (macro.actions.letter, macro.actions.note, macro.actions.escalate)):
        assert text.en
        assert text.zh
    if macro.actions.letter:
        assert must_not_say(macro.actions.letter.en, {}) == must_not_say(macro.actions.letter.zh, {}) == ()


def test_actions_are_read() -> None:
    macro, problems = read(
        "confirm",
        {"tag": {"add": ["base-url"]}},
        {"assign": 7},
        {"note": {"en": "Seen."}},
        {"reply": "endpoint-base-url"},
        {"snooze": "tomorrow"},
    )

    assert problems == []
    assert macro.actions == Actions(
        confirm=True,
        add_tags=("base-url",),
        assign="7",
        note=Words("Seen.", ""),
        reply="endpoint-base-url",
        snooze="tomorrow",
    )


@pytest.mark.parametrize(
    ("do", "what"),
    [
        ("dance", "unknown action 'dance'"),
        ({"confirm": 1}, "confirm stands alone"),
        ({"tag": {"add": "x"}}, "tag needs"),
        ({"tag": {}}, "tag needs"),
        ({"assign": "everybody"}, "assign needs"),
        ({"note": "Seen."}, "note needs a text"),
        ({"reply": {"en": "  "}}, "reply needs a text"),
        ({"reply": {"en": "Hello {colour}"}}, "placeholder {colour}"),
        ({"status": "resolved"}, "status needs one of"),
        ({"snooze": "never"}, "snooze needs one of"),
        ({"confirm": None, "ask": None}, "unknown action"),
    ],
)
def test_mistakes_are_named(do: object, what: str) -> None:
    _, problems = read(do)

    assert what in problems[0]


@pytest.mark.parametrize(
    "do", [("confirm", "confirm"), ("ask", {"reply": "x"}), ({"status": "open"}, {"snooze": "reply"})]
)
def test_what_does_not_go_together_is_named(do: tuple[object, ...]) -> None:
    assert len(read(*do)[1]) == 1


@pytest.mark.parametrize(
    ("when", "what"),
    [
        ([], "when must be a mapping"),
        ({"some": []}, "unknown group"),
        ({"all": [{"text": {"contains": "x"}}]}, "unknown signal 'text'"),
        ({"all": [{"verdict": {"equals": "x"}}]}, "unknown op"),
    ],
)
def test_mistakes_in_conditions_are_named(when: object, what: str) -> None:
    assert what in read("confirm", when=when)[1][0]


def test_a_macro_without_conditions_is_always_offered() -> None:
    assert read("confirm")[1] == []
