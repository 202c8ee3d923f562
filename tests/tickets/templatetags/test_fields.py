import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tickets.forms.assignment import AssignmentForm
from tickets.forms.escalation import EscalationForm
from tickets.forms.outcome import OutcomeForm
from tickets.templatetags.fields import kept_choices, kept_field


def outcome(**initial):
    return OutcomeForm(initial=initial)


@pytest.mark.parametrize("name", ["cause", "plain", "result"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_field_is_drawn_as_without_remembering(name, language):
    with override(language):
        for cause in ("unknown", "auth.key_invalid", "unknown"):
            field = outcome(cause=cause, plain=f"About {cause}")[name]
            assert kept_field(field) == render_to_string("_field.html", {"field": field})


def test_each_value_has_its_own_choice():
    for value in ("yes", "no", "yes"):
        field = outcome(charged=value)["charged"]
        assert kept_choices(field) == render_to_string("_choices.html", {"field": field})


def test_one_field_in_two_places_of_a_page_has_two_names():
    folded = OutcomeForm(auto_id="closing-%s", use_required_attribute=False)

    assert 'id="outcome-plain"' in kept_field(outcome()["plain"])
    assert 'id="closing-plain"' in kept_field(folded["plain"])
    assert "required" not in kept_field(folded["plain"])


@pytest.mark.django_db
def test_a_choice_with_an_empty_answer_is_not_called_optional():
    assert "may stay empty" not in render_to_string("_field.html", {"field": AssignmentForm()["to"]})


def test_what_was_typed_and_refused_is_never_another_persons():
    typed = EscalationForm({"reason": "x" * 2001})
    refused = kept_field(typed["reason"])

    assert "x" * 2001 in refused
    assert 'class="error"' in refused
    assert "xxx" not in kept_field(EscalationForm()["reason"])
