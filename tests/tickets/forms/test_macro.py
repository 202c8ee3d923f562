import pytest
from django.http import QueryDict

from tests.factories import make_admin, make_agent
from tickets.forms.macro import MacroForm
from tickets.models import Macro
from tickets.services.catalogue import load
from tickets.services.macro.version import NOTHING, content_of

pytestmark = pytest.mark.django_db


def bound(by=None, **fields):
    data = QueryDict(mutable=True)
    for name, value in {"name": "Own", **fields}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return MacroForm(data, content=NOTHING, seen=None, by=by or make_agent(), may_share=False)


def test_every_built_in_macro_can_be_copied_without_loss():
    load()
    for by in (make_admin(), make_agent(language="zh-hans")):
        for macro in Macro.objects.all():
            shown = MacroForm(content=content_of(macro), seen=None, by=by, may_share=True)
            copy = bound(
                by, **{field.html_name: given(field.value()) for field in shown if given(field.value())}
            )

            assert copy.is_valid(), copy.errors
            kept = copy.content
            assert in_any_order(kept["conditions"]) == in_any_order(macro.conditions)
            assert sorted(map(str, kept["actions"])) == sorted(map(str, macro.actions))
            assert kept["texts"] == content_of(macro)["texts"]


def in_any_order(conditions):
    return {group: sorted(map(str, tests)) for group, tests in conditions.items()}


def given(value):
    return "on" if value is True else [str(each) for each in value] if isinstance(value, list) else value


def test_conditions_say_all_fields():
    form = bound(
        confirm="on", verdict=["config_mistake"], cause="quota.*, key.invalid", status=["open", "waiting"],
        known=["model"], unknown=["task_id"], charged="no", held_by="nobody", tag="vip", without_tag="refund, old",
    )  # fmt: skip

    assert form.is_valid(), form.errors
    assert form.content["conditions"] == {
        "all": [
            {"verdict": {"in": ["config_mistake"]}},
            {"status": {"in": ["open", "waiting"]}},
            {"any": [{"cause": {"in": ["key.invalid"]}}, {"cause": {"starts_with": ["quota."]}}]},
            {"model": {"exists": True}},
            {"task_id": {"exists": False}},
            {"charged": {"is": False}},
            {"assigned": {"is": False}},
            {"tag": {"in": ["vip"]}},
        ],
        "none": [{"tag": {"in": ["refund", "old"]}}],
    }


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({}, "__all__", "It does nothing yet"),
        ({"confirm": "on", "cause": "quota.none"}, "cause", "no cause called quota.none"),
        ({"letter": "own"}, "letter_en", "in one language at least"),
        ({"letter": "canned"}, "canned_reply", "Choose the reply"),
        ({"letter": "own", "letter_en": "Please send us your full API key."}, "letter_en", "API key"),
        (
            {"letter": "own", "letter_en": "Your task will be finished within 2 hours."},
            "letter_en",
            "2 hours",
        ),
        ({"letter": "own", "letter_zh": "您好，{colour}"}, "letter_zh", "{colour}"),
        ({"note": "See {colour}."}, "note", "{colour}"),
        ({"escalate_zh": "请查 {colour}"}, "escalate_zh", "{colour}"),
        ({"letter": "ask", "then": "open"}, "then", "leave this as it is"),
        ({"confirm": "on", "known": ["model"], "unknown": ["model"]}, "unknown", "known and not known"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fields, field, words):
    form = bound(**fields)

    assert not form.is_valid()
    assert words in str(form.errors[field])


def test_blanks_that_the_evidence_fills_may_stay_open():
    form = bound(letter="own", letter_en="Hello {customer},\n\nThe model {model} is gone. {charged}")

    assert form.is_valid(), form.errors
    assert form.actions == [{"reply": {"en": "Hello {customer},\n\nThe model {model} is gone. {charged}"}}]
