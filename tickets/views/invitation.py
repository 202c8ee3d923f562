"""What an invitation's link opens: choosing a password, once."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tickets.forms.person import JoinForm
from tickets.models import Invitation
from tickets.services.invitation import accept

from .limit import limited


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("report")
def show(request: HttpRequest, token: str) -> HttpResponse:
    invitation = Invitation.objects.with_token(token).first()
    if invitation is None:
        return render(request, "account/invitation.html", {}, status=404)
    if invitation.email:
        translation.activate(invitation.language)
    form = JoinForm(invitation, request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        person = accept(invitation, email=data.get("email", ""), name=data["name"], password=data["password"])
        if person is None:
            return render(request, "account/invitation.html", {}, status=404)
        login(request, person)
        return redirect("inbox")
    context = {"invitation": invitation, "form": form}
    return render(request, "account/invitation.html", context, status=422 if form.is_bound else 200)
