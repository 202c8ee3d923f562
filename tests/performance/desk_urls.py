"""The product's addresses, and beside them bare views: the same templates, filled from memory."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from triage.urls import handler400, handler403, handler404, handler500  # noqa: F401
from triage.urls import urlpatterns as product

kept: dict[str, tuple[str, dict[str, Any]]] = {}  # template and context by name


def bare(request: HttpRequest, name: str) -> HttpResponse:
    template, context = kept[name]
    return render(request, template, context)


urlpatterns = [path("bare/<str:name>/", bare), *product]
