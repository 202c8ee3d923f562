from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from tickets.models import ApiToken, Scope
from tickets.services.failure import pace
from tickets.services.failure.parsing import MOST_ROWS
from tickets.services.failure.reading import REQUIRED, TEXTS
from tickets.services.failure.storing import store

from .auth import Bearer
from .body import body_of, rows_of
from .errors import REFUSALS, ApiError, Refusal

router = Router(tags=["failures"])


class RejectedOut(Schema):
    index: int
    error: str


class FailuresOut(Schema):
    """`duplicates` were reported before, by the same token with the same source_id; they count once."""

    accepted: int
    duplicates: int
    rejected: list[RejectedOut]


NUMBERS = {"http_status", "duration_ms", "retries"}
ROW: dict[str, Any] = {
    "type": "object",
    "required": list(REQUIRED),
    "properties": {
        **{field: {"type": "string", "maxLength": most} for field, most in TEXTS.items()},
        "occurred_at": {"type": "string", "format": "date-time"},
        **{field: {"type": "integer"} for field in sorted(NUMBERS)},
        "stream": {"type": "boolean"},
        "charged": {"type": "boolean"},
        "amount": {"type": "number"},
    },
}


@router.post(
    "/failures",
    auth=Bearer(Scope.FAILURES),
    response={202: FailuresOut, 400: Refusal, 415: Refusal, 429: Refusal, **REFUSALS},
    openapi_extra={"requestBody": body_of(ROW, most=MOST_ROWS)},
)
def create(request: HttpRequest) -> Status[dict[str, Any]]:
    """Report failed requests: a JSON array or one JSON object a line, gzip accepted. What is not rejected is kept,
    and a row that comes again counts once: after any doubt, send the same batch again.
    """
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # set by Bearer
    if wait := pace.seconds_to_wait(token):
        message = f"This token reported too much; it may again in {wait} seconds."
        raise ApiError(429, "too_many", message, retry_after=wait)
    rows = rows_of(request)
    pace.note(token, len(rows))
    stored = store(rows, token=token)
    rejected = [{"index": index, "error": error} for index, error in stored.rejected]
    return Status(202, {"accepted": stored.accepted, "duplicates": stored.duplicates, "rejected": rejected})
