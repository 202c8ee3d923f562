import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Status

from tickets.models import ApiToken, Language, Scope, Ticket
from tickets.services.evidence import BadValue, parse_value
from tickets.services.intake import open_ticket
from tickets.services.message import receive
from tickets.services.verdict import diagnosis_of
from triage.engine.evidence import FIELDS, Value
from triage.engine.report import as_dict

from .auth import Bearer
from .errors import REFUSALS, ApiError, Refusal
from .schemas import MessageIn, TicketIn, TicketOut

router = Router(tags=["tickets"])


@router.post(
    "/tickets",
    auth=Bearer(Scope.TICKETS),
    response={200: TicketOut, 201: TicketOut, **REFUSALS},
)
def create(request: HttpRequest, data: TicketIn) -> Status[dict[str, Any]]:
    """Open a ticket. The same idempotency key again answers 200 with the ticket that it opened."""
    told = _checked(data)
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # set by Bearer
    key = _own_key(token, data.idempotency_key)
    before = Ticket.objects.filter(idempotency_key=key).exclude(idempotency_key="").first()
    ticket = before or open_ticket(
        text=data.text,
        email=data.email,
        language=_language(data.language),
        source=Ticket.Source.API,
        told=told,
        idempotency_key=key,
        by=f"api:{token.pk}",
    )
    return Status(200 if before else 201, _answer(ticket))


@router.post(
    "/tickets/{number}/messages",
    auth=Bearer(Scope.TICKETS),
    response={201: TicketOut, 404: Refusal, **REFUSALS},
)
def create_message(request: HttpRequest, number: int, data: MessageIn) -> Status[dict[str, Any]]:
    """The customer's next word on a ticket that this token opened. A merged number reaches the ticket it lives
    on in; the answer names that one.
    """
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # set by Bearer
    opened = Ticket.objects.filter(events__kind="opened", events__actor=f"api:{token.pk}")
    ticket = opened.filter(number=number).select_related("customer").first()
    if ticket is None:
        raise ApiError(404, "not_found", "This token opened no ticket with this number.")
    return Status(201, _answer(receive(ticket, text=data.text, source=Ticket.Source.API).ticket))


def _own_key(token: ApiToken, key: str) -> str:
    """A key counts for the token that sent it only; what is stored tells nothing of the key itself."""
    return hashlib.sha256(f"{token.pk}:{key}".encode()).hexdigest() if key else ""


def _checked(data: TicketIn) -> dict[str, Value]:
    """The evidence given beside the text, typed. Raises one refusal that names every field that does not fit."""
    problems: dict[str, str] = {}
    told: dict[str, Value] = {}
    try:
        validate_email(data.email)
    except ValidationError:
        problems["email"] = "This is no e-mail address."
    for field, value in {**data.evidence, **({"account": data.account} if data.account else {})}.items():
        if field not in FIELDS:
            problems[f"evidence.{field}"] = "There is no such evidence field."
            continue
        try:
            told[field] = parse_value(field, str(value))
        except BadValue as refused:
            problems[f"evidence.{field}"] = str(refused)
    if problems:
        raise ApiError(422, "invalid", "Some fields are missing or do not fit.", problems)
    return told


def _language(given: str) -> str:
    """`zh`, `zh-CN` and the like are Chinese; empty leaves it to the text."""
    if not given:
        return ""
    return Language.CHINESE if given.lower().startswith("zh") else Language.ENGLISH


def _answer(ticket: Ticket) -> dict[str, Any]:
    path = reverse("follow_up", args=[ticket.follow_up_token])
    return {
        "number": ticket.number,
        "follow_up_url": settings.BASE_URL.rstrip("/") + path,
        "diagnosis": as_dict(diagnosis_of(ticket)),
    }
