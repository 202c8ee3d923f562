"""The product's addresses, and beside them bare views: the same templates, filled from memory."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from triage.urls import handler400, handler403, handler404, handler500  # noqa: F401
from triage.urls import urlpatterns as product

kept: dict[str, tuple[str, dict[str, Any]]] = {}  # template and context by name


def bare(request: HttpRequest, name: str) -> HttpResponse:
    template, context = kept[name]
    return render(request, template, context)


_PLAIN = engines["django"].from_string(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
_ROWS = [
    [f"{name} of row {row}" for name in ("number", "title", "customer", "status", "time")]
    for row in range(50)
]


def plain(request: HttpRequest) -> HttpResponse:
    """Fifty static rows: how fast this machine is, beside others."""
    return HttpResponse(_PLAIN.render({"rows": _ROWS}, request))


urlpatterns = [path("bare/<str:name>/", bare), path("plain/", plain), *product]
