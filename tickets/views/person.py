"""The people of the desk, as an admin keeps them."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.person import FactorsForm, InvitationForm, RoleForm
from tickets.models import AuditEntry, Invitation, Person, Role
from tickets.services import person as service
from tickets.services import second_factor
from tickets.services.audit import note
from tickets.services.invitation import invite, withdraw
from tickets.services.privacy.erasure import StillActive, erase_person
from tickets.services.privacy.export import data_of_person

from .rail import rail_of
from .request import DeskRequest, desk_view

CHANGES = {
    "retire": service.retire,
    "reinstate": service.reinstate,
    "sign_out": service.sign_out_everywhere,
    "factors": service.remove_factors,
}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    """Everybody, who is invited, and the form that invites."""
    permissions.require(permissions.can_manage_people(request.user))
    form = InvitationForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        invitation = invite(**form.cleaned_data, by=request.user)
        messages.success(request, _("A letter is on its way to %(email)s.") % {"email": invitation.email})
        return redirect("people")
    return _page(request, form, FactorsForm(initial={"roles": sorted(second_factor.demanded_roles())}))


@require_POST
@desk_view
def factors(request: DeskRequest) -> HttpResponse:
    """Which roles need a second factor."""
    permissions.require(permissions.can_manage_people(request.user))
    form = FactorsForm(request.POST)
    if not form.is_valid():
        return _page(request, InvitationForm(), form)
    second_factor.demand({Role(role) for role in form.cleaned_data["roles"]}, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_people(request.user))
    person = get_object_or_404(_people(), pk=pk)
    form = RoleForm(request.POST or None, initial={"role": person.role})
    if form.is_valid():
        try:
            service.change_role(person, role=form.cleaned_data["role"], by=request.user)
        except service.LastAdmin:
            form.add_error(
                "role", _("Nobody else could manage people then. Make somebody else an admin first.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("people")
    context = {"person": person, "form": form, **rail_of(request.user)}
    return render(request, "curation/person.html", context, status=422 if form.is_bound else 200)


@require_POST
@desk_view
def state(request: DeskRequest, pk: int) -> HttpResponse:
    """`do` names one of CHANGES."""
    permissions.require(permissions.can_manage_people(request.user))
    person = get_object_or_404(Person, pk=pk)
    change = CHANGES.get(request.POST.get("do", ""))
    if change is not None:
        try:
            change(person, by=request.user)
        except service.LastAdmin:
            messages.error(
                request, _("Nobody else could manage people then. Make somebody else an admin first.")
            )
        else:
            messages.success(request, _("Saved."))
    return redirect("person", pk=pk)


@require_safe
@desk_view
def export(request: DeskRequest, pk: int) -> HttpResponse:
    """What the desk holds about somebody who works at it."""
    permissions.require(permissions.can_manage_privacy(request.user))
    person = get_object_or_404(Person, pk=pk, erased_at=None)
    if request.method == "GET":
        note(AuditEntry.Kind.EXPORT, by=request.user, about=f"person-{pk}.zip")
    answer = HttpResponse(data_of_person(person), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="person-{pk}.zip"'
    return answer


@require_POST
@desk_view
def erasure(request: DeskRequest, pk: int) -> HttpResponse:
    """Only with the address typed once more, and only where the account is closed."""
    permissions.require(permissions.can_manage_privacy(request.user))
    person = get_object_or_404(Person, pk=pk, erased_at=None)
    if request.POST.get("email", "").strip().lower() != person.email.lower():
        messages.error(request, _("Type the address exactly as it stands above."))
        return redirect("person", pk=pk)
    try:
        erase_person(person, by=request.user)
    except StillActive:
        messages.error(request, _("Close the account first."))
        return redirect("person", pk=pk)
    messages.success(request, _("Erased. What the person did stays, under a number."))
    return redirect("people")


@require_POST
@desk_view
def withdrawal(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_people(request.user))
    withdraw(get_object_or_404(Invitation, pk=pk), by=request.user)
    return redirect("people")


def _page(request: DeskRequest, form: InvitationForm, factors_form: FactorsForm) -> HttpResponse:
    context = {
        "people": _people().order_by("-is_active", "name", "pk"),
        "invitations": Invitation.objects.open().exclude(email="").select_related("by").order_by("pk"),
        "form": form,
        "factors_form": factors_form,
        **rail_of(request.user),
    }
    bound = form.is_bound or factors_form.is_bound
    return render(request, "curation/people.html", context, status=422 if bound else 200)


def _people() -> QuerySet[Person]:
    having = Authenticator.objects.filter(user=OuterRef("pk"), type__in=second_factor.COUNTING)
    return Person.objects.annotate(has_factor=Exists(having), session_count=Count("usersession"))
