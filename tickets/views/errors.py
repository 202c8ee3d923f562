"""Pages for what went wrong: each says what happened, what is kept, and where to go on."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

NEVER_SHOWN = (
    "csrfmiddlewaretoken",
    "password",
    "password1",
    "password2",
    "oldpassword",
    "code",
    "credential",
)
FOREIGN = ("Origin checking failed", "Referer checking failed")  # another site sent it: never offer it again
DATABASE_IS_AWAY = (OperationalError, InterfaceError)
COME_AGAIN = "5"  # seconds
KEPT_FIELDS = ("text", "body", "email", "name", "subject", "reason", "plain")


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long. What was typed is shown in a form that works now, addressed as it was."""
    if reason.startswith(FOREIGN):
        return render(request, "errors/403.html", status=HTTPStatus.FORBIDDEN)
    return form_again(request)


def form_again(request: HttpRequest) -> HttpResponse:
    """What was typed, in a form that can be sent again to where it was meant for."""
    context = typed_again(request)
    context["signed_out"] = request.path.startswith("/tickets/") and not request.user.is_authenticated
    return render(request, "errors/expired.html", context, status=HTTPStatus.FORBIDDEN)


def typed_again(request: HttpRequest) -> dict[str, object]:
    """What errors/_again.html needs, to offer all of it anew."""
    typed = {field: request.POST[field] for field in request.POST if field not in NEVER_SHOWN}
    return {
        "action": request.path,
        "shown": {field: value for field, value in typed.items() if field in KEPT_FIELDS},
        "carried": {field: value for field, value in typed.items() if field not in KEPT_FIELDS},
    }


def _for_programs(request: HttpRequest, status: int, code: str, message: str) -> JsonResponse | None:
    """Programs get the one error shape of the API, whoever refused them."""
    if not request.path.startswith("/api/"):
        return None
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        answer = _for_programs(request, 413, "too_large", f"A call may have up to {limit} MB.")
        return answer or render(
            request, "errors/413.html", {"limit": limit}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        )
    answer = _for_programs(request, 400, "bad_request", "The request could not be read.")
    return answer or render(request, "errors/400.html", status=HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=HTTPStatus.FORBIDDEN)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    answer = _for_programs(request, 404, "not_found", "There is nothing at this address.")
    return answer or render(request, "errors/404.html", status=HTTPStatus.NOT_FOUND)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled."""
    if isinstance(sys.exception(), DATABASE_IS_AWAY):
        return _away(request)
    answer = _for_programs(
        request, 500, "server_error", "Something broke on our side; it was written to the log."
    )
    return answer or render(request, "errors/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _away(request: HttpRequest) -> HttpResponse:
    """The database restarts or cannot be reached: what came in was not taken, and may be sent again soon."""
    answer: HttpResponse | None = _for_programs(
        request,
        503,
        "away",
        "The desk cannot reach its database. Nothing of this call was kept; send it again.",
    )
    if answer is None:
        request.user = AnonymousUser()  # the page would ask the database who reads it
        context = typed_again(request) if request.method == "POST" else {}
        answer = render(request, "errors/503.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = COME_AGAIN
    return answer
