"""Working again? What a customer answers when the incident is over: yes resolves the ticket, no opens it."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tickets.models import Delivery, Outcome, Ticket, VerdictChoice

from .event import CUSTOMER, record
from .family import survivor_of
from .message import receive
from .outcome import resolve

Answer = Delivery.Answer
CHARGED = {True: Outcome.Answer.YES, False: Outcome.Answer.NO, None: Outcome.Answer.UNKNOWN}


def asked_of(ticket: Ticket) -> Delivery | None:
    """The latest time that this ticket's customer was asked; None where it never was."""
    asked = Delivery.objects.filter(ticket=ticket, update__asks=True, state=Delivery.State.SENT)
    return asked.select_related("update__incident", "ticket").order_by("-update").first()


@transaction.atomic
def answer(delivery: Delivery, word: str, *, text: str = "") -> None:
    """The same answer again changes nothing. Whoever thinks again says the other, and that counts."""
    held = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if held.answer == word:
        return
    ticket = survivor_of(Ticket.objects.select_related("merged_into").get(pk=held.ticket_id))
    held.answer, held.answered_at = word, timezone.now()
    held.save(update_fields=["answer", "answered_at"])
    update = delivery.update
    record(
        ticket,
        "working_again",
        by=CUSTOMER,
        answer=word,
        incident=update.incident_id,
        title=update.incident.title,
    )
    if word == Answer.NO:
        with translation.override(ticket.language):
            said = _("It still does not work.")
        receive(ticket, text=f"{said}\n\n{text}".strip(), source=Ticket.Source.FORM)
    elif (
        not ticket.is_resolved and ticket.pk == held.ticket_id
    ):  # who wrote a merged one speaks for that one only
        _resolve(ticket, subject=update.incident.model or update.incident.provider)


def _resolve(ticket: Ticket, *, subject: str) -> None:
    with translation.override(ticket.language):
        plain = _("The trouble with %(subject)s is over; you told us that it works again.") % {
            "subject": subject or _("our gateway")
        }
    is_known = ticket.verdict == VerdictChoice.PROVIDER_INCIDENT
    resolve(
        ticket,
        by=CUSTOMER,
        cause=ticket.cause if is_known else "upstream.error",
        plain=plain,
        charged=CHARGED[ticket.charged],
        retried=Outcome.Answer.YES,
        result=Outcome.Result.PROVIDER_RECOVERED,
    )
