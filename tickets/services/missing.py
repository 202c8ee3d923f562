"""The facts that support needs of every ticket: which of them apply, and which nobody knows yet."""

from collections.abc import Mapping

from tickets.models import Ticket

ORDER = (
    "account", "key_owner", "model", "http_status", "endpoint", "occurred_at", "raw_error", "task_id", "charged",
    "retries", "request_id",
)  # fmt: skip
NO_ANSWER_CAME = {
    "client.network",
    "client.proxy_tls",
}  # causes: nothing came back that has a status or an id
TASK_TYPES = {"image", "video", "audio", "music", "batch"}


def missing_facts(ticket: Ticket, values: Mapping[str, object]) -> tuple[str, ...]:
    """Those that apply and stand neither in the evidence (`values`) nor in the records."""
    kind = values.get("request_type")
    return tuple(
        name
        for name in ORDER
        if name not in values and applies(ticket, name, request_type=kind) and not from_records(ticket, name)
    )


def applies(ticket: Ticket, field: str, *, request_type: object) -> bool:
    """A task id only where something was queued; status and request id only where an answer came back."""
    if field in ("http_status", "request_id"):
        return ticket.cause not in NO_ANSWER_CAME
    return field != "task_id" or request_type in TASK_TYPES


def from_records(ticket: Ticket, field: str) -> str:
    """What the account and key records know without any text."""
    if field == "account" and ticket.account is not None:
        return ticket.account.name
    if field == "key_owner" and ticket.key is not None:
        return f"{ticket.key.owner} …{ticket.key.last_four}".strip()
    return ""
