"""The clocks of a ticket: what its service level promises, how long is left, and what was missed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tickets.models import BusinessCalendar, SlaClock, SlaKind, SlaPolicy, Snooze, Ticket
from tickets.models.ticket_state import NO_DEADLINE

from . import outbox
from .business_time import ALWAYS, Hours, after, between
from .compiled import Compiled, at_hand
from .event import CLOCK, record

BATCH = 200
# Where a clock may stand still. Elsewhere an open one runs, and its deadline is the ticket's own: only one that would
# end beyond all opening hours has none, and that is not shown.
PAUSING = (Ticket.Status.WAITING, Ticket.Status.SNOOZED)


@transaction.atomic
def restate(ticket: Ticket) -> None:
    """Make the ticket's clocks and its next deadline what its state asks for; twice changes nothing more.

    Called by every verb that changes who waits for whom, or which policy applies. The row itself is read, so
    what the caller holds need not be fresh; `due_at` and `due_for` of it are.
    """
    now = timezone.now()
    locked = Ticket.objects.select_for_update(of=("self",)).select_related("account")
    row = locked.get(pk=ticket.pk)
    policies = list(SlaPolicy.objects.active().select_related("calendar"))
    may_have_some = policies or row.due_for or row.status in PAUSING
    kept = list(row.clocks.select_related("policy__calendar")) if may_have_some else []
    if policies or kept:
        policy = policy_for(row, policies)
        for kind in SlaKind:
            _restate_kind(row, kind, [clock for clock in kept if clock.kind == kind], policy, now)
    _mirror(ticket, row)


def shown_clock(ticket: Ticket) -> SlaClock | None:
    """The clock that the page shows: the one due next, else one that stands still."""
    if not ticket.due_for and ticket.status not in PAUSING:
        return None
    clocks = at_hand(_promised(ticket.pk), ticket=ticket)
    return min(clocks, key=lambda clock: (clock.due_at or NO_DEADLINE, clock.pk), default=None)


@Compiled
def _promised(ticket: Any) -> QuerySet[SlaClock]:
    clocks = SlaClock.objects.open().filter(ticket=ticket).exclude(policy=None)
    return clocks.select_related("policy__calendar")


def policy_for(ticket: Ticket, policies: Iterable[SlaPolicy]) -> SlaPolicy | None:
    """The first, in their order, whose conditions the ticket fulfils."""
    tier = ticket.account.tier.casefold() if ticket.account else ""
    return next(
        (
            policy
            for policy in policies
            if policy.verdict in ("", ticket.verdict) and policy.tier.casefold() in ("", tier)
        ),
        None,
    )


def hours_of(calendar: BusinessCalendar) -> Hours:
    if calendar.always_open:
        return ALWAYS
    days = frozenset(calendar.holidays.values_list("day", flat=True))
    week = [[(start, end) for start, end in day] for day in calendar.hours]
    return Hours(ZoneInfo(calendar.zone), week, days)


def note_breaches() -> int:
    """Tell of each deadline that passed, once, on its ticket's chain; how many."""
    late = SlaClock.objects.open().filter(breached_at=None, due_at__lt=timezone.now())
    if not late.exists():
        return 0
    return sum(_note_breach_of(pk) for pk in late.order_by("due_at").values_list("pk", flat=True)[:BATCH])


def restate_open(above: int = 0) -> None:
    """The job after policies or calendars were changed: open tickets, some at a time, by number."""
    numbers = (
        Ticket.objects.standing()
        .filter(number__gt=above)
        .exclude(status=Ticket.Status.RESOLVED)
        .order_by("number")
    )
    batch = list(numbers[:BATCH])
    for ticket in batch:
        restate(ticket)
    if len(batch) == BATCH:
        outbox.add("restate_open", batch[-1].number)


def _restate_kind(
    ticket: Ticket, kind: SlaKind, clocks: list[SlaClock], policy: SlaPolicy | None, now: datetime
) -> None:
    last = clocks[-1] if clocks else None
    is_open = last is not None and last.ended_at is None
    if not _is_wanted(ticket, kind):
        if last is not None and is_open:
            _end(ticket, last, now)
        return
    if last is not None and (is_open or _goes_on(ticket, kind, last)):
        clock = last
        clock.ended_at = None
    elif policy is None or policy.promise(kind) is None:
        return
    else:
        began = ticket.customer_spoke_at if kind == SlaKind.NEXT_REPLY else ticket.created_at
        # A policy promises nothing for the time before it was made.
        clock = SlaClock(ticket=ticket, kind=kind, started_at=max(began or now, policy.created_at))
    _run(clock, policy, pause=_pause(ticket) if policy is None or policy.pauses else "", now=now)


def _is_wanted(ticket: Ticket, kind: SlaKind) -> bool:
    if ticket.is_resolved or ticket.merged_into_id is not None:
        return False
    if kind == SlaKind.FIRST_REPLY:
        return ticket.desk_spoke_at is None
    return kind == SlaKind.SOLVE or (ticket.desk_spoke_at is not None and ticket.is_unanswered)


def _goes_on(ticket: Ticket, kind: SlaKind, ended: SlaClock) -> bool:
    """Whether an ended clock is taken up again: opened again, or an answer was called back."""
    if kind != SlaKind.NEXT_REPLY:
        return True
    spoke = ticket.customer_spoke_at
    return ended.ended_at is not None and spoke is not None and ended.ended_at >= spoke


def _pause(ticket: Ticket) -> str:
    if ticket.status == Ticket.Status.WAITING:
        return SlaClock.Pause.CUSTOMER
    if (
        ticket.status == Ticket.Status.SNOOZED
        and ticket.snoozes.open().filter(until=Snooze.Until.REPLY).exists()
    ):
        return SlaClock.Pause.SNOOZE
    return ""


def _run(clock: SlaClock, policy: SlaPolicy | None, *, pause: str, now: datetime) -> None:
    """Let it run or stand still under this policy; the time that was used up stays used up."""
    is_new = clock.pk is None
    promised = policy.promise(clock.kind) if policy else None
    runs = promised is not None and not pause
    before = _state(clock)
    if clock.running_since is not None and (not runs or policy != clock.policy):
        _stop(clock, now)
    clock.policy = policy if promised is not None else None
    clock.promised, clock.pause = promised, pause
    if runs and clock.running_since is None:
        clock.running_since = clock.started_at if is_new else now
    clock.due_at = None
    if runs and policy is not None and promised is not None and clock.running_since is not None:
        clock.due_at = after(hours_of(policy.calendar), clock.running_since, promised - clock.spent)
    if is_new or _state(clock) != before:
        clock.save()


def _state(clock: SlaClock) -> tuple[object, ...]:
    return (
        clock.policy_id, clock.promised, clock.spent, clock.running_since, clock.pause, clock.due_at,
        clock.ended_at,
    )  # fmt: skip


def _stop(clock: SlaClock, now: datetime) -> None:
    if clock.running_since is not None and clock.policy is not None:
        clock.spent += between(hours_of(clock.policy.calendar), clock.running_since, now)
    clock.running_since = None


def _end(ticket: Ticket, clock: SlaClock, now: datetime) -> None:
    if clock.due_at is not None and clock.due_at < now and clock.breached_at is None:
        _breach(ticket, clock)
    _stop(clock, now)
    clock.ended_at, clock.due_at, clock.pause = now, None, ""
    clock.save()


@transaction.atomic
def _note_breach_of(pk: int) -> bool:
    ticket = Ticket.objects.filter(clocks=pk).first()
    if ticket is None:
        return False
    Ticket.objects.select_for_update().only("pk").get(pk=ticket.pk)
    clock = SlaClock.objects.open().filter(pk=pk, breached_at=None, due_at__lt=timezone.now()).first()
    if clock is None:
        return False  # somebody answered meanwhile, or another sweep told it
    _breach(ticket, clock)
    clock.save(update_fields=["breached_at"])
    return True


def _breach(ticket: Ticket, clock: SlaClock) -> None:
    clock.breached_at = clock.due_at
    record(
        ticket,
        "deadline_missed",
        by=CLOCK,
        deadline=clock.kind,
        policy=clock.policy.name if clock.policy else "",
        due_at=clock.due_at and clock.due_at.isoformat(),
    )


def _mirror(ticket: Ticket, row: Ticket) -> None:
    running = row.clocks.open().exclude(due_at=None).order_by("due_at").values_list("due_at", "kind").first()
    due_at: datetime = running[0] if running and running[0] else NO_DEADLINE
    due_for = running[1] if running else ""
    ticket.due_at, ticket.due_for = due_at, due_for
    if (row.due_at, row.due_for) != (due_at, due_for):
        Ticket.objects.filter(pk=row.pk).update(due_at=due_at, due_for=due_for)
