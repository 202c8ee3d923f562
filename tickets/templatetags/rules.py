"""Pieces of the rule lab."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tickets.models import BacktestFlip, VerdictChoice
from tickets.services.rule.trial import Trial
from tickets.services.rule.vocabulary import STRENGTHS
from tickets.services.rule.words import in_words
from triage.engine.catalogue.written import Mistake
from triage.engine.rule import Strength
from triage.engine.verdict import Diagnosis, Sureness

register = template.Library()


@register.filter
def strength_name(strength: str) -> str:
    return str(STRENGTHS[Strength(strength)]).split(":")[0].split("：")[0]


@register.filter
def verdict_name(verdict: str) -> str:
    return str(VerdictChoice(verdict).label)


@register.filter
def sureness_name(sureness: Sureness) -> str:
    return {"sure": _("Sure"), "likely": _("Likely"), "unsure": _("Unsure")}[sureness]


@register.filter
def flip_kind(kind: str) -> str:
    return {
        BacktestFlip.Kind.BETTER: _("better"),
        BacktestFlip.Kind.WORSE: _("worse"),
        BacktestFlip.Kind.OPEN: _("to look at"),
    }[BacktestFlip.Kind(kind)]


@register.filter
def both_sides(trial: Trial) -> list[tuple[str, Diagnosis]]:
    return [(_("Now"), trial.before), (_("With the draft"), trial.after)]


@register.filter
def mistake_words(what: str) -> str:
    return in_words(what)


@register.filter
def mistake_place(mistake: Mistake) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in mistake.at)


@register.simple_tag
def mistakes_at(mistakes: Iterable[Mistake], *at: str) -> SafeString:
    """What is wrong with one field as a whole; rows show their own."""
    said = [mistake.what for mistake in mistakes if mistake.at == at or mistake.at[:-1] == at != ("when",)]
    shown = [render_to_string("curation/_mistake.html", {"what": what}) for what in dict.fromkeys(said)]
    return mark_safe("".join(shown))  # noqa: S308  # of templates


@register.simple_tag
def unknown_option(
    groups: list[tuple[str, list[tuple[str, str]]]], value: str, *also: str
) -> SafeString | str:
    """What stands there but cannot be chosen stays chosen, so that nothing typed is lost."""
    known = {name for _heading, listed in groups for name, _title in listed}
    if not value or value in known or value in also:
        return ""
    return format_html('<option value="{0}" selected>{0}</option>', value)
