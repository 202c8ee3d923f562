"""What a pasted request says to a model is in no column after it came in by any door, unless the operator keeps it."""

import json

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone

from tests.factories import make_agent, make_ticket
from tests.mails import a_mail
from tickets.models import InboundMail, Message, Scope, Ticket
from tickets.services.inbound_mail import receive_mail
from tickets.services.message import receive
from tickets.services.pasting import paste_evidence
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db
PROMPT = "my aunt Berta lives at the lake"
TEXT = (
    json.dumps({"model": "gpt-4o", "messages": [{"role": "user", "content": PROMPT}]})
    + '\n{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}'
)


def test_no_prompt_stays_whichever_door_it_came_in_by(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("request.json", TEXT.encode())
    client.post("/report/", {"text": TEXT})
    client.post("/report/", {"text": TEXT, "email": "a@client.invalid", "uploads": [upload]})
    ticket = Ticket.objects.get()
    receive(ticket, text=TEXT, source=Ticket.Source.FORM)
    paste_evidence(ticket, text=TEXT, by=make_agent())
    receive_mail(a_mail(TEXT), way=InboundMail.Way.PIPE)
    token = create_token(name="gateway", scopes=list(Scope))[1]
    failure = {"source_id": "1", "occurred_at": timezone.now().isoformat(), "account": "a", "model": "m"}
    for path, body in (
        ("tickets", {"text": TEXT, "email": "b@client.invalid", "evidence": {"raw_error": TEXT}}),
        ("failures", [{**failure, "provider": "p", "raw_error": TEXT}]),
    ):
        answer = client.post(
            f"/api/v1/{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code < 300, answer.content

    assert Message.objects.filter(body__contains="[left out: 31chars]").count() >= 4
    assert {ticket.cause for ticket in Ticket.objects.all()} == {"key.invalid"}
    assert columns_with("Berta") == set()
    assert not any(
        "Berta" in path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file()
    )


def test_an_operator_may_keep_them(settings):
    settings.KEEP_REQUEST_CONTENTS = True

    assert PROMPT in make_ticket(TEXT).messages.get().body


def columns_with(words: str, *, of: Ticket | None = None) -> set[str]:
    """Where these words stand, by model and column; of one ticket where it is named."""
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("tickets").get_models()
        for row in model._base_manager.all()
        for field in model._meta.concrete_fields
        if words in str(getattr(row, field.attname, "")) and (of is None or _is_of(row, of))
    }


def _is_of(row: Model, ticket: Ticket) -> bool:
    return row == ticket or getattr(row, "ticket_id", None) == ticket.pk
