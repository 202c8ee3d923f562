"""A back-test's tickets piece by piece: read ahead, judged here and in the second process, in order.

Of each ticket no more is read than judging needs: reading whole rows took as long as judging them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from tickets.models import Backtest, Ticket, Verdict
from tickets.models.ticket import TicketQuerySet
from triage.engine.sides import Both, Judged, Sides

from .backtest_sides import judged_by
from .kept_signals import Offered, read_anew
from .second_judge import SecondJudge


class Tried(NamedTuple):
    """A ticket that the engine has judged, with the cause that a person decided on, or ""."""

    number: int
    decided: str
    verdict: int


@dataclass(frozen=True, slots=True)
class Piece:
    """`size` tickets, of which the engine has judged `tried`; `texts` are what it judged, in their order. The second
    process gets the first ones.
    """

    size: int
    last: int
    tried: list[Tried] = field(default_factory=list)
    texts: list[Judged] = field(default_factory=list)


def read_piece(backtest: Backtest, *, after: int, size: int) -> Piece | None:
    """None behind the last ticket."""
    tickets = list(
        tickets_of(backtest, backtest.created_at)
        .filter(number__gt=after, number__lte=backtest.last)
        .order_by("number")
        .values_list("number", "cause", "verdict_by_person")[:size]
    )
    if not tickets:
        return None
    piece = Piece(len(tickets), tickets[-1][0])
    newest = _newest_verdicts([number for number, _, _ in tickets])
    texts = _texts(newest.values())
    for number, cause, by_person in tickets:
        verdict = newest.get(number)
        if verdict in texts:  # not where it was erased just now
            piece.tried.append(Tried(number, cause if by_person else "", verdict))
            piece.texts.append(texts[verdict])
    return piece


def judge_piece(
    piece: Piece, sides: Sides, offered: Offered, second: SecondJudge | None, *, given: int
) -> list[tuple[Tried, Both]]:
    """What both sets say of each ticket that the engine has judged, in order; the second process answers for the first
    `given`.
    """
    own: list[Both | None] = [sides.judge_kept(judged, offered.values) for judged in piece.texts[given:]]
    answered = list(second.take()) if second and given else []
    answered += [None] * (given - len(answered))
    found = [  # what it left behind, or could not read, is judged here
        both or sides.judge_kept(judged, offered.values)
        for both, judged in zip(answered, piece.texts[:given], strict=True)
    ]
    found += own
    lacking = [tried for tried, both in zip(piece.tried, found, strict=True) if both is None]
    anew = _judge_anew(lacking, sides, offered)
    return [(tried, both or anew[tried.number]) for tried, both in zip(piece.tried, found, strict=True)]


def tickets_of(backtest: Backtest, asked_at: datetime) -> TicketQuerySet:
    tickets = Ticket.objects.filter(
        merged_into=None, emptied_at=None
    )  # nothing can be judged without its text
    return (
        tickets.filter(created_at__gte=asked_at - timedelta(days=backtest.days)) if backtest.days else tickets
    )


def _judge_anew(unkept: Sequence[Tried], sides: Sides, offered: Offered) -> dict[int, Both]:
    """Those whose signals were kept in no form that is known, by number."""
    if not unkept:
        return {}
    tickets = Ticket.objects.filter(number__in=[tried.number for tried in unkept])
    rows = Verdict.objects.filter(pk__in=[tried.verdict for tried in unkept]).defer("trace")
    verdicts = {row.ticket_id: row for row in rows}
    read = read_anew(list(tickets.select_related("account", "key")), verdicts, offered, sides.rules_of)
    return {
        number: sides.judge(judged_by(verdicts[number]), verdicts[number].signals, signals)
        for number, signals in read.items()
    }


def _newest_verdicts(numbers: Sequence[int]) -> dict[int, int]:
    """By ticket, the engine's newest judgement."""
    rows = Verdict.objects.filter(ticket__in=numbers, by=None).exclude(rule_set="")
    return dict(rows.order_by("created_at", "pk").values_list("ticket", "pk"))


def _texts(verdicts: Iterable[int]) -> dict[int, Judged]:
    rows = Verdict.objects.filter(pk__in=list(verdicts)).annotate(kept=Cast("signals", TextField()))
    return {
        pk: Judged(*judged) for pk, *judged in rows.values_list("pk", "text", "kept", "rule_set", "cause")
    }
