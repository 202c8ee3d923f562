"""How the desk shows canned replies and macros, and what became of them."""

from collections.abc import Iterator

from django import template
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from tickets.models.scoped import Scoped
from tickets.services.macro.preview import Preview as MacroPreview
from tickets.services.reply_preview import Preview
from tickets.services.reply_record import Look
from triage.engine.catalogue.replies import OTHER_PLACEHOLDERS
from triage.engine.evidence import FIELDS

register = template.Library()
LOOKS = {
    Look.UNUSED: gettext_lazy("Not sent for 90 days"),
    Look.FAILING: gettext_lazy("Customers often come back after it"),
}
FIELD_TITLES = {
    "cause": gettext_lazy("Cause"),
    "scope": gettext_lazy("For whom"),
    "title": gettext_lazy("Title"),
    "body": gettext_lazy("Text"),
    "actions": gettext_lazy("What it does"),
    "conditions": gettext_lazy("Where it is offered"),
    "name": pgettext_lazy("of a thing", "Name"),
    "folder": gettext_lazy("Folder"),
    "note": gettext_lazy("Note"),
    "escalate": gettext_lazy("Question to the engineer"),
    "letter": gettext_lazy("Letter to the customer"),
}
# What no field of the evidence is named for.
OTHERS = {
    "customer": gettext_lazy("the name of the customer"),
    "missing": gettext_lazy("questions for what is missing"),
    "corrected_base_url": gettext_lazy("the base URL as it should be"),
    "nearest_model": gettext_lazy("the nearest name of a model"),
    "wait": gettext_lazy("how long to wait"),
    "request_fault": gettext_lazy("what is wrong with the request"),
    "pacing_link": gettext_lazy("a link to the pacing tool"),
    "request_check_link": gettext_lazy("a link to the request checker"),
}


@register.filter
def look_reason(look: str) -> str:
    return str(LOOKS[Look(look)])


@register.filter
def kept_field(name: str) -> str:
    return str(FIELD_TITLES[name])


@register.simple_tag
def placeholders() -> list[tuple[str, str]]:
    """Every blank that can be filled, as it is written, with what stands there."""
    language = get_language() or "en"
    fields = [(name, field.in_language(language)) for name, field in FIELDS.items()]
    others = [(name, str(OTHERS[name])) for name in sorted(OTHER_PLACEHOLDERS)]
    return [(f"{{{name}}}", title) for name, title in (*others, *fields)]


@register.filter
def kept_for_whom(kept: Scoped) -> str:
    """As the reader sees it: what is somebody's own is seen by them alone."""
    if kept.team is not None:
        return gettext("for the team %(name)s") % {"name": kept.team}
    if kept.owner_id is not None:
        return gettext("only for you")
    return gettext("built in") if getattr(kept, "is_built_in", False) else gettext("for everybody")


@register.filter
def preview_objections(preview: Preview | MacroPreview) -> Iterator[str]:
    """Why it could not go out like this: the reason, and the words meant."""
    language = get_language() or "en"
    if preview.draft is None:
        return
    for objection in preview.objections:
        words = preview.draft.text[objection.span.start : objection.span.end][:80]
        yield f"{objection.reason.in_language(language)} “{words}”"
