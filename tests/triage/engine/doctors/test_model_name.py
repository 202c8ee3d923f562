from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.model_name import MOST_NAMES, check_model_name
from triage.engine.doctors.model_words import SENTENCES, ModelProblem
from triage.engine.doctors.retired_models import RetiredModel, retired_models

OFFERED = (
    "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-5.6-sol", "claude-sonnet-4-5-20250929", "claude-opus-4-8",
    "claude-3-5-haiku-20241022", "deepseek-v4-flash", "qwen3-max", "qwen3-max-2026-01-23", "Doubao-Seed-1.8",
    "google/gemini-3.5-flash", "text-embedding-3-small", "kling-v2-master",
)  # fmt: skip


@pytest.mark.parametrize("name", OFFERED)
def test_an_offered_name_is_right(name):
    advice = check_model_name(name, OFFERED)

    assert (advice.problem, advice.nearest) == ("", (name,))


WRONG = [
    (" gpt-4o", "stray_characters", "gpt-4o"),
    ("gpt-4o\n", "stray_characters", "gpt-4o"),
    ('"gpt-4o"', "stray_characters", "gpt-4o"),
    ("ｇｐｔ－４ｏ", "full_width", "gpt-4o"),
    ("gpt-4o\u200b", "full_width", "gpt-4o"),
    ("GPT-4o", "case", "gpt-4o"),
    ("doubao-seed-1.8", "case", "Doubao-Seed-1.8"),
    ("gpt-4o@OpenAI", "client_addition", "gpt-4o"),
    ("claude-opus-4-8[1m]", "client_addition", "claude-opus-4-8"),
    ("gpt-4o:online", "client_addition", "gpt-4o"),
    ("openai/gpt-4o", "vendor_prefix", "gpt-4o"),
    ("models/gpt-4.1", "vendor_prefix", "gpt-4.1"),
    ("openai:gpt-4o", "vendor_prefix", "gpt-4o"),
    ("gemini-3.5-flash", "vendor_prefix", "google/gemini-3.5-flash"),
    ("us.anthropic.claude-opus-4-8-v1:0", "vendor_prefix", "claude-opus-4-8"),
    ("gpt4o", "punctuation", "gpt-4o"),
    ("gpt 4o mini", "punctuation", "gpt-4o-mini"),
    ("claude-opus-4.8", "punctuation", "claude-opus-4-8"),
    ("claude-4.8-opus", "alias", "claude-opus-4-8"),
    ("opus 4.8", "alias", "claude-opus-4-8"),
    ("chatgpt-4o", "alias", "gpt-4o"),
    ("claude-sonnet-4-5", "date_suffix", "claude-sonnet-4-5-20250929"),
    ("claude-sonnet-4.5-latest", "date_suffix", "claude-sonnet-4-5-20250929"),
    ("gpt-4o-2024-11-20", "date_suffix", "gpt-4o"),
    ("qwen3-max-latest", "date_suffix", "qwen3-max-2026-01-23"),
    ("gtp-4o-mini", "spelling", "gpt-4o-mini"),
    ("deepseek-v4-falsh", "spelling", "deepseek-v4-flash"),
    ("gpt-4-turbo", "retired", "gpt-5.6-sol"),
    ("deepseek-chat", "retired", "deepseek-v4-flash"),
    ("openai/gpt-4-turbo", "retired", "gpt-5.6-sol"),
]


@pytest.mark.parametrize(("name", "problem", "meant"), WRONG)
def test_the_meant_name_comes_first(name, problem, meant):
    advice = check_model_name(name, OFFERED)

    assert (advice.problem, advice.nearest[:1]) == (problem, (meant,))
    assert f'"model": "{meant}"' in advice.explanation.en
    assert f'"model": "{meant}"' in advice.explanation.zh


@pytest.mark.parametrize("name", ["llama-4-maverick", "gpt-4", "sora-2", "我的模型"])
def test_another_model_is_not_called_a_spelling_mistake(name):
    assert check_model_name(name, OFFERED, retired={}).problem == "not_offered"


def test_a_version_is_never_taken_for_a_slip():
    advice = check_model_name("gpt-4.2", OFFERED)

    assert advice.problem == "not_offered"
    assert "gpt-4.1" in advice.nearest


@pytest.mark.parametrize("name", ["", "  ", '""', "\u200b"])
def test_an_empty_name_is_named(name):
    assert check_model_name(name, OFFERED).problem == "empty"


def test_without_a_list_only_what_is_publicly_known_is_said():
    assert check_model_name("gpt-4o", []).problem == "no_list"
    gone = check_model_name("claude-3-opus-20240229", [])
    assert gone.problem == "retired"
    assert "2026-01-05" in gone.explanation.zh


def test_the_operators_list_wins_over_the_retirement_table():
    assert check_model_name("gpt-4", ["gpt-4"]).problem == ""


def test_an_own_retirement_table_is_used():
    table = {"old": RetiredModel("old", date(2026, 1, 2), "new")}

    advice = check_model_name("old", ["newer", "new"], retired=table)

    assert advice.nearest == ("new",)
    assert "2026-01-02" in advice.explanation.en


def test_a_successor_that_is_not_offered_is_still_named():
    advice = check_model_name("gpt-4-turbo", ["qwen3-max"])

    assert "gpt-5.6-sol" in advice.explanation.en


def test_the_table_of_retired_models_is_sound():
    for name, model in retired_models().items():
        assert name == name.lower() == model.name
        assert isinstance(model.date, date)
        assert isinstance(model.successor, str)
        assert model.successor != name


def test_every_problem_has_words_in_both_languages():
    assert set(SENTENCES) == set(ModelProblem)
    assert all(words.en and words.zh for words in SENTENCES.values())


names = st.text(max_size=40) | st.from_regex(r"\A[a-z/:.@\[\]0-9-]{0,40}\Z")


@given(names, st.lists(names, max_size=8))
def test_no_name_makes_it_raise(name, offered):
    advice = check_model_name(name, offered)

    assert set(advice.nearest) <= set(offered)
    assert len(advice.nearest) <= MOST_NAMES


def test_an_alias_leads_to_its_name_unless_it_is_offered_itself() -> None:
    aliases = {"4o": "gpt-4o"}

    assert check_model_name("4o", ["gpt-4o"], aliases=aliases).nearest == ("gpt-4o",)
    assert check_model_name("openai/4O", [], aliases=aliases).problem is ModelProblem.ALIAS
    assert check_model_name("4o", ["gpt-4o", "4o"], aliases=aliases).problem is ModelProblem.NONE
