"""What providers say of their own troubles: written down, read from a status page's answer, changed, removed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets import permissions
from tickets.forms.notice import NoticeForm, StatusPageForm
from tickets.models import ProviderNotice
from tickets.services.notice import keep
from tickets.services.paging import number_of

from .rail import rail_of
from .request import DeskRequest, desk_view

SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def index(request: DeskRequest) -> HttpResponse:
    """Who reads incidents reads them; a post writes a new one down."""
    permissions.require(permissions.can_read_incidents(request.user))
    can_keep = permissions.can_keep_notices(request.user)
    form = NoticeForm(request.POST or None, initial={"provider": request.GET.get("provider", "")})
    if request.method == "POST":
        permissions.require(can_keep)
        if form.is_valid():
            form.instance.by = request.user
            form.save()
            return redirect("notices")
    return _page(request, form, StatusPageForm(), status=422 if form.is_bound else 200)


@require_POST
@desk_view
def read(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_keep_notices(request.user))
    form = StatusPageForm(request.POST)
    if not form.is_valid():
        return _page(request, NoticeForm(), form, status=422)
    kept = keep(form.heard, provider=form.cleaned_data["provider"], by=request.user)
    new = sum(each.is_new for each in kept)
    messages.success(
        request, _("%(new)d new, %(known)d brought up to date.") % {"new": new, "known": len(kept) - new}
    )
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_keep_notices(request.user))
    notice = get_object_or_404(ProviderNotice.objects.visible_to(request.user), pk=pk)
    form = NoticeForm(request.POST or None, instance=notice)
    if form.is_valid():
        form.save()
        return redirect("notices")
    context = {"form": form, "notice": notice, **rail_of(request.user)}
    return render(request, "review/notice.html", context, status=422 if form.is_bound else 200)


@require_POST
@desk_view
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    permissions.require(permissions.can_keep_notices(request.user))
    get_object_or_404(ProviderNotice.objects.visible_to(request.user), pk=pk).delete()
    return redirect("notices")


def _page(request: DeskRequest, form: NoticeForm, page_form: StatusPageForm, *, status: int) -> HttpResponse:
    after = number_of(request.GET.get("after", ""))
    notices = ProviderNotice.objects.visible_to(request.user)
    below = notices.filter(pk__lt=after) if after is not None else notices
    rows = list(below.order_by("-pk")[: SIZE + 1])
    context = {
        "form": form,
        "page_form": page_form,
        "notices": rows[:SIZE],
        "after": rows[SIZE - 1].pk if len(rows) > SIZE else "",
        "can_keep": permissions.can_keep_notices(request.user),
        "can_manage_pages": permissions.can_manage_provider_pages(request.user),
        **rail_of(request.user),
    }
    return render(request, "review/notices.html", context, status=status)
