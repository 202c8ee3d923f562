import io
import zipfile

import pytest

from tests.factories import make_agent, make_billing, make_ticket
from tickets.models import AuditEntry
from tickets.services.bundle import public_key
from tickets.services.bundle.verify import check
from tickets.services.message import add_note

pytestmark = pytest.mark.django_db


def test_an_agent_carries_a_ticket_away_and_that_is_noted(client):
    agent, ticket = make_agent(), make_ticket()
    add_note(ticket, by=agent, body="look at the route")
    client.force_login(agent)

    files = unpacked(client.get(f"/tickets/{ticket.number}/bundle.zip"))
    with_notes = unpacked(client.get(f"/tickets/{ticket.number}/bundle.zip?notes=1"))

    assert all(holds for holds, _ in check(files, public_key()))
    assert b"look at the route" not in files["ticket.html"] + files["ticket.json"]
    assert b"look at the route" in with_notes["ticket.html"]
    exports = AuditEntry.objects.filter(kind="export").order_by("pk")
    assert [(entry.about, entry.after) for entry in exports] == [
        (f"ticket-{ticket.number}.zip", {"notes": False}),
        (f"ticket-{ticket.number}.zip", {"notes": True}),
    ]


def test_the_history_offers_it_to_those_who_see_evidence(client):
    ticket = make_ticket()
    for person, offered in ((make_agent(), True), (make_billing(), False)):
        client.force_login(person)
        page = client.get(f"/tickets/{ticket.number}/?tab=history").content.decode()
        assert (f"/tickets/{ticket.number}/bundle.zip" in page) == offered


def test_what_a_customer_wrote_is_text_in_the_page(client):
    ticket = make_ticket("<script>alert(1)</script> fails with 401")
    client.force_login(make_agent())

    page = unpacked(client.get(f"/tickets/{ticket.number}/bundle.zip"))["ticket.html"]

    assert b"<script" not in page


def test_the_key_is_published(client):
    answer = client.get("/.well-known/triage-desk-key.json")

    assert answer.json() == {
        "algorithm": "Ed25519",
        "public_key": public_key(),
        "earlier_public_keys": [],
    }


def unpacked(answer) -> dict[str, bytes]:
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
