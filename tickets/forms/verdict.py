from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tickets.models import VerdictChoice
from tickets.services.catalogue import catalogue

from .select import PlainSelect


def cause_choices() -> tuple[tuple[str, Any], ...]:
    """All causes by verdict, in the reader's language."""
    return _causes_in(get_language() or "en")


@lru_cache(maxsize=8)
def _causes_in(language: str) -> tuple[tuple[str, Any], ...]:
    """`language` is the active one."""
    causes = sorted(catalogue().causes.values(), key=lambda cause: (cause.verdict, cause.slug))
    return tuple(
        (
            str(VerdictChoice(verdict).label),
            tuple((cause.slug, cause.title.in_language(language)) for cause in group),
        )
        for verdict, group in groupby(causes, key=lambda cause: cause.verdict)
    )


def cause_to_choose() -> tuple[tuple[str, Any], ...]:
    """All causes behind a line that asks for one: what stands first would be counted as somebody's word."""
    return (("", _("Choose a cause…")), *cause_choices())


class OverruleForm(forms.Form):
    """Not this: the cause that it is, and why. `runners` are causes, as slug and title, that nearly won: they stand
    before the others.
    """

    cause = forms.ChoiceField(
        label=_("It is rather"),
        choices=cause_to_choose,
        widget=PlainSelect,
        error_messages={"required": _("Choose the cause that it is.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say in a sentence what shows it. It is kept and counts against the rule.")
        },
    )

    def __init__(self, *args: Any, runners: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "overrule-%s", **kwargs})  # several forms share one page
        self.runners = tuple(runners)
        if self.runners:
            empty, *causes = cause_to_choose()
            nearly = (gettext("Could also be"), self.runners)
            self.fields["cause"].choices = [empty, nearly, *causes]  # type: ignore[attr-defined]
