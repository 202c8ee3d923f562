"""Stories: each is heard where it says so, keeps quiet on its near misses, and only in the customer's own words."""

import pytest

from triage.engine import diagnose
from triage.engine.catalogue.stories import load_stories
from triage.engine.context import Context
from triage.engine.extract import extract
from triage.engine.listen import hear
from triage.engine.signals import read_signals

STORIES = load_stories()
HEARD = [(story.signal, said) for story in STORIES.values() for said in story.heard_on]
UNHEARD = [(story.signal, said) for story in STORIES.values() for said in story.unheard_on]


def told(text: str) -> set[str]:
    signals = read_signals(text, extract(text), Context.from_dict(None))
    return {name for name in signals.values if name.startswith("story.")}


@pytest.mark.parametrize(("signal", "said"), HEARD)
def test_a_story_is_heard(signal: str, said: str) -> None:
    assert signal in hear([(0, said)])


@pytest.mark.parametrize(("signal", "said"), UNHEARD)
def test_a_near_miss_is_not_heard(signal: str, said: str) -> None:
    assert signal not in hear([(0, said)])


@pytest.mark.parametrize("story", STORIES.values(), ids=lambda story: story.id)
def test_a_story_is_heard_in_both_languages(story) -> None:
    assert any(said.isascii() for said in story.heard_on)
    assert any(not said.isascii() for said in story.heard_on)


def test_the_words_heard_are_shown_with_their_place() -> None:
    text = "Hello.\nSince noon, colleagues see the same.\n\nHTTP 404"
    signals = read_signals(text, extract(text), Context.from_dict(None))
    span = signals.spans["story.others_hit"]

    assert text[span.start : span.end] == signals.values["story.others_hit"] == "colleagues see the same"


def test_machine_output_tells_no_story() -> None:
    assert told('{"error": {"message": "sometimes colleagues see the same"}}') == set()


def test_what_is_only_supposed_is_no_story() -> None:
    assert "story.others_hit" not in told("Maybe colleagues see the same?\n\nHTTP 404")


def test_a_clause_takes_back_only_what_it_says_itself() -> None:
    heard = told("其他模型正常，换个时间又好了")

    assert {"story.other_models_work", "story.recovered"} <= heard


def test_a_story_for_the_other_side_keeps_a_verdict_from_being_sure() -> None:
    error = '{"error":{"message":"Unsupported parameter: store","code":"unsupported_parameter"}}'

    assert diagnose(error).confidence >= 0.8
    assert diagnose(f"Sometimes it works.\n\n{error}").confidence < 0.8
