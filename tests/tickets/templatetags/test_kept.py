import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.translation import override


def drawn(source, **given):
    return Template("{% load i18n %}" + source).render(
        Context({**given, "request": RequestFactory().get("/")})
    )


@pytest.mark.parametrize("number", [1, 2, "3"])
def test_an_address_is_the_same_as_without_remembering(number):
    for _ in range(2):
        assert drawn("{% url 'ticket' number %}", number=number) == reverse("ticket", args=[number])
        assert drawn("{% url 'ticket' number=number %}", number=number) == reverse("ticket", args=[number])


@pytest.mark.parametrize("number", [0, 7, 2**63 - 1])
def test_the_numbers_of_an_address_stand_where_they_belong(number):
    given = {"number": number, "other": number + 1, "name": "100% a"}
    for _ in range(2):
        assert drawn("{% url 'file' number name %}", **given) == reverse("file", args=[number, "100% a"])
        assert drawn("{% url 'macro_run' number other %}", **given) == reverse(
            "macro_run", args=[number, number + 1]
        )
        assert drawn("{% url 'macro_run' pk=number number=other %}", **given) == reverse(
            "macro_run", kwargs={"number": number + 1, "pk": number}
        )


@pytest.mark.parametrize("value", [-1, "x"])
def test_what_no_address_has_is_told(value):
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'ticket' value %}", value=value)


def test_where_the_desk_stands_below_another_address_that_counts():
    assert drawn("{% url 'inbox' %}") == "/desk/"
    try:
        set_script_prefix("/below/")
        assert drawn("{% url 'inbox' %}") == "/below/desk/"
    finally:
        set_script_prefix("/")


def test_what_is_no_address_is_told_or_stays_empty():
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'nowhere' %}")
    assert drawn("{% url 'nowhere' as there %}[{{ there }}]") == "[]"


def test_an_address_with_signs_is_escaped():
    assert drawn("{% url 'file' 1 name %}", name="a&b") == "/files/1/a&amp;b"


def test_a_text_is_said_in_each_language():
    template = Template("{% load i18n %}{% translate 'Inbox' %}|{% translate 'Inbox' as said %}{{ said }}")

    for _ in range(2):
        assert template.render(Context()) == "Inbox|Inbox"
        with override("zh-hans"):
            assert template.render(Context()) == "收件箱|收件箱"


def test_texts_that_differ_are_not_remembered():
    template = Template("{% load i18n %}{% translate word %}/{% translate 'off' context 'probe' %}/100%%")

    assert template.render(Context({"word": "Inbox"})).startswith("Inbox/")
    with override("zh-hans"):
        first, second = (template.render(Context({"word": word})) for word in ("Inbox", "Help centre"))
    assert first.split("/")[0] == "收件箱"
    assert second.split("/")[0] == "帮助中心"
