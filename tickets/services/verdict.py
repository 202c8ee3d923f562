"""Judging a ticket with the engine, and a person's word on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from tickets.models import EvidenceValue, Incident, Message, Person, Ticket, Verdict
from triage.engine import Case, judge_case, read_case, trace
from triage.engine.advice import examine
from triage.engine.context import Context
from triage.engine.evaluate import RuleResult
from triage.engine.evidence import PRINTED_FIELDS, Reading, Span, Value
from triage.engine.fingerprint import fingerprint
from triage.engine.keep import keep
from triage.engine.verdict import Diagnosis

from .catalogue import cause_named
from .charge import of_ticket
from .clock import restate
from .context import context_of
from .event import ENGINE, record
from .evidence import add_read
from .family import messages_of
from .gateway_model import offer
from .redaction import safe_words
from .rule.record import note_firings, note_word
from .rule.set import active_rules
from .search.index import index
from .trace import trace_of

GAP = "\n\n"  # stands between two messages of the judged text
RAW_ERROR_KEPT = 20_000  # characters; the message itself keeps everything


@transaction.atomic
def judge(
    ticket: Ticket,
    *,
    fresh: Message | Sequence[Message] | None = None,
    covered_by: Incident | None = None,
) -> Verdict:
    """Judge the ticket on all that the customer wrote or anybody pasted, and on what is known beside it.

    `fresh` are messages whose evidence has not been read yet; `covered_by` is the incident for which it is judged
    anew. The engine never replaces a person's verdict: it only adds a row that disagrees.
    """
    messages = list(_read_by_the_engine(ticket))
    standing, rules = ticket.current_evidence(), active_rules()
    at_first, known = context_of(ticket, standing=standing), _known(standing)
    case = _case(messages, at_first, known)
    diagnosis = judge_case(case, rules)
    alike = fingerprint(diagnosis.evidence, diagnosis.redacted_text)
    if alike.value != ticket.fingerprint:
        ticket.fingerprint = alike.value
        ticket.save(update_fields=["fingerprint"])
    # Who else fails alike and how the provider stands are only known now that the error and its provider are.
    context = context_of(ticket, diagnosis.evidence.values(), standing=standing)
    if context != at_first:
        case = _case(messages, context, known)
        diagnosis = judge_case(case, rules)
    readings = [*diagnosis.evidence, *_raw_error(diagnosis)]
    for message in (fresh,) if isinstance(fresh, Message) else fresh or ():
        add_read(ticket, _within(message, messages, readings), message=message)
    examination = examine(diagnosis, Context.from_dict(context), offer())
    kept = trace_of(diagnosis, examination, alike, context)
    if covered_by is not None:
        kept["anew"] = _anew(ticket, covered_by)
    return _add_engine_verdict(ticket, diagnosis, kept, keep(case.signals, diagnosis.fired))


def diagnosis_of(
    ticket: Ticket, messages: Iterable[Message] | None = None, context: dict[str, Any] | None = None
) -> Diagnosis:
    """What the engine says of the ticket as it stands. Stores nothing."""
    context = context_of(ticket) if context is None else context
    if messages is None:
        messages = _read_by_the_engine(ticket)
    return judge_case(_case(messages, context, _known(ticket.current_evidence())), active_rules())


def _case(messages: Iterable[Message], context: dict[str, Any], known: Mapping[str, Value]) -> Case:
    text = GAP.join(message.body for message in messages)
    return read_case(text, context, pepper=settings.PEPPER, known=known)


def rules_tried(ticket: Ticket, judged: Verdict) -> tuple[RuleResult, ...]:
    """Every rule of the active set on the text that was judged, with what held and what it lacked."""
    standing = ticket.current_evidence()
    return trace(judged.text, context_of(ticket, standing=standing), active_rules(), known=_known(standing))


@transaction.atomic
def confirm(ticket: Ticket, *, by: Person) -> Verdict:
    """The person says that the verdict on the page is right."""
    shown = ticket.current_verdict()
    if shown is None:
        raise ValueError("a ticket without a verdict cannot be confirmed")
    if shown.by_id is not None:
        return shown
    return _add_word(ticket, cause=shown.cause, by=by, reason="", answers=shown, kind="verdict_confirmed")


@transaction.atomic
def overrule(ticket: Ticket, *, by: Person, cause: str, reason: str) -> Verdict:
    """The person names another cause and says why. It counts against the rules that had fired."""
    judged = ticket.verdicts.filter(by=None).last()
    return _add_word(
        ticket, cause=cause, by=by, reason=safe_words(reason), answers=judged, kind="verdict_overruled"
    )


@transaction.atomic
def take_back(ticket: Ticket, *, by: Person, to: Verdict | None = None) -> Verdict | None:
    """Take a person's word back: the engine's newest verdict counts again, or the word `to` that stood before. What
    was said stays in the record.
    """
    standing, before = ticket.current_verdict(), to or ticket.verdicts.filter(by=None).last()
    if standing is None or standing.by_id is None or before is None:
        return standing
    ticket.verdicts.filter(is_current=True).update(is_current=False)
    before.is_current = True
    before.save(update_fields=["is_current"])
    _mirror(ticket, before)
    note_word(ticket, before.cause if before.by_id else None)
    record(ticket, "verdict_taken_back", by=by, verdict=before.verdict, cause=before.cause)
    restate(ticket)
    index(ticket)
    return before


def disagreement(ticket: Ticket, standing: Verdict | None) -> Verdict | None:
    """The engine's newest verdict, where a person decided otherwise (`standing`) and new evidence came since."""
    if standing is None or standing.by_id is None:
        return None
    newest = ticket.verdicts.filter(by=None).last()
    if newest is None or newest.pk < standing.pk or newest.cause == standing.cause:
        return None
    return newest


def _anew(ticket: Ticket, incident: Incident) -> dict[str, Any]:
    said = ticket.verdicts.filter(by=None).last()
    return {
        "incident": incident.pk,
        "title": incident.title,
        "verdict": said.verdict if said else "",
        "cause": said.cause if said else "",
    }


def _read_by_the_engine(ticket: Ticket) -> Iterable[Message]:
    return messages_of(ticket).filter(kind__in=Message.READ)


def _known(standing: Mapping[str, EvidenceValue]) -> Mapping[str, Value]:
    """Values that outrank anything in the text: set by people, told in fields, or looked up."""
    told = {field: row for field, row in standing.items() if row.origin != EvidenceValue.Origin.TEXT}
    return {field: row.value for field, row in told.items() if field in PRINTED_FIELDS}


def _raw_error(diagnosis: Diagnosis) -> list[Reading]:
    """The longest stretch of machine output, as it came; where an error was made out, of those that hold one."""
    stretches = diagnosis.evidence.machine
    errors = [layer.span for layer in diagnosis.evidence.layers if layer.span is not None]
    holding = [each for each in stretches if any(_overlap(each, error) for error in errors)]
    longest = max(holding or stretches, key=lambda span: span.end - span.start, default=None)
    if longest is None:
        return []
    words = diagnosis.redacted_text[longest.start : longest.end].strip()
    return [Reading("raw_error", words[:RAW_ERROR_KEPT], longest, "machine output", 0.9)] if words else []


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(fresh: Message, messages: list[Message], readings: Iterable[Reading]) -> list[Reading]:
    """Readings that lie in the fresh message, their spans moved from the judged text to that message."""
    start = 0
    for message in messages:
        if message.pk == fresh.pk:
            break
        start += len(message.body) + len(GAP)
    end = start + len(fresh.body)
    return [
        Reading(
            reading.field,
            reading.value,
            Span(reading.span.start - start, reading.span.end - start),
            reading.by,
            reading.trust,
        )
        for reading in readings
        if reading.span is not None and start <= reading.span.start and reading.span.end <= end
    ]


def _add_engine_verdict(
    ticket: Ticket, diagnosis: Diagnosis, kept: dict[str, Any], signals: dict[str, Any]
) -> Verdict:
    standing = ticket.current_verdict()
    is_persons = standing is not None and standing.by_id is not None
    if not is_persons:
        ticket.verdicts.filter(is_current=True).update(is_current=False)
    verdict = Verdict.objects.create(
        ticket=ticket,
        verdict=diagnosis.verdict,
        cause=diagnosis.cause.slug,
        layer=diagnosis.layer,
        confidence=diagnosis.confidence,
        rule_set=diagnosis.rule_set,
        text=diagnosis.redacted_text,
        trace=kept,
        signals=signals,
        is_current=not is_persons,
    )
    note_firings(verdict, diagnosis, standing if is_persons else None)
    if not is_persons:
        _mirror(ticket, verdict)
    changed = standing is None or standing.cause != verdict.cause or standing.verdict != verdict.verdict
    record(
        ticket,
        "judged" if not is_persons else "judged_beside_a_person",
        by=ENGINE,
        verdict=verdict.verdict,
        cause=verdict.cause,
        confidence=verdict.confidence,
        rule_set=verdict.rule_set,
        rules=[rule.id for rule in diagnosis.deciding],
        changed=changed,
    )
    restate(ticket)
    index(ticket)
    return verdict


def _add_word(
    ticket: Ticket, *, cause: str, by: Person, reason: str, answers: Verdict | None, kind: str
) -> Verdict:
    known = cause_named(cause)
    ticket.verdicts.filter(is_current=True).update(is_current=False)
    verdict = Verdict.objects.create(
        ticket=ticket,
        verdict=known.verdict,
        cause=known.slug,
        layer=known.layer,
        confidence=1.0,
        by=by,
        reason=reason,
        answers=answers,
        text=answers.text if answers else "",
        trace=answers.trace if answers else {},
    )
    _mirror(ticket, verdict)
    note_word(ticket, verdict.cause)
    record(ticket, kind, by=by, verdict=verdict.verdict, cause=verdict.cause, reason=reason)
    restate(ticket)
    index(ticket)
    return verdict


def _mirror(ticket: Ticket, verdict: Verdict) -> None:
    ticket.verdict = verdict.verdict
    ticket.cause = verdict.cause
    ticket.confidence = verdict.confidence
    ticket.verdict_by_person = verdict.by_id is not None
    ticket.save(update_fields=["verdict", "cause", "confidence", "verdict_by_person"])
    if ticket.charged:
        of_ticket.ask_for(ticket)
