"""Review points that are over: told once on the ticket, and to whom it concerns."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tickets.models import Escalation, Person, Ticket

from . import outbox
from .event import CLOCK, record
from .rota import on_duty
from .staff_letter import write_to

BATCH = 100


def note_overdue_reviews() -> int:
    """Tell of each review point that is over, once; how many."""
    untold = Q(reminded_for=None) | ~Q(reminded_for=F("review_at"))
    late = Escalation.objects.overdue().filter(untold).order_by("review_at")
    return sum(_note(pk) for pk in late.values_list("pk", flat=True)[:BATCH])


def mail_review_point(escalation_id: int, review_at: str, *, idempotency_key: str) -> None:
    """The letter about one review point; none where it was moved or the escalation ended meanwhile."""
    moment = datetime.fromisoformat(review_at)
    escalation = (
        Escalation.objects.overdue()
        .filter(pk=escalation_id, review_at=moment)
        .select_related("ticket", "owner", "by")
        .first()
    )
    reader = escalation and told_of(escalation)
    if escalation and reader:
        write_to(reader, idempotency_key, lambda: _words(escalation))


def told_of(escalation: Escalation) -> Person | None:
    """Who must look: its owner; as long as nobody took it, who is on duty at the gate, or who handed it over."""
    if escalation.owner and escalation.owner.is_active:
        return escalation.owner
    duty = on_duty()
    if duty:
        return duty.person
    return escalation.by if escalation.by and escalation.by.is_active else None


@transaction.atomic
def _note(pk: int) -> bool:
    Ticket.objects.select_for_update(of=("self",)).only("pk").get(escalations=pk)
    untold = Q(reminded_for=None) | ~Q(reminded_for=F("review_at"))
    late = Escalation.objects.overdue().filter(untold).select_for_update(of=("self",))
    escalation = late.select_related("ticket").filter(pk=pk).first()
    if escalation is None or escalation.review_at is None:
        return False
    escalation.reminded_for = escalation.review_at
    escalation.save(update_fields=["reminded_for"])
    review_at = escalation.review_at.isoformat()
    record(escalation.ticket, "review_overdue", by=CLOCK, review_at=review_at)
    outbox.add("mail_review_point", escalation, review_at, key=f"review_point:{escalation.pk}:{review_at}")
    return True


def _words(escalation: Escalation) -> tuple[str, list[str]]:
    ticket = escalation.ticket
    subject = _("Review overdue: #%(number)d %(subject)s") % {
        "number": ticket.number,
        "subject": ticket.subject,
    }
    when = date_format(timezone.localtime(escalation.review_at), "Y-m-d H:i e")
    return subject, [
        _("The next review point of this escalation was %(when)s.") % {"when": when},
        escalation.next_review,
        _("Say how it stands and when to look again:"),
        settings.BASE_URL + reverse("ticket", args=[ticket.number]),
    ]
