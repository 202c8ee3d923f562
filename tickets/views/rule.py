"""The rules that judge: the list, and what is known of one of them."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.models import RuleFiring, RuleSet, Ticket
from tickets.services.paging import number_of
from tickets.services.rule.drafting import draft_now
from tickets.services.rule.listing import ONLY, Row, last_known, list_rules, row_of
from triage.engine.catalogue.written import as_yaml, raw_of

from .rail import rail_of
from .request import DeskRequest, desk_view

TABS: dict[str, str | Promise] = {
    "": _("All"),
    "changed": _("Changed by us"),
    "off": _("Switched off"),
    "overruled": _("Most overruled"),
}
OUTCOMES: dict[str, str | Promise] = {
    "": _("Fired"),
    "agreed": _("Agreed"),
    "overruled": _("Overruled"),
}
TICKETS = 25


def shown_set(request: DeskRequest) -> RuleSet | None:
    """The draft, where there is one and the active set was not asked for."""
    draft = None if request.GET.get("set") == "active" else draft_now()
    return draft or _active_set()


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_suggest_rules(request.user))
    rule_set = shown_set(request)
    words, only = request.GET.get("q", "")[:200], request.GET.get("only", "")
    only = only if only in ONLY else ""
    page = list_rules(rule_set, words=words, only=only, after=request.GET.get("after", ""))
    kept = {"q": words, "only": only, "set": request.GET.get("set", "")}
    context = {
        "rule_set": rule_set,
        "page": page,
        "words": words,
        "only": only,
        "tabs": TABS,
        "kept": urlencode({name: value for name, value in kept.items() if value and name != "only"}),
        "next": _address(kept | {"after": page.after}) if page.after else "",
        "may_edit": permissions.can_edit_rules(request.user),
        **rail_of(request.user),
    }
    return render(request, "curation/rules.html", context)


@require_safe
@desk_view
def show(request: DeskRequest, rule: str) -> HttpResponse:
    """What it says, what was changed in it, and the tickets on which it fired."""
    permissions.require(permissions.can_suggest_rules(request.user))
    looked_at = shown_set(request)
    rule_set, row = _known(looked_at, rule)
    is_here = rule_set == looked_at
    outcome = request.GET.get("what", "")
    outcome = outcome if outcome in OUTCOMES else ""
    fired = RuleFiring.objects.of(rule).filter(ticket__in=Ticket.objects.visible_to(request.user))
    if outcome:
        fired = fired.filter(outcome=outcome)
    if (last := number_of(request.GET.get("after", ""))) is not None:
        fired = fired.filter(ticket__lt=last)
    tickets = list(fired.select_related("ticket").order_by("-ticket")[: TICKETS + 1])
    more = str(tickets[TICKETS - 1].ticket_id) if len(tickets) > TICKETS else ""
    context = {
        "rule_set": rule_set,
        "row": row,
        "rule": row.rule,
        "is_here": is_here,
        "yaml": row.entry.written if row.entry and row.entry.written else as_yaml(raw_of(row.rule)),
        "outcome": outcome,
        "outcomes": [
            ("", OUTCOMES[""], row.record.fired),
            ("agreed", OUTCOMES["agreed"], row.record.agreed),
            ("overruled", OUTCOMES["overruled"], row.record.overruled),
        ],
        "firings": tickets[:TICKETS],
        "next": _address({"what": outcome, "after": more}) + "#tickets" if more else "",
        "may_edit": permissions.can_edit_rules(request.user) and is_here,
        **rail_of(request.user),
    }
    return render(request, "curation/rule.html", context)


def _known(looked_at: RuleSet | None, rule: str) -> tuple[RuleSet | None, Row]:
    """In the set that is looked at; else in the one that judges; else as it was known last."""
    for rule_set in dict.fromkeys((looked_at, _active_set())):
        if row := row_of(rule_set, rule):
            return rule_set, row
    if known := last_known(rule):
        return known
    raise Http404


def _active_set() -> RuleSet | None:
    return RuleSet.objects.active().select_related("base").defer("content", "base__content").first()


def _address(parts: dict[str, str]) -> str:
    return "?" + urlencode({name: value for name, value in parts.items() if value})
