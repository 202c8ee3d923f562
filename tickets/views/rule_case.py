"""Make an overruled verdict a test case of the rule that was wrong, or of the one that should have spoken."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets import permissions
from tickets.forms.rule_case import RuleCaseForm
from tickets.services.rule.case import add_case, offers, word_on

from .rail import rail_of
from .request import DeskRequest, desk_view, ticket_seen_by
from .rule import shown_set


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest, number: int) -> HttpResponse:
    ticket = ticket_seen_by(request.user, number)
    permissions.require(permissions.can_edit_rules(request.user))
    word = word_on(ticket)
    if word is None:
        raise Http404
    form = RuleCaseForm(request.POST or None, offered=offers(word, shown_set(request)), text=word.text)
    if form.is_valid():
        kind, rule = form.chosen
        entry = add_case(rule, kind, form.cleaned_data["text"], by=request.user)
        if entry is not None:
            messages.success(request, _("The case is kept. Now change the rule until it fits."))
            return redirect("rule_edit", rule=entry.rule)
        form.add_error("case", _("This rule is not in the draft."))
    context = {"ticket": ticket, "word": word, "form": form, **rail_of(request.user)}
    return render(request, "curation/rule_case.html", context, status=422 if form.is_bound else 200)
