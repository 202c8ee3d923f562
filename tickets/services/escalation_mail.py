"""The letter to whoever is on duty that an escalation waits at the gate."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tickets.models import Escalation

from .rota import on_duty
from .staff_letter import write_to


def mail_escalation(escalation_id: int, *, idempotency_key: str) -> None:
    """None where it was decided already, or where nobody is on duty."""
    waiting = Escalation.objects.open().filter(state=Escalation.State.WAITING, pk=escalation_id)
    escalation = waiting.select_related("ticket", "by").first()
    duty = on_duty()
    if escalation and duty and duty.person != escalation.by:
        write_to(duty.person, idempotency_key, lambda: _words(escalation))


def _words(escalation: Escalation) -> tuple[str, list[str]]:
    ticket = escalation.ticket
    named = {"number": ticket.number, "subject": ticket.subject, "name": escalation.by or ""}
    return _("Escalated: #%(number)d %(subject)s") % named, [
        _("%(name)s handed a ticket over. It waits for your decision.") % named,
        escalation.reason,
        settings.BASE_URL + reverse("review_escalation", args=[escalation.pk]),
    ]
