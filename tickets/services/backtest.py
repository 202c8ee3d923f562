"""A rule set tried on past tickets, beside the one that was active: a job that goes on in pieces, and may be cancelled.

Nothing is judged anew from its text: what fired then is known, and only the rules that differ are asked.
"""

import time

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Min
from django.utils import timezone

from tickets.models import Backtest, BacktestFlip, Person, RuleSet, Ticket
from triage.engine.catalogue.problem import CatalogueError
from triage.engine.sides import Both, Sides

from . import outbox
from .backtest_figures import Figures
from .backtest_piece import Piece, Tried, judge_piece, read_piece, tickets_of
from .backtest_sides import sides_of
from .catalogue import cause_named
from .kept_signals import Offered
from .rule.set import digest_of
from .second_judge import SecondJudge
from .second_judge_kept import let_go, second_judge

DAYS = 30
AT_A_TIME = 500  # tickets between two looks at whether it was cancelled
SECONDS = 15.0  # of one job, well within its lease
Kind = BacktestFlip.Kind


def ask(rule_set: RuleSet, *, by: Person, days: int | None = DAYS, most: int | None = None) -> Backtest:
    """Try the set on the tickets of the last `days`, or on the newest `most`. The one that is under way, if one is."""
    backtest = Backtest(
        rule_set=rule_set, by=by, days=None if most else days, most=most, digest=digest_of(rule_set)
    )
    backtest.against = RuleSet.objects.active().first()
    tickets = tickets_of(backtest, timezone.now())
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
    sides = _sides(backtest) if backtest else None
    if backtest is None or sides is None:
        let_go(pk)
        return
    offered = Offered.now()
    with second_judge(pk, sides, offered.values, tickets=backtest.total - backtest.done) as lent:
        if _try_for_a_while(backtest, sides, offered, lent.judge):
            outbox.add("backtest", backtest, key=f"backtest-{backtest.pk}-{backtest.position}")
            lent.keep = True


def _try_for_a_while(backtest: Backtest, sides: Sides, offered: Offered, second: SecondJudge | None) -> bool:
    """Whether more is to be tried. While one piece is judged, by both processes, the next is read: the second process
    never waits for the database.
    """
    until, figures = time.monotonic() + SECONDS, Figures(backtest.figures)
    worked = time.process_time()
    piece = read_piece(backtest, after=backtest.position, size=AT_A_TIME)
    given = second.give(piece.texts) if second and piece else 0
    while piece is not None:
        ahead = read_piece(backtest, after=piece.last, size=AT_A_TIME)
        found = judge_piece(piece, sides, offered, second, given=given)
        is_over = time.monotonic() >= until
        given = second.give(ahead.texts) if second and ahead and not is_over else 0
        flips = [
            flip
            for tried, both in found
            if (flip := _counted(backtest, tried, both, figures, changed=sides.changed))
        ]
        figures.took(time.process_time() - worked + (second.take_seconds() if second else 0))
        worked = time.process_time()
        if not _write(backtest, piece, flips, figures):
            return False
        piece = ahead
        if piece is not None and is_over:
            return True
    _finish(backtest)
    return False


def _counted(
    backtest: Backtest, tried: Tried, both: Both, figures: Figures, *, changed: frozenset[str]
) -> BacktestFlip | None:
    """The flip, where the verdicts differ."""
    if both.may_differ:
        figures.count_rules(changed, both)
    if tried.decided:
        figures.count_decided(tried.decided, both.cause_before, both.cause_after)
    if both.cause_before == both.cause_after:
        return None
    flip = _flip(backtest, tried, both)
    figures.count_flip(flip.cause_before, flip.cause_after, flip.kind)
    return flip


def _sides(backtest: Backtest) -> Sides | None:
    if digest_of(backtest.rule_set) != backtest.digest:
        _fail(backtest, "changed")
        return None
    try:
        return sides_of(backtest)
    except CatalogueError as refusal:
        _fail(backtest, str(refusal))
        return None


def _fail(backtest: Backtest, why: str) -> None:
    Backtest.objects.open().filter(pk=backtest.pk).update(
        state=Backtest.State.FAILED, error=why[:2000], ended_at=timezone.now()
    )


def _flip(backtest: Backtest, tried: Tried, both: Both) -> BacktestFlip:
    before, after, decided = both.cause_before, both.cause_after, tried.decided
    return BacktestFlip(
        backtest=backtest,
        ticket_id=tried.number,
        verdict_before=cause_named(before).verdict,
        cause_before=before,
        verdict_after=cause_named(after).verdict,
        cause_after=after,
        cause_of_person=decided,
        kind=Kind.BETTER if decided == after else Kind.WORSE if decided == before else Kind.OPEN,
    )


def _write(backtest: Backtest, piece: Piece, flips: list[BacktestFlip], figures: Figures) -> bool:
    """False where it was cancelled meanwhile, or another worker brought it further."""
    with transaction.atomic():
        changed = (
            Backtest.objects.at(backtest.position)
            .filter(pk=backtest.pk)
            .update(
                position=piece.last,
                done=F("done") + piece.size,
                flips=F("flips") + len(flips),
                figures=figures.kept,
                state=Backtest.State.RUNNING,
                started_at=backtest.started_at or timezone.now(),
            )
        )
        if not changed:
            return False
        BacktestFlip.objects.bulk_create(flips)
    backtest.position, backtest.started_at = piece.last, backtest.started_at or timezone.now()
    return True


def _finish(backtest: Backtest) -> None:
    Backtest.objects.open().filter(pk=backtest.pk).update(
        state=Backtest.State.DONE, ended_at=timezone.now(), total=F("done")
    )
