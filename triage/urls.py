from django.urls import include, path
from django.views.generic import RedirectView

from triage.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    # An admin vouches for the address that a person signs in with; nobody changes the own one.
    path("accounts/email/", RedirectView.as_view(pattern_name="preferences")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/oidc/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("accounts/3rdparty/", RedirectView.as_view(pattern_name="preferences")),
    path("accounts/3rdparty/", include("allauth.socialaccount.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("", include("tickets.urls")),
]

handler400 = "tickets.views.errors.bad_request"
handler403 = "tickets.views.errors.permission_denied"
handler404 = "tickets.views.errors.not_found"
handler500 = "tickets.views.errors.server_error"
