import pytest
from django import forms
from pytest_django.asserts import assertHTMLEqual

from tickets.forms.select import PlainSelect

CHOICES = [("", "any"), ("One & two", [("a", "A <b>"), ("b", "B")])]


class Form(forms.Form):
    plain = forms.ChoiceField(choices=CHOICES, widget=PlainSelect(attrs={"data-key": "x"}))
    usual = forms.ChoiceField(choices=CHOICES, widget=forms.Select(attrs={"data-key": "x"}))


@pytest.mark.parametrize(
    "form", [Form(), Form({"plain": "b", "usual": "b"}), Form(initial={"plain": "a", "usual": "a"})]
)
def test_it_writes_what_djangos_own_select_writes(form):
    assertHTMLEqual(str(form["plain"]).replace("plain", "one"), str(form["usual"]).replace("usual", "one"))
