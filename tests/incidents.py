"""An incident with its customers, as tests need one."""

from collections.abc import Sequence

from tests.factories import make_engineer, make_ticket
from tickets.models import Incident, IncidentUpdate, Person, Ticket
from tickets.services import outbox
from tickets.services.incident.states import open_incident
from tickets.services.incident.update import send_update
from tickets.tasks import KINDS

DOWN = (
    "gpt-4o fails since noon.\n\nHTTP/1.1 503 Service Unavailable\n\n"
    '{"error":{"message":"upstream connect error","type":"upstream_error","code":"bad_response_status_code"}}\n'
    'POST https://api.openai.com/v1/chat/completions model="gpt-4o"'
)
ENGLISH = "Requests to gpt-4o fail at the moment. We are looking into it."
CHINESE = "目前对 gpt-4o 的请求会失败，我们正在排查原因。"
TEXTS = {"en": ENGLISH, "zh-hans": CHINESE}


def make_incident(tickets: Sequence[Ticket] = (), by: Person | None = None, **fields: str) -> Incident:
    about = {"title": "gpt-4o is down", "model": "gpt-4o", **fields}
    return open_incident(by=by or make_engineer(), tickets=tickets, **about)  # type: ignore[arg-type]


def tell(incident: Incident, *, texts: dict[str, str] = TEXTS, state: str = "identified") -> IncidentUpdate:
    """Sent, and every letter on its way."""
    update = send_update(incident, by=make_engineer(), state=state, texts=texts)
    work_off()
    return update


def work_off() -> None:
    outbox.drain(KINDS)


def replies(ticket: Ticket) -> list[str]:
    return list(ticket.messages.filter(kind="reply").values_list("body", flat=True))


def make_affected(count: int, language: str = "en") -> list[Ticket]:
    return [make_ticket(DOWN, language=language) for _ in range(count)]
