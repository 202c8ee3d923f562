"""Probes: one small request through a gateway, again and again, and what it met.

Bounded: one token is asked for, a minute or more lies between two, and few are on. Keys come from the environment.
"""

import json
import os
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from tickets.connectors.safe_fetch import Answer, NotFetched, call
from tickets.models import Person, Probe, ProbeResult

from . import outbox
from .asked_again import ask_for
from .redaction import make_safe
from .setting_change import About, Kind, differences, note_change, state_of

FIELDS = ("provider", "model", "address", "key_name", "is_on", "minutes", "is_internal")
KEYS = "PROBE_KEY"  # how the names of variables begin that hold a key for probes
MOST = 50  # probes that are on
SECONDS = 25.0  # well within the lease of a job
MOST_BYTES = 64 * 1024
KEPT = timedelta(days=90)
IN_A_ROW = 2  # failures that make a trouble
Outcome = ProbeResult.Outcome


class TooMany(ValueError):
    """As many are on as may be."""


def key_names() -> list[str]:
    return sorted(name for name in os.environ if name.startswith(KEYS))


@transaction.atomic
def save_probe(probe: Probe, *, by: Person) -> None:
    """What changed is sent at once. Raises TooMany, with nothing stored."""
    known = Probe.objects.select_for_update().filter(pk=probe.pk).first() if probe.pk else None
    changed = differences(state_of(known, FIELDS) if known else {}, state_of(probe, FIELDS))
    if not changed:
        return
    if probe.is_on and Probe.objects.filter(is_on=True).exclude(pk=probe.pk).count() >= MOST:
        raise TooMany
    probe.due_at = timezone.now()
    probe.save()
    note_change(About.PROBE, Kind.SAVED if known else Kind.ADDED, probe, by=by, data=changed)


@transaction.atomic
def remove_probe(probe: Probe, *, by: Person) -> None:
    """With what it met."""
    note_change(About.PROBE, Kind.REMOVED, probe, by=by)
    probe.delete()


def ask_when_due() -> bool:
    """Ask for the probes that are due, each once whoever asks. One small query where none is."""
    now = timezone.now()
    return ask_for(Probe.objects.due(now)[:MOST], lambda row: outbox.add("send_probe", row), now=now)


@transaction.atomic
def ask_now(probe: Probe) -> bool:
    """Whether it is on and was not sent within the last minute."""
    lately = timezone.now() - timedelta(minutes=1)
    if probe.results.filter(at__gt=lately).exists():
        return False
    is_on = Probe.objects.filter(pk=probe.pk, is_on=True).update(due_at=timezone.now())
    return bool(is_on) and ask_when_due()


def send_probe(probe_id: int, *, idempotency_key: str = "") -> None:
    """Send it and write down what it met. One that comes again within its minute is not sent twice."""
    probe = Probe.objects.filter(pk=probe_id, is_on=True).first()
    if probe is None or probe.results.filter(at__gt=timezone.now() - timedelta(seconds=50)).exists():
        return
    begun, start = timezone.now(), time.monotonic()
    outcome, status, said = _met(probe)
    took = round((time.monotonic() - start) * 1000)
    with transaction.atomic():
        probe.results.create(at=begun, outcome=outcome, http_status=status, latency_ms=took, said=said)
        probe.results.filter(at__lt=begun - KEPT).delete()


def newest_results() -> QuerySet[Probe]:
    """All probes, each with `outcome`, `at`, `latency_ms`, `http_status` and `said` of its last result."""
    last = ProbeResult.objects.filter(probe=OuterRef("pk")).order_by("-at")
    fields = ("outcome", "at", "latency_ms", "http_status", "said")
    return Probe.objects.annotate(**{f"last_{field}": Subquery(last.values(field)[:1]) for field in fields})


def failing_since(provider: str, model: str, now: datetime) -> datetime | None:
    """Since when the probes of this provider and model fail, if the last few of one all did; None else."""
    since = []
    for probe in Probe.objects.filter(is_on=True, provider__iexact=provider, model=model)[:MOST]:
        lately = probe.results.filter(at__gt=now - (IN_A_ROW + 1) * timedelta(minutes=probe.minutes))
        last = list(lately.order_by("-at")[:IN_A_ROW])
        if len(last) == IN_A_ROW and all(result.outcome == Outcome.FAILS for result in last):
            since.append(last[-1].at)
    return min(since, default=None)


def _met(probe: Probe) -> tuple[str, int | None, str]:
    body = {
        "model": probe.model,
        "messages": [{"role": "user", "content": "ping"}],
        "max_tokens": 1,
        "stream": False,
    }
    key = os.environ.get(probe.key_name, "") if probe.key_name.startswith(KEYS) else ""
    headers = [("Content-Type", "application/json")]
    if key:
        headers.append(("Authorization", f"Bearer {key.strip()}"))
    try:
        answer = call(
            "POST",
            f"{probe.address.rstrip('/')}/chat/completions",
            headers=headers,
            body=json.dumps(body).encode(),
            internal=probe.is_internal,
            most_bytes=MOST_BYTES,
            seconds=SECONDS,
        )
    except NotFetched as problem:
        return Outcome.FAILS, None, str(problem)
    return _outcome_of(answer), answer.status, "" if answer.status == 200 else _said(answer, key)


def _outcome_of(answer: Answer) -> str:
    """A refusal blames the request or its key, so it says nothing of the provider."""
    if answer.status == 200:
        return Outcome.WORKS if _is_an_answer(answer.body) else Outcome.FAILS
    return Outcome.FAILS if answer.status >= 500 or answer.status == 408 else Outcome.REFUSED


def _is_an_answer(body: bytes) -> bool:
    try:
        return bool(json.loads(body)["choices"])
    except (ValueError, TypeError, KeyError):
        return False


def _said(answer: Answer, key: str) -> str:
    text = answer.body.decode("utf-8", "replace")
    return make_safe(text.replace(key, "…") if key else text).text[:300]
