"""A rule set tried on past tickets, beside the one that was active: a job that goes on in pieces, and may be cancelled.

Nothing is judged anew from its text: what fired then is known, and only the rules that differ are asked.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Min
from django.utils import timezone

from tickets.models import Backtest, BacktestFlip, Person, RuleSet, Ticket, Verdict
from tickets.models.ticket import TicketQuerySet
from triage.engine.catalogue.problem import CatalogueError

from . import outbox
from .backtest_figures import Figures
from .backtest_sides import Both, Sides
from .catalogue import catalogue, cause_named
from .kept_signals import Offered, signals_of
from .rule_set import digest_of, rules_of

DAYS = 30
AT_A_TIME = 500  # tickets between two looks at whether it was cancelled
SECONDS = 15.0  # of one job, well within its lease
Kind = BacktestFlip.Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """What came of some tickets, to be written in one transaction."""

    last: int
    tried: int
    flips: list[BacktestFlip]


def ask(rule_set: RuleSet, *, by: Person, days: int | None = DAYS, most: int | None = None) -> Backtest:
    """Try the set on the tickets of the last `days`, or on the newest `most`. The one that is under way, if one is."""
    backtest = Backtest(
        rule_set=rule_set, by=by, days=None if most else days, most=most, digest=digest_of(rule_set)
    )
    backtest.against = RuleSet.objects.active().first()
    tickets = _tickets(backtest, timezone.now())
    if most:
        newest = tickets.order_by("-number").values("number")[:most]
        tickets = Ticket.objects.filter(number__in=newest)
    found = tickets.aggregate(total=Count("number"), first=Min("number"), last=Max("number"))
    backtest.total, backtest.first, backtest.last = (found[name] or 0 for name in ("total", "first", "last"))
    backtest.position = backtest.first - 1
    try:
        with transaction.atomic():
            backtest.save()
            outbox.add("backtest", backtest)
    except IntegrityError:
        return rule_set.backtests.open().get()
    return backtest


def cancel(backtest: Backtest) -> None:
    now = timezone.now()
    Backtest.objects.open().filter(pk=backtest.pk).update(state=Backtest.State.CANCELLED, ended_at=now)


def go_on(pk: int, *, idempotency_key: str = "") -> None:
    """Bring a back-test as far as the time of one job allows, and ask for the next job."""
    backtest = Backtest.objects.open().select_related("rule_set__base", "against__base").filter(pk=pk).first()
    if backtest is None:
        return
    sides = _sides(backtest)
    if sides is None:
        return
    started, figures, offered = time.monotonic(), Figures(backtest.figures), Offered.now()
    while True:
        worked = time.process_time()
        piece = _try_next(backtest, sides, figures, offered)
        figures.took(time.process_time() - worked)
        if not _write(backtest, piece, figures):
            return
        if not piece.tried:
            _finish(backtest)
            return
        if time.monotonic() - started >= SECONDS:
            break
    outbox.add("backtest", backtest, key=f"backtest-{backtest.pk}-{backtest.position}")


def _sides(backtest: Backtest) -> Sides | None:
    if digest_of(backtest.rule_set) != backtest.digest:
        _fail(backtest, "changed")
        return None
    try:
        before = rules_of(backtest.against) if backtest.against else catalogue().rule_set
        return Sides(before, rules_of(backtest.rule_set))
    except CatalogueError as refusal:
        _fail(backtest, str(refusal))
        return None


def _fail(backtest: Backtest, why: str) -> None:
    Backtest.objects.open().filter(pk=backtest.pk).update(
        state=Backtest.State.FAILED, error=why[:2000], ended_at=timezone.now()
    )


def _try_next(backtest: Backtest, sides: Sides, figures: Figures, offered: Offered) -> Piece:
    tickets = list(
        _tickets(backtest, backtest.created_at)
        .filter(number__gt=backtest.position, number__lte=backtest.last)
        .select_related("account", "key")
        .order_by("number")[:AT_A_TIME]
    )
    judged = _newest_verdicts(tickets)
    flips = []
    for ticket, signals in signals_of(tickets, judged, offered, sides.rules_of):
        decided = ticket.cause if ticket.verdict_by_person else ""
        both = sides.judge(judged[ticket.number], signals)
        if both.may_differ:
            figures.count_rules(sides.changed, both)
        if decided:
            figures.count_decided(decided, both.cause_before, both.cause_after)
        if both.cause_before != both.cause_after:
            flip = _flip(backtest, ticket, both, decided)
            figures.count_flip(flip.cause_before, flip.cause_after, flip.kind)
            flips.append(flip)
    return Piece(tickets[-1].number if tickets else backtest.position, len(tickets), flips)


def _flip(backtest: Backtest, ticket: Ticket, both: Both, decided: str) -> BacktestFlip:
    before, after = both.cause_before, both.cause_after
    return BacktestFlip(
        backtest=backtest,
        ticket=ticket,
        verdict_before=cause_named(before).verdict,
        cause_before=before,
        verdict_after=cause_named(after).verdict,
        cause_after=after,
        cause_of_person=decided,
        kind=Kind.BETTER if decided == after else Kind.WORSE if decided == before else Kind.OPEN,
    )


def _write(backtest: Backtest, piece: Piece, figures: Figures) -> bool:
    """False where it was cancelled meanwhile, or another worker brought it further."""
    with transaction.atomic():
        changed = (
            Backtest.objects.at(backtest.position)
            .filter(pk=backtest.pk)
            .update(
                position=piece.last,
                done=F("done") + piece.tried,
                flips=F("flips") + len(piece.flips),
                figures=figures.kept,
                state=Backtest.State.RUNNING,
                started_at=backtest.started_at or timezone.now(),
            )
        )
        if not changed:
            return False
        BacktestFlip.objects.bulk_create(piece.flips)
    backtest.position, backtest.started_at = piece.last, backtest.started_at or timezone.now()
    return True


def _finish(backtest: Backtest) -> None:
    Backtest.objects.open().filter(pk=backtest.pk).update(
        state=Backtest.State.DONE, ended_at=timezone.now(), total=F("done")
    )


def _newest_verdicts(tickets: Sequence[Ticket]) -> dict[int, Verdict]:
    """By ticket, the engine's newest judgement; of its trace nothing is read."""
    rows = (
        Verdict.objects.filter(ticket__in=tickets, by=None).exclude(rule_set="").order_by("created_at", "pk")
    )
    return {row.ticket_id: row for row in rows.defer("trace")}


def _tickets(backtest: Backtest, asked_at: datetime) -> TicketQuerySet:
    tickets = Ticket.objects.filter(
        merged_into=None, emptied_at=None
    )  # nothing can be judged without its text
    return (
        tickets.filter(created_at__gte=asked_at - timedelta(days=backtest.days)) if backtest.days else tickets
    )
