from django.urls import include, path

from triage.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.account.urls")),
    path("", include("tickets.urls")),
]

handler400 = "tickets.views.errors.bad_request"
handler403 = "tickets.views.errors.permission_denied"
handler404 = "tickets.views.errors.not_found"
handler500 = "tickets.views.errors.server_error"
