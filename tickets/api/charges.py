from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from tickets.models import ApiToken, Scope
from tickets.services.charge.bringing import MOST
from tickets.services.charge.reading import KINDS, TEXTS
from tickets.services.charge.reporting import report

from .auth import Bearer
from .body import body_of, rows_of
from .errors import REFUSALS, ApiError, Refusal

router = Router(tags=["charges"])


class RejectedLine(Schema):
    index: int
    error: str


class ChargesOut(Schema):
    """`duplicates` were reported before and count once. `unknown` are the indexes of lines whose request nobody here
    knows as failed: they are not kept, and may be sent again later.
    """

    accepted: int
    duplicates: int
    unknown: list[int]
    rejected: list[RejectedLine]


NUMBERS = ("amount", "seconds", "input_tokens", "output_tokens")
LINE: dict[str, Any] = {
    "type": "object",
    "required": ["kind", "at"],
    "properties": {
        "id": {
            "type": "string",
            "description": "The line's own number at the sender: sent again, it counts once.",
        },
        "kind": {"type": "string", "enum": sorted(set(KINDS.values()))},
        "at": {"type": "string", "format": "date-time"},
        "currency": {"type": "string"},
        **{field: {"type": "number"} for field in NUMBERS},
        **{field: {"type": "string", "maxLength": most} for field, most in TEXTS.items()},
        "cause": {"type": "string"},
        "failed": {
            "type": "boolean",
            "description": "The request gave no result: the line is kept though nobody told of the request before.",
        },
    },
}


@router.post(
    "/charges",
    auth=Bearer(Scope.CHARGES),
    response={200: ChargesOut, 400: Refusal, 415: Refusal, **REFUSALS},
    openapi_extra={"requestBody": body_of(LINE, most=MOST)},
)
def create(request: HttpRequest) -> dict[str, Any]:
    """Report what was reserved, settled and refunded: a JSON array or one JSON object a line, gzip accepted. Lines of
    one request find each other by request_id or task_id. After any doubt, send the same batch again.
    """
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # set by Bearer
    rows = rows_of(request)
    if len(rows) > MOST:
        raise ApiError(413, "too_large", f"A call may have up to {MOST:,} lines.")
    reported = report(rows, token=token)
    return {
        "accepted": reported.accepted,
        "duplicates": reported.duplicates,
        "unknown": reported.unknown,
        "rejected": [{"index": index, "error": error} for index, error in reported.rejected],
    }
