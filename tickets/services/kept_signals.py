"""What rules were asked about when a ticket was judged, as it was kept; read anew for judgements from before that, and
kept then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tickets.models import EvidenceValue, Ticket, Verdict
from triage.engine import matcher_for, read_case
from triage.engine.context import Context
from triage.engine.differ import judge_whole
from triage.engine.evidence import PRINTED_FIELDS, Value
from triage.engine.keep import keep
from triage.engine.rule import RuleSet as Rules
from triage.engine.signals import Signals, SignalValue

from .context import own_context
from .gateway_model import offered_context


@dataclass(frozen=True, slots=True)
class Offered:
    """The models that the gateway offers: the same for every ticket, so looked up once."""

    context: Mapping[str, Any]
    values: Mapping[str, SignalValue]

    @classmethod
    def now(cls) -> "Offered":
        context = offered_context()
        return cls(context, {f"context.{path}": value for path, value in Context.from_dict(context)})


def read_anew(
    tickets: Sequence[Ticket],
    judged: Mapping[int, Verdict],
    offered: Offered,
    rules_of: Callable[[str], Rules | None],
) -> Mapping[int, Signals]:
    """Of tickets whose signals were kept in no form that is known, by number. `rules_of` finds the rules of a version
    that verdicts name.
    """
    if not tickets:
        return {}
    known, found, kept = _known(tickets), {}, []
    for ticket in tickets:
        verdict = judged[ticket.number]
        signals = found[ticket.number] = _read(ticket, verdict, offered, known.get(ticket.number, {}))
        rules = rules_of(verdict.rule_set)
        if rules is not None:
            verdict.signals = keep(signals, judge_whole(matcher_for(rules), signals))
            kept.append(verdict)
    Verdict.objects.bulk_update(kept, ["signals"], batch_size=200)
    return found


def _read(ticket: Ticket, verdict: Verdict, offered: Offered, known: Mapping[str, Value]) -> Signals:
    around = Verdict.objects.values_list("trace__around", flat=True).get(pk=verdict.pk) or {}
    context = {**offered.context, **own_context(ticket), **around}
    return read_case(verdict.text, context, known=known).signals


def _known(tickets: Sequence[Ticket]) -> Mapping[int, dict[str, Value]]:
    known: dict[int, dict[str, Value]] = {}
    rows = EvidenceValue.objects.filter(ticket__in=tickets, is_current=True, field__in=PRINTED_FIELDS)
    for row in rows.exclude(origin=EvidenceValue.Origin.TEXT):
        known.setdefault(row.ticket_id, {})[row.field] = row.value
    return known
