from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tickets.forms.preference import PreferenceForm

from .away import away_form_of
from .rail import rail_of
from .request import DeskRequest, desk_view


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    form = PreferenceForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        return redirect("preferences")
    status = 422 if form.is_bound else 200
    context = {"form": form, "away_form": away_form_of(request.user), **rail_of(request.user)}
    return render(request, "account/preferences.html", context, status=status)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of the public pages, kept in a cookie for a year."""
    chosen, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response: HttpResponse = HttpResponseRedirect(back)
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=31_536_000, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
