"""Fetching mail from a mailbox, again and again: asked for by every worker's rounds, done by a job."""

import time
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tickets.connectors.imap import Folder, Unreachable, opened
from tickets.models import InboundMail, Mailbox

from .. import outbox
from ..inbound_mail import receive_mail
from ..redaction import make_safe
from .scanning import ScannerAway

log = structlog.get_logger(__name__)

AT_A_TIME = 30  # seconds; the rest is left to the next job, so that none outlives its lease


def ask_when_due() -> bool:
    """Ask for the next fetching, once whoever asks. One small query where it is not due, none without a mailbox."""
    if settings.MAILBOX is None:
        return False
    box = Mailbox.objects.filter(name=settings.MAILBOX.name).first()
    if box is None:
        box = Mailbox.objects.get_or_create(name=settings.MAILBOX.name)[0]
    now = timezone.now()
    if box.due_at > now:
        return False
    with transaction.atomic():
        due = Mailbox.objects.filter(pk=box.pk, due_at=box.due_at)
        if not due.update(due_at=now + timedelta(seconds=settings.MAIL_FETCH_SECONDS)):
            return False  # another worker's rounds were quicker
        outbox.add("fetch_mail", box.pk)
    return True


def fetch_mail(mailbox_id: int, *, idempotency_key: str) -> None:
    """Take in what is new. A mail is set aside only when it is stored: killed at any moment, none is lost, and
    one that is fetched twice counts once. A failure is written to the mailbox's row, and the next try waits longer.
    """
    box = Mailbox.objects.get(pk=mailbox_id)
    if settings.MAILBOX is None or settings.MAILBOX.name != box.name:
        return
    try:
        with opened(settings.MAILBOX) as folder:
            found, is_all = _take_in(folder, box)
    except (Unreachable, ScannerAway) as problem:
        error = make_safe(str(problem), personal=False).text
        log.warning("mail_not_fetched", mailbox=box.pk, failures=box.failures + 1, problem=error)
        box.went_wrong(timezone.now(), error)
        return
    box.went_well(timezone.now(), found=bool(found))
    if not is_all:
        Mailbox.objects.filter(pk=box.pk).update(due_at=timezone.now())


def _take_in(folder: Folder, box: Mailbox) -> tuple[int, bool]:
    """How many, and whether that was all."""
    if box.validity != folder.validity:  # first opened, or the server numbered everything anew
        box.validity, box.last_uid = folder.validity, max(0, folder.next_uid - 1)
        box.save(update_fields=["validity", "last_uid"])
    end = time.monotonic() + AT_A_TIME
    found = 0
    for uid in folder.waiting(after=box.last_uid):
        if time.monotonic() > end:
            return found, False
        raw = folder.fetch(uid)
        if raw is not None:
            receive_mail(raw, way=InboundMail.Way.IMAP)
            folder.set_aside(uid)
            found += 1
        if uid > box.last_uid:
            box.last_uid = uid
            box.save(update_fields=["last_uid"])
    return found, True
