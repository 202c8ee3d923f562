"""Who is on duty at the gate, week by week."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.rota import RotaForm, WeekForm
from tickets.services.rota import may_be_on_duty, on_duty, save_rota, set_week, weeks_ahead

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    """The weeks to come; an admin also says who takes turns."""
    permissions.require(permissions.can_read_escalations(request.user))
    can_manage = permissions.can_manage_work(request.user)
    if request.method == "POST":
        permissions.require(can_manage)
    form = RotaForm(request.POST or None)
    if form.is_valid():
        save_rota(form.positions, by=request.user)
        messages.success(request, _("The rota was saved."))
        return redirect("rota")
    context = {
        "form": form,
        "weeks": weeks_ahead(),
        "duty": on_duty(),
        "people": may_be_on_duty(),
        "can_manage": can_manage,
        "can_review": permissions.can_review_escalations(request.user),
        **rail_of(request.user),
    }
    return render(request, "review/rota.html", context, status=422 if form.is_bound else 200)


@require_POST
@desk_view
def week(request: DeskRequest) -> HttpResponse:
    """Put somebody on duty in one week: engineers swap among themselves."""
    permissions.require(permissions.can_review_escalations(request.user))
    form = WeekForm(request.POST)
    if form.is_valid():
        set_week(form.cleaned_data["monday"], form.cleaned_data["person"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose a person for that week."))
    return redirect("rota")
