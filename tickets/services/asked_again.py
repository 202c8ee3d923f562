"""What is asked for again and again: read, sent or fetched by a job, once whoever asks for it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from tickets.connectors.safe_fetch import NotFetched, refuse_unfit
from tickets.models import Probe, ProviderPage

Due = Probe | ProviderPage


def ask_for(due: Iterable[Due], ask: Callable[[Due], object], *, now: datetime) -> bool:
    """Ask for the job of each of these rows, unless another worker's rounds were quicker. Whether there was one."""
    rows = list(due)
    for row in rows:
        with transaction.atomic():
            still = type(row)._default_manager.filter(pk=row.pk, due_at=row.due_at)
            if still.update(due_at=now + timedelta(minutes=row.minutes)):
                ask(row)
    return bool(rows)


def may_be_asked(address: str, *, internal: bool) -> bool:
    """Of its form alone: where its host stands is looked at whenever it is asked."""
    try:
        refuse_unfit(address, internal=internal)
    except NotFetched:
        return False
    return True
