"""What may be told to a provider's support: the failed request and its answer, and nothing about who sent it."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tickets.models import Escalation, Ticket
from triage.engine.evidence import FIELDS

from .redaction import safe_words

TOLD = (
    "occurred_at", "model", "endpoint", "request_type", "http_status", "error_type", "error_code", "request_id",
    "task_id", "task_state", "stream", "retries", "retry_after", "region", "client",
)  # fmt: skip
PERSONAL = ("account", "key_owner", "key")
MOST_ERROR = 3000
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def provider_text(escalation: Escalation, *, language: str) -> str:
    """Text to paste, in this language. Names, addresses and accounts of the customer are left out of every part."""
    ticket = escalation.ticket
    values = ticket.known_evidence()
    with translation.override(language):
        parts = list(_parts(escalation, values, language))
        hidden = _("[customer]")
    text = safe_words("\n\n".join(parts))
    for word in _words_of_customer(ticket, values):
        text = _pattern(word).sub(hidden, text)
    return _ADDRESS.sub(hidden, text)


def _parts(escalation: Escalation, values: dict[str, Any], language: str) -> Iterator[str]:
    yield _("Hello, requests to your API fail. Please look at the request below and tell us what you see.")
    if escalation.symptom:
        yield _("What we see: %(symptom)s") % {"symptom": escalation.symptom}
    lines = [
        f"{FIELDS[name].in_language(language)}: {_said(values[name])}" for name in TOLD if name in values
    ]
    if lines:
        yield "\n".join(lines)
    if values.get("raw_error"):
        yield _("Answer as received:") + "\n" + str(values["raw_error"])[:MOST_ERROR]
    if escalation.last_good_at:
        yield _("Last known good time: %(when)s") % {"when": escalation.last_good_at}
    if values.get("charged") is not None:
        yield _("Charged: %(answer)s") % {"answer": _said(values["charged"])}
    yield _("Please tell us: did the request reach you, what failed, is it known, and was it billed?")


def _words_of_customer(ticket: Ticket, values: dict[str, Any]) -> list[str]:
    """Names by which the customer could be known, the longest first."""
    named = [ticket.customer.email, ticket.customer.name, *(str(values.get(name, "")) for name in PERSONAL)]
    if ticket.account is not None:
        named.append(ticket.account.name)
    if ticket.key is not None:
        named.append(ticket.key.owner)
    return sorted({word.strip() for word in named if len(word.strip()) > 1}, key=len, reverse=True)


def _pattern(word: str) -> re.Pattern[str]:
    """Whole words only; Chinese has no sign between words."""
    escaped = re.escape(word)
    return re.compile(rf"(?<!\w){escaped}(?!\w)" if word.isascii() else escaped, re.IGNORECASE)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
