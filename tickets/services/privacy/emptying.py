"""Taking the words out of a ticket. What stays tells nothing of anybody: verdicts, causes, codes, times, and a chain
that still verifies, since it holds hashes of salted digests: salt and content go, the digest stays.
"""

from django.db import transaction
from django.utils import timezone

from tickets.models import (
    Attachment,
    Draft,
    Escalation,
    EscalationDecision,
    Event,
    InboundMail,
    Message,
    Person,
    Ticket,
    Verdict,
)
from tickets.services.event import record
from tickets.services.search.index import index

# Entries whose content is no word of anybody. Every other kind, and every kind to come, is emptied.
ANONYMOUS = frozenset(
    {
        "judged", "judged_beside_a_person", "status_set", "snoozed", "woken", "asked", "resolved", "reopened",
        "deadline_missed", "review_overdue", "merged_into", "merged_in", "merge_undone", "split_off", "split_from",
        "kept_apart", "incident_attached", "incident_detached", "assigned", "unassigned", "not_assigned", "tags_set",
        "macro_run", "macro_undone", "reply_taken_back", "escalation_returned", "team_set",
        Event.ERASED,
    }
)  # fmt: skip
WORDY = ("raw_error",)  # evidence that is text; of the rest only codes, names of models and numbers are left
PERSONAL = ("account", "key_owner", "key", "request_id", "task_id", "base_url")


@transaction.atomic
def empty_texts(ticket: Ticket, *, by: Person | str, personal: bool = False) -> None:
    """Messages, raw errors and whatever repeats them. `personal` takes what points at somebody as well."""
    held = Ticket.objects.select_for_update().get(pk=ticket.pk)
    now = timezone.now()
    ticket.messages.filter(erased_at=None).update(body="", erased_at=now, before={})
    fields = (*WORDY, *PERSONAL) if personal else WORDY
    ticket.evidence.filter(field__in=fields).delete()
    for verdict in ticket.verdicts.all():
        empty_verdict(verdict)
    Draft.objects.filter(ticket=ticket).delete()
    ticket.checklist.exclude(words="").update(words="")
    Escalation.objects.filter(ticket=ticket).update(
        reason="",
        current_state="",
        symptom="",
        last_good_at="",
        reproduction="",
        mitigation="",
        next_review="",
    )
    EscalationDecision.objects.filter(escalation__ticket=ticket).update(answer="")
    ticket.outcomes.update(plain="")
    ticket.deliveries.update(error="")
    InboundMail.objects.filter(ticket=ticket).update(source="", subject="", detail="")
    held.subject, held.emptied_at = held.cause, now
    held.save(update_fields=["subject", "emptied_at"])
    empty_entries(held, by=by)
    index(held)


def empty_verdict(verdict: Verdict) -> None:
    verdict.text, verdict.reason, verdict.trace = "", "", _without_words(verdict.trace)
    verdict.signals = {}
    verdict.save(update_fields=["text", "reason", "trace", "signals"])


@transaction.atomic
def empty_message(message: Message, *, by: Person | str) -> None:
    """One message on a ticket that stays as it is, with what was read from it."""
    ticket = Ticket.objects.select_for_update().get(pk=message.ticket_id)
    for verdict in ticket.verdicts.filter(text__contains=message.body) if message.body else ():
        empty_verdict(verdict)
    ticket.evidence.filter(message=message, field__in=(*WORDY, *PERSONAL)).delete()
    Message.objects.filter(pk=message.pk).update(body="", erased_at=timezone.now(), before={})
    told = ticket.events.exclude(salt="").exclude(kind__in=ANONYMOUS).filter(data__message=message.pk)
    empty_positions(ticket, sorted(told.values_list("position", flat=True)), by=by)
    index(ticket)


@transaction.atomic
def empty_files(ticket: Ticket) -> int:
    """How many went. The entry that tells of them keeps their hashes until the texts go."""
    files = list(Attachment.objects.filter(ticket=ticket))
    for file in files:
        delete_file(file)
    return len(files)


def delete_file(file: Attachment) -> None:
    """The row with the transaction, the file after it: what is rolled back is still there."""
    storage, name = file.file.storage, str(file.file.name)
    file.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def empty_entries(ticket: Ticket, *, by: Person | str, kinds: frozenset[str] = frozenset()) -> int:
    """Take salt and content of what may hold words (or of these kinds alone), and say so in a new entry."""
    there = ticket.events.exclude(salt="").exclude(data={})
    going = there.filter(kind__in=kinds) if kinds else there.exclude(kind__in=ANONYMOUS)
    return empty_positions(ticket, sorted(going.values_list("position", flat=True)), by=by)


def empty_positions(ticket: Ticket, positions: list[int], *, by: Person | str) -> int:
    if positions:
        Event.objects.filter(ticket=ticket, position__in=positions).update(data={}, salt="")
        record(ticket, Event.ERASED, by=by, positions=positions)
    return len(positions)


def _without_words(trace: dict[str, object]) -> dict[str, object]:
    """Which rules fired and why in general, without what stood in the text."""
    fired = trace.get("fired")
    kept = ("id", "cause", "weight", "silenced_by", "because")
    return {
        "fired": [{**{part: rule.get(part) for part in kept}, "reasons": []} for rule in fired]
        if isinstance(fired, list)
        else [],
        "nearly": [],
        "alternatives": trace.get("alternatives", []),
        "missing": [],
        "settle": None,
    }
