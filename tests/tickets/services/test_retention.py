from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import make_admin, make_agent, make_ticket
from tests.mails import a_mail
from tests.tickets.test_no_prompt_stays import columns_with
from tickets.models import Attachment, AuditEntry, InboundMail, Job, Retention, Ticket
from tickets.services import outbox
from tickets.services.chain import verify_all
from tickets.services.escalation import escalate
from tickets.services.inbound_mail import receive_mail
from tickets.services.message import add_note, receive
from tickets.services.outcome import reopen, resolve
from tickets.services.privacy.retention import ask_daily, days_kept, keep_for, would_go
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
SAID = "xylophones of aunt Berta"
Kind = Retention.Kind


def closed_ticket(days: int, text: str = f"{SAID}: HTTP 401 Incorrect API key provided") -> Ticket:
    ticket, agent = make_ticket(text), make_agent()
    add_note(ticket, by=agent, body=f"they have {SAID}")
    escalate(ticket, by=agent, reason=f"look at {SAID}")
    resolve(
        ticket,
        by=agent,
        cause="key.invalid",
        plain="a wrong key",
        charged="no",
        retried="no",
        result="explained",
    )
    Ticket.objects.filter(pk=ticket.pk).update(resolved_at=timezone.now() - timedelta(days=days))
    ticket.refresh_from_db()
    return ticket


def sweep() -> None:
    ask_daily()
    outbox.sweep(KINDS)


def test_nothing_goes_where_nobody_set_anything():
    ticket = closed_ticket(4000)
    sweep()

    assert SAID in ticket.messages.first().body
    assert days_kept()[Kind.TEXTS] is None


def test_texts_of_old_closed_tickets_go_and_their_chains_verify():
    old, young, still_open = closed_ticket(31), closed_ticket(29), make_ticket(f"{SAID} again")
    keep_for({Kind.TEXTS: 30}, by=make_admin())
    assert would_go(days_kept())[Kind.TEXTS] == 1
    entries = old.chain_length

    sweep()

    old.refresh_from_db()
    assert {message.body for message in old.messages.all()} == {""}
    assert (old.subject, old.cause) == ("key.invalid", "key.invalid")
    assert old.evidence.filter(field="http_status", value=401).exists()
    assert old.chain_length == entries + 1
    assert list(verify_all()) == []
    assert columns_with(SAID, of=old) == set()
    assert SAID in young.messages.first().body
    assert SAID in still_open.messages.first().body
    assert AuditEntry.objects.get(kind="retention", about="texts").after == {"removed": 1, "days": 30}


def test_a_second_sweep_finds_nothing_unless_it_was_opened_again():
    ticket = closed_ticket(31)
    keep_for({Kind.TEXTS: 30}, by=make_admin())
    sweep()
    ticket.refresh_from_db()
    length = ticket.chain_length
    Job.objects.all().delete()
    sweep()
    ticket.refresh_from_db()
    assert ticket.chain_length == length

    reopen(ticket, by=make_agent())
    receive(ticket, text=f"{SAID} once more", source=Ticket.Source.FORM)
    resolve(
        ticket,
        by=make_agent(),
        cause="key.invalid",
        plain="x",
        charged="no",
        retried="no",
        result="explained",
    )
    assert would_go({Kind.TEXTS: 30})[Kind.TEXTS] == 0
    Ticket.objects.filter(pk=ticket.pk).update(
        resolved_at=timezone.now() - timedelta(days=31), emptied_at=timezone.now() - timedelta(days=40)
    )
    Job.objects.all().delete()
    sweep()
    assert ticket.messages.exclude(body="").count() == 0
    assert list(verify_all()) == []


def test_a_merged_ticket_goes_with_the_one_it_was_merged_into():
    survivor, merged = closed_ticket(31), make_ticket(f"{SAID} too")
    Ticket.objects.filter(pk=merged.pk).update(merged_into=survivor)
    keep_for({Kind.TEXTS: 30}, by=make_admin())
    sweep()

    assert merged.messages.get().body == ""


def test_files_go_from_the_disk_too(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    ticket = closed_ticket(31)
    file = Attachment(ticket=ticket, name="error.log", media_type="text/plain", size=5, sha256="0" * 64)
    file.file.save("error.log", read_upload_content(b"hello"))
    file.save()
    keep_for({Kind.ATTACHMENTS: 30}, by=make_admin())

    with django_capture_on_commit_callbacks(execute=True):
        sweep()

    assert not Attachment.objects.exists()
    assert not default_storage.exists(str(file.file.name))


def read_upload_content(data: bytes):
    from django.core.files.base import ContentFile

    return ContentFile(data)


def test_mail_and_audit_go_by_their_own_days():
    mail = receive_mail(a_mail(SAID), way=InboundMail.Way.PIPE)
    old = timezone.now() - timedelta(days=100)
    InboundMail.objects.update(received_at=old)
    before = AuditEntry.objects.create(kind="role", actor="one@desk.invalid")
    AuditEntry.objects.filter(pk=before.pk).rename(at=old)
    keep_for({Kind.MAIL_SOURCE: 90, Kind.AUDIT: 99}, by=make_admin())
    assert would_go(days_kept()) == {
        **dict.fromkeys(Kind.values, 0), Kind.MAIL_SOURCE: 1, Kind.AUDIT: 1
    }  # fmt: skip

    sweep()

    mail.refresh_from_db()
    assert mail.source == ""
    assert not AuditEntry.objects.filter(pk=before.pk).exists()
    keep_for({Kind.MAIL_LEDGER: 90}, by=make_admin())
    Job.objects.all().delete()
    sweep()
    assert not InboundMail.objects.exists()


def test_a_change_of_days_is_noted_with_before_and_after():
    keep_for({Kind.TEXTS: 30, Kind.AUDIT: None}, by=make_admin())
    assert not keep_for({Kind.TEXTS: 30}, by=make_admin())

    entry = AuditEntry.objects.get(kind="retention")
    assert (entry.before, entry.after) == ({"texts": None}, {"texts": 30})


def test_a_long_sweep_leaves_the_rest_to_another_job(monkeypatch):
    from tickets.services.privacy import retention

    monkeypatch.setattr(retention, "AT_A_TIME", -1)
    closed_ticket(31)
    keep_for({Kind.TEXTS: 30}, by=make_admin())
    retention.sweep_retention(idempotency_key="once")

    assert Job.objects.open().filter(kind="sweep_retention").count() == 1
