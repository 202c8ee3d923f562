"""One shape for everything that goes wrong: `{"error": {"code", "message", "fields"?}}`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError


class Problem(Schema):
    code: str
    message: str
    fields: dict[str, str] | None = None


class Refusal(Schema):
    error: Problem


class ApiError(Exception):
    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: dict[str, str] | None = None,
        *,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.fields = status, code, message, fields
        self.retry_after = retry_after  # seconds


REFUSALS = {401: Refusal, 403: Refusal, 413: Refusal, 422: Refusal, 429: Refusal}
PLAIN = {
    400: ("bad_request", "The body is no valid JSON in UTF-8."),
    404: ("not_found", "There is nothing at this address."),
}


def install_errors(api: NinjaAPI) -> None:
    @api.exception_handler(ApiError)
    def refused(request: HttpRequest, error: ApiError) -> HttpResponse:
        answer = _answer(api, request, error.status, error.code, error.message, error.fields)
        if error.retry_after is not None:
            answer["Retry-After"] = str(error.retry_after)
        return answer

    @api.exception_handler(AuthenticationError)
    def unauthorized(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        message = "Send a valid token as 'Authorization: Bearer <token>'."
        return _answer(api, request, 401, "unauthorized", message)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = {_place(problem["loc"]): problem["msg"] for problem in error.errors}
        return _answer(api, request, 422, "invalid", "Some fields are missing or do not fit.", fields)

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        code, message = PLAIN.get(error.status_code, ("error", str(error)))
        return _answer(api, request, error.status_code, code, message)


def _place(location: tuple[Any, ...]) -> str:
    """`("body", "data", "text")` is the field `text` to the caller."""
    return ".".join(str(part) for part in location if part not in ("body", "data")) or "body"


def _answer(
    api: NinjaAPI,
    request: HttpRequest,
    status: int,
    code: str,
    message: str,
    fields: dict[str, str] | None = None,
) -> HttpResponse:
    problem: dict[str, Any] = {"code": code, "message": message}
    if fields:
        problem["fields"] = fields
    return api.create_response(request, {"error": problem}, status=status)
