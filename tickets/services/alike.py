"""Who else fails alike just now: failures that gateways reported, beside the tickets that customers wrote."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone

from tickets.models import FailureAccount, FailureKind, Ticket

from .failure.redacting import account_digest

WINDOW = timedelta(minutes=60)
MINUTES = int(WINDOW.total_seconds() // 60)


def failing_alike(ticket: Ticket) -> dict[str, int]:
    """The part of the engine's context. Customers who wrote are most likely among the accounts that a gateway
    reported, so the larger number counts, never their sum.
    """
    told = [one for one in (tickets_alike(ticket), failures_alike(ticket)) if one]
    if not told:
        return {}
    return {field: max(one[field] for one in told) for field in ("accounts", "failures", "minutes")}


def tickets_alike(ticket: Ticket) -> dict[str, int]:
    """Tickets of the last hour with the same error fingerprint, and how many other customers sent them."""
    if not ticket.fingerprint:
        return {}
    alike = Ticket.objects.filter(fingerprint=ticket.fingerprint, created_at__gte=timezone.now() - WINDOW)
    counted = alike.aggregate(
        others=Count("customer", distinct=True, filter=~Q(customer=ticket.customer_id)), tickets=Count("pk")
    )
    if counted["tickets"] < 2:
        return {}  # nobody else wrote to the desk; that does not say that others get through
    return {"accounts": counted["others"], "failures": counted["tickets"], "minutes": MINUTES}


def numbers_alike(ticket: Ticket, *, most: int = 200) -> list[int]:
    """Numbers of those that nobody has put to an incident yet, nor closed; the newest."""
    if not ticket.fingerprint:
        return []
    alike = Ticket.objects.standing().unsolved().filter(fingerprint=ticket.fingerprint, incident=None)
    lately = alike.filter(created_at__gte=timezone.now() - WINDOW).order_by("-pk")
    return list(lately.values_list("pk", flat=True)[:most])


def failures_alike(ticket: Ticket) -> dict[str, int]:
    """Failures of the last hour with the same error fingerprint, and of how many other accounts they are."""
    if not ticket.fingerprint:
        return {}
    kinds = list(FailureKind.objects.filter(fingerprint=ticket.fingerprint).values_list("pk", flat=True))
    if not kinds:
        return {}
    now = timezone.now().replace(second=0, microsecond=0)
    counted = FailureAccount.objects.filter(
        # Every minute by its name: the index is then asked for these kinds only.
        minute__in=[now - timedelta(minutes=ago) for ago in range(MINUTES)],
        kind__in=kinds,
    ).aggregate(
        others=Count("account_digest", distinct=True, filter=~Q(account_digest__in=_own(ticket))),
        failures=Sum("failures"),
    )
    if not counted["failures"]:
        return {}
    return {"accounts": counted["others"], "failures": counted["failures"], "minutes": MINUTES}


def _own(ticket: Ticket) -> list[int]:
    """Stand-ins of the ticket's own account, and of no account."""
    account = ticket.account
    names: Mapping[str, None] = dict.fromkeys([account.name, account.external_id] if account else [])
    return [0, *(account_digest(name) for name in names if name)]
