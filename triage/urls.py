from django.urls import include, path
from django.views.generic import RedirectView

from triage.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    # An admin vouches for the address that a person signs in with; nobody changes the own one.
    path("accounts/email/", RedirectView.as_view(pattern_name="preferences")),
    path("accounts/", include("allauth.account.urls")),
    path("", include("tickets.urls")),
]

handler400 = "tickets.views.errors.bad_request"
handler403 = "tickets.views.errors.permission_denied"
handler404 = "tickets.views.errors.not_found"
handler500 = "tickets.views.errors.server_error"
