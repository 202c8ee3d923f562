import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import fake_key
from tickets.services.model_list import MOST_PROBLEMS, as_table, read_models


def read(text):
    """Name and values of each model, where the list is in order."""
    found = read_models(text)
    assert found.problems == ()
    return {entry.name: dict(entry.values) for entry in found.models}


def test_a_table_is_read_with_every_column():
    table = (
        "name,also_called,retired_at,successor,unit,price,output_price,currency\n"
        "gpt-4o,4o|gpt4o,,,per_1m_tokens,2.5,10,USD\n"
        "demo-old,,2026-05-01,gpt-4o,per_call,0.3,,CNY\n"
    )

    assert read(table) == {
        "gpt-4o": {
            "also_called": "4o\ngpt4o", "retired_at": None, "successor": "", "unit": "per_1m_tokens",
            "price": Decimal("2.5"), "output_price": Decimal(10), "currency": "USD",
        },
        "demo-old": {
            "also_called": "", "retired_at": date(2026, 5, 1), "successor": "gpt-4o", "unit": "per_call",
            "price": Decimal("0.3"), "output_price": None, "currency": "CNY",
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4o\nclaude-sonnet-4-5\n",
        "name\ngpt-4o\nclaude-sonnet-4-5",
        "\ufeffmodel\r\ngpt-4o\r\n\r\nclaude-sonnet-4-5\r\n",
        '["gpt-4o", "claude-sonnet-4-5"]',
        '{"object":"list","data":[{"id":"gpt-4o","object":"model"},{"id":"claude-sonnet-4-5"}]}',
    ],
    ids=["lines", "one column", "bom", "names", "v1/models"],
)
def test_names_alone_say_nothing_about_prices(text):
    assert read(text) == {"gpt-4o": {}, "claude-sonnet-4-5": {}}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_of_other_makers_are_read(delimiter):
    rows = (("模型", "输入价格", "输出价格", "币种"), ("gpt-4o", "¥18", "72", "RMB"))
    table = "\n".join(delimiter.join(row) for row in rows)

    (values,) = read(table).values()

    assert (values["price"], values["output_price"], values["currency"]) == (Decimal(18), Decimal(72), "CNY")


def test_new_api_ratios_become_prices_for_a_million_tokens():
    answer = {
        "success": True,
        "data": [
            {"model_name": "gpt-4o", "quota_type": 0, "model_ratio": 1.25, "model_price": 0,
             "completion_ratio": 4, "enable_groups": ["default"]},
            {"model_name": "mj_imagine", "quota_type": 1, "model_ratio": 0, "model_price": 0.1},
        ],
    }  # fmt: skip

    assert read(json.dumps(answer)) == {
        "gpt-4o": {"unit": "per_1m_tokens", "price": Decimal("2.5"), "output_price": Decimal(10),
                   "currency": "USD"},
        "mj_imagine": {"unit": "per_call", "price": Decimal("0.1"), "currency": "USD"},
    }  # fmt: skip


def test_litellms_prices_are_exact():
    prices = {
        "sample_spec": {"input_cost_per_token": 0.0},
        "gpt-4o": {"input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05, "mode": "chat"},
        "whisper-1": {"input_cost_per_second": 0.0001, "output_cost_per_second": 0.0001},
        "azure/dall-e-3": {"output_cost_per_image": 0.04},
        "gemini-1.5-pro": {"input_cost_per_token": 1.25e-06, "deprecation_date": "2025-09-24"},
        "free": {"mode": "chat"},
    }

    models = read(json.dumps(prices))

    assert {name: (values.get("unit"), values.get("price")) for name, values in models.items()} == {
        "gpt-4o": ("per_1m_tokens", Decimal("2.5")),
        "whisper-1": ("per_second", Decimal("0.0001")),
        "azure/dall-e-3": ("per_image", Decimal("0.04")),
        "gemini-1.5-pro": ("per_1m_tokens", Decimal("1.25")),
        "free": (None, None),
    }
    assert models["gemini-1.5-pro"]["retired_at"] == date(2025, 9, 24)


def test_litellms_own_models_are_read():
    answer = {"data": [{"model_name": "fast", "model_info": {"input_cost_per_token": 1e-06, "id": "x"}}]}

    assert read(json.dumps(answer))["fast"]["price"] == Decimal(1)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Paste a list or choose a file."),
        ("  \n ", "Paste a list or choose a file."),
        ('{"data": [', "This is no valid JSON: line 1, column 11."),
        ('{"gpt-4o": 1.25}', "This JSON is no list of models."),
        ("[[1]]", "Each entry must be a name or an object."),
        ("{}", "This JSON is no list of models."),
        ("[]", "There is no model in this list."),
        ("gpt-4o,2.5,10", "The first line must name the columns, one of them “name”."),
        ("name,colour\ngpt-4o,red", "These columns are not known: colour."),
        ("name,price\ngpt-4o,cheap", "line 2: “cheap” is no price"),
        ("name,price\ngpt-4o,-1", "line 2: “-1” is no price"),
        ("name,price\ngpt-4o,NaN", "line 2: “NaN” is no price"),
        ("name,unit,price\ngpt-4o,per_moon,1", "line 2: “per_moon” is no unit"),
        ("name,currency,price\ngpt-4o,dollars,1", "line 2: “DOLLARS” is no currency"),
        ("name,retired_at\ngpt-4o,soon", "line 2: “soon” is no date"),
        ("name,price\n,1", "line 2: the name is missing"),
        ("gpt-4o\ngpt-4o", "line 2: the model stands in the list twice"),
        ("<script>", "line 1: “<script>” is no name of a model"),
        ('[{"price": 1}]', "entry 1: the name is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, problem):
    found = read_models(text)

    assert found.problems[0].startswith(problem)


def test_a_key_is_refused_and_not_repeated():
    found = read_models(f"name\n{fake_key('Zz91')}")

    assert found.problems == ("line 2: the name looks like a secret key",)


def test_many_problems_are_told_in_part():
    found = read_models("name,price\n" + "\n".join(f"m{number},x" for number in range(40)))

    assert len(found.problems) == MOST_PROBLEMS + 1
    assert found.problems[-1] == f"… and {40 - MOST_PROBLEMS} more problems"


def test_our_own_table_reads_back_as_it_was():
    listed = read_models("name,also_called,price,output_price\ngpt-4o,4o|gpt4o,2.5,10\nfree,,,\n").models

    table = as_table({"name": entry.name, **entry.values} for entry in listed)

    assert read(table) == {
        entry.name: {"retired_at": None, "successor": "", **entry.values} for entry in listed
    }


@given(st.text(max_size=300) | st.text(alphabet='[]{}":,0n ame\n', max_size=60))
def test_no_text_makes_it_raise(text):
    read_models(text)
