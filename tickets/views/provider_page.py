"""The status pages of providers that the desk reads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets import permissions
from tickets.forms.provider_page import ProviderPageForm
from tickets.models import ProviderPage
from tickets.services.provider_page import ask_now, remove_provider_page, save_provider_page

from .rail import rail_of
from .request import DeskRequest, desk_view


@require_safe
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_provider_pages(request.user))
    context = {"pages": ProviderPage.objects.all(), **rail_of(request.user)}
    return render(request, "curation/provider_pages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def create(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_provider_pages(request.user))
    return _edit(request, ProviderPage())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_provider_pages(request.user))
    return _edit(request, get_object_or_404(ProviderPage, pk=pk))


@require_POST
@desk_view
def read(request: DeskRequest, pk: int) -> HttpResponse:
    """Now, instead of when it is due."""
    permissions.require(permissions.can_manage_provider_pages(request.user))
    page = get_object_or_404(ProviderPage, pk=pk)
    if ask_now(page):
        messages.success(request, _("It is being read. Open this page again in a moment."))
    else:
        messages.info(request, _("It is switched off, so it is not read."))
    return redirect("provider_pages")


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_manage_provider_pages(request.user))
    page = get_object_or_404(ProviderPage, pk=pk)
    remove_provider_page(page, by=request.user)
    messages.success(request, _("It is no longer read. What it told stays noted."))
    return redirect("provider_pages")


def _edit(request: DeskRequest, page: ProviderPage) -> HttpResponse:
    form = ProviderPageForm(request.POST or None, instance=page)
    if form.is_valid():
        save_provider_page(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("provider_pages")
    context = {"form": form, "page": page, **rail_of(request.user)}
    return render(request, "curation/provider_page.html", context, status=422 if form.is_bound else 200)
