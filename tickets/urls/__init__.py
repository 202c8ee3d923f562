"""The addresses of the product, room by room."""

from django.urls import path

from tickets.api import api

from . import curation, desk, public, review

urlpatterns = [
    *public.urlpatterns,
    *desk.urlpatterns,
    *review.urlpatterns,
    *curation.urlpatterns,
    path("api/v1/", api.urls),
]
