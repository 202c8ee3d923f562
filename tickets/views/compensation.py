"""Money that goes back: proposals, the second person's word, and the outcome."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.compensation import CreditForm, DeclineForm, ProposalForm, WordingForm
from tickets.models import Charge, Compensation
from tickets.services.checks import HeldBack
from tickets.services.compensation.deciding import approve, credit, decline
from tickets.services.compensation.limits import limit_of
from tickets.services.compensation.proposing import CannotPropose, Closed, check, propose, withdraw
from tickets.services.compensation.wording import credited_words, declined_words
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view

SIZE = 50
MOST = 200  # charges of one proposal
State = Compensation.State


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_see_charges(request.user))
    state = request.GET.get("state", "")
    found = Compensation.objects.visible_to(request.user)
    found = found.filter(state=state) if state in State.values else found
    after = number_of(request.GET.get("after", ""))
    below = found.filter(pk__lt=after) if after is not None else found
    rows = list(below.select_related("proposed_by", "approved_by").order_by("-pk")[: SIZE + 1])
    context = {
        "compensations": rows[:SIZE],
        "after": rows[SIZE - 1].pk if len(rows) > SIZE else "",
        "state": state if state in State.values else "",
        "states": State.choices,
        **rail_of(request.user),
    }
    return render(request, "review/compensations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    """The charges stand in the address as `charge=…`, or all open ones of an account as `account=…`."""
    permissions.require(permissions.can_request_compensation(request.user))
    charges = _chosen(request)
    try:
        check(charges)
    except CannotPropose as problem:
        messages.warning(request, str(problem))
        return redirect("charges")
    form = ProposalForm(request.POST or None, initial=_beginning(charges))
    if form.is_valid():
        may_grant = permissions.can_approve_compensation(request.user)
        try:
            made = propose(charges, by=request.user, may_grant=may_grant, **form.cleaned_data)
        except CannotPropose as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("compensation", pk=made.pk)
    currency = next((charge.currency for charge in charges if charge.currency), "")
    context = {
        "form": form,
        "charges": charges,
        "limit": limit_of(currency),
        "currency": currency,
        **rail_of(request.user),
    }
    return render(request, "review/compensation_new.html", context, status=422 if form.is_bound else 200)


@require_safe
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_see_charges(request.user))
    return _page(request, _compensation(request, pk))


@require_POST
@desk_view
def approval(request: DeskRequest, pk: int) -> HttpResponse:
    compensation = _compensation(request, pk)
    permissions.require(permissions.can_decide_compensation(request.user, compensation))
    try:
        approve(compensation, by=request.user)
    except Closed:
        messages.warning(request, _("Somebody decided over it meanwhile. This is how it stands."))
    return redirect("compensation", pk=pk)


@require_POST
@desk_view
def refusal(request: DeskRequest, pk: int) -> HttpResponse:
    compensation = _compensation(request, pk)
    permissions.require(permissions.can_decide_compensation(request.user, compensation))
    form = DeclineForm(request.POST, compensation=compensation, prefix="decline")
    return _closed(request, compensation, form, decline)


@require_POST
@desk_view
def outcome(request: DeskRequest, pk: int) -> HttpResponse:
    compensation = _compensation(request, pk)
    permissions.require(permissions.can_approve_compensation(request.user))
    form = CreditForm(request.POST, compensation=compensation, prefix="credit")
    return _closed(request, compensation, form, credit)


@require_POST
@desk_view
def withdrawal(request: DeskRequest, pk: int) -> HttpResponse:
    compensation = _compensation(request, pk)
    permissions.require(permissions.can_withdraw_compensation(request.user, compensation))
    try:
        withdraw(compensation, by=request.user)
    except Closed:
        messages.warning(request, _("Somebody decided over it meanwhile. This is how it stands."))
    return redirect("compensation", pk=pk)


def _compensation(request: DeskRequest, pk: int) -> Compensation:
    people = ("proposed_by", "approved_by", "closed_by", "ticket")
    return get_object_or_404(Compensation.objects.visible_to(request.user).select_related(*people), pk=pk)


def _chosen(request: DeskRequest) -> list[Charge]:
    given = request.POST if request.method == "POST" else request.GET
    visible = Charge.objects.visible_to(request.user).order_by("pk")
    numbers = [number for mark in given.getlist("charge")[:MOST] if (number := number_of(mark)) is not None]
    if not numbers and given.get("account"):
        return list(visible.filter(account=given["account"], state=Charge.State.OPEN)[:MOST])
    return list(visible.filter(pk__in=numbers))


def _beginning(charges: list[Charge]) -> dict[str, Any]:
    due = sum(charge.owed for charge in charges)
    return {
        "amount": f"{due.normalize():f}" if due else "",
        "currency": next((charge.currency for charge in charges if charge.currency), ""),
    }


def _closed(request: DeskRequest, compensation: Compensation, form: WordingForm, close: Any) -> HttpResponse:
    """Try to close it with what the form says; the words for the customer are checked with it."""
    if form.is_valid():
        try:
            close(compensation, by=request.user, sure=request.POST.getlist("sure"), **form.cleaned_data)
        except Closed:
            messages.warning(request, _("Somebody decided over it meanwhile. This is how it stands."))
            return redirect("compensation", pk=compensation.pk)
        except HeldBack as held:
            for objection in held.objections:
                words = (objection.reason, objection.suggestion)
                form.add_error("wording", " ".join(each.in_language(request.user.language) for each in words))
            doubts = [each.code for each in held.objections if each.is_doubt]
            return _page(request, compensation, form, sure=doubts)
        else:
            return redirect("compensation", pk=compensation.pk)
    return _page(request, compensation, form)


def _page(
    request: DeskRequest, compensation: Compensation, bound: WordingForm | None = None, **more: Any
) -> HttpResponse:
    charges = list(compensation.charges.order_by("occurred_at", "pk"))
    credit_form = CreditForm(
        compensation=compensation, prefix="credit", initial={"wording": credited_words(compensation)}
    )
    decline_form = DeclineForm(
        compensation=compensation, prefix="decline", initial={"wording": declined_words(compensation)}
    )
    due = sum((charge.owed for charge in charges), Decimal(0))
    context = {
        "compensation": compensation,
        "charges": charges,
        "due": due,
        "is_more": compensation.amount > due,
        "can_decide": permissions.can_decide_compensation(request.user, compensation),
        "can_credit": permissions.can_approve_compensation(request.user),
        "can_withdraw": permissions.can_withdraw_compensation(request.user, compensation),
        "is_own": compensation.proposed_by_id == request.user.pk,
        "credit_form": bound if isinstance(bound, CreditForm) else credit_form,
        "decline_form": bound if isinstance(bound, DeclineForm) else decline_form,
        **more,
        **rail_of(request.user),
    }
    return render(request, "review/compensation.html", context, status=422 if bound else 200)
