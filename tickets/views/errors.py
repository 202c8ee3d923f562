"""Pages for what went wrong: each says what happened, what is kept, and where to go on."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")
KEPT_FIELDS = ("text", "body", "email", "name", "subject", "reason", "plain")


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long. What was typed is shown in a form that works now, addressed as it was."""
    typed = {field: request.POST[field] for field in request.POST if field not in NEVER_SHOWN}
    context = {
        "action": request.path,
        "shown": {field: value for field, value in typed.items() if field in KEPT_FIELDS},
        "carried": {field: value for field, value in typed.items() if field not in KEPT_FIELDS},
    }
    return render(request, "errors/expired.html", context, status=HTTPStatus.FORBIDDEN)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        return render(
            request, "errors/413.html", {"limit": limit}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        )
    return render(request, "errors/400.html", status=HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=HTTPStatus.FORBIDDEN)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=HTTPStatus.NOT_FOUND)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
