"""One update to all customers of an incident: written once, checked like a reply, sent by jobs piece by piece."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tickets.models import Delivery, Incident, IncidentChange, IncidentUpdate, Language, Person
from triage.engine.lint.attachment import attachment_objections
from triage.engine.lint.blame import blame_objections
from triage.engine.lint.language import language_objections
from triage.engine.lint.objection import Objection
from triage.engine.lint.reply import must_not_say
from triage.engine.lint.sentence import sentences

from .. import outbox
from ..checks import HeldBack
from ..redaction import make_safe
from .reach import recipients
from .states import note, set_state

State = Incident.State
PIECE = 20  # deliveries of one job: a short transaction
AT_ONCE = 500  # rows of one statement
TWICE_WITHIN = timedelta(minutes=2)


class NothingToSend(ValueError):
    """No text at all: an update says something in one language at least."""


class LivesOn(ValueError):
    """The incident was merged into another one, which is where its customers are told."""


@dataclass(frozen=True, slots=True)
class Progress:
    waiting: int = 0
    sent: int = 0
    left_out: int = 0
    failed: int = 0
    yes: int = 0
    no: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.sent + self.failed

    @property
    def is_done(self) -> bool:
        return not self.waiting

    @property
    def silent(self) -> int:
        """Asked whether it works again, and without an answer yet."""
        return self.sent - self.yes - self.no


def objections_to_update(
    incident: Incident, state: str, texts: Mapping[str, str], *, sure: Collection[str] = ()
) -> dict[str, tuple[Objection, ...]]:
    """What must not be said, by language. A route may be named once the fault is identified as one of that route."""
    facts = {"affected_group_confirmed": bool(incident.route) and state != State.INVESTIGATING}
    found = {
        language: [
            *must_not_say(text, facts),
            *language_objections(text, language),
            *blame_objections(tuple(sentences(text))),
            *attachment_objections(text),  # an update never carries a file
        ]
        for language, text in texts.items()
    }
    kept = {
        language: tuple(each for each in objections if not (each.is_doubt and each.code in sure))
        for language, objections in found.items()
    }
    return {language: objections for language, objections in kept.items() if objections}


@transaction.atomic
def send_update(
    incident: Incident,
    *,
    by: Person,
    state: str,
    texts: Mapping[str, str],
    is_public: bool = False,
    sure: Collection[str] = (),
) -> IncidentUpdate:
    """Say how the incident stands, and tell everybody. Whoever gets it is settled now; who joins later gets it on
    joining. Sent twice within moments, it goes out once. Resolved, it asks whether it works again.

    Raises HeldBack, NothingToSend or LivesOn, with nothing stored.
    """
    texts = {language: make_safe(text).text.strip() for language, text in texts.items() if text.strip()}
    if not texts:
        raise NothingToSend
    objections = objections_to_update(incident, state, texts, sure=sure)
    if objections:
        raise HeldBack(tuple(each for found in objections.values() for each in found))
    locked = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if locked.merged_into_id is not None:
        raise LivesOn
    update = IncidentUpdate(
        incident=incident,
        state=state,
        text_en=texts.get(Language.ENGLISH, ""),
        text_zh=texts.get(Language.CHINESE, ""),
        asks=state == State.RESOLVED,
        is_public=is_public,
        by=by,
    )
    if before := _sent_just_now(update):
        return before
    update.save()
    set_state(incident, state, by=by)
    note(incident, IncidentChange.Kind.UPDATED, by, state=state)
    _ask_for(update)
    return update


@transaction.atomic
def send_to_the_rest(update: IncidentUpdate) -> int:
    """To tickets attached since, and once more to those where it failed; to how many."""
    Incident.objects.select_for_update(of=("self",)).get(pk=update.incident_id)
    failed = update.deliveries.filter(state=Delivery.State.FAILED)
    again = list(failed.values_list("pk", flat=True))
    failed.update(state=Delivery.State.WAITING, error="")
    _add_jobs(update, again)
    return len(again) + _ask_for(update)


def the_rest_of(update: IncidentUpdate) -> int:
    """How many affected customers the update did not reach, though they could read it."""
    missed = recipients(update.incident, written=update.texts).exclude(
        pk__in=update.deliveries.exclude(state=Delivery.State.FAILED).values("ticket")
    )
    return missed.count()


def progress_of(updates: Iterable[IncidentUpdate]) -> dict[int, Progress]:
    """By number of the update, of those that are on their way to anybody. One statement."""
    rows: QuerySet[Any] = Delivery.objects.filter(update__in=list(updates)).values("update")
    states = {state.value: Count("pk", filter=Q(state=state)) for state in Delivery.State}
    answers = {answer.value: Count("pk", filter=Q(answer=answer)) for answer in Delivery.Answer}
    counted = rows.annotate(**states, **answers).values_list("update", *states, *answers)
    return {update: Progress(*counts) for update, *counts in counted}


def _sent_just_now(update: IncidentUpdate) -> IncidentUpdate | None:
    """The same words, sent a moment ago by a second click."""
    last = update.incident.updates.filter(created_at__gte=timezone.now() - TWICE_WITHIN).last()
    is_same = last and (last.state, last.text_en, last.text_zh) == (
        update.state,
        update.text_en,
        update.text_zh,
    )
    return last if is_same else None


def _ask_for(update: IncidentUpdate) -> int:
    """A row for each recipient that has none, and the jobs that deliver them."""
    missing = recipients(update.incident, written=update.texts).exclude(
        pk__in=update.deliveries.values("ticket")
    )
    numbers = list(missing.order_by("pk").values_list("pk", flat=True))
    rows = Delivery.objects.bulk_create(
        [Delivery(update=update, ticket_id=number) for number in numbers], batch_size=AT_ONCE
    )
    _add_jobs(update, [row.pk for row in rows])
    return len(rows)


def _add_jobs(update: IncidentUpdate, deliveries: list[int]) -> None:
    rest = iter(deliveries)
    while piece := list(islice(rest, PIECE)):
        outbox.add("deliver_update", update, piece)
