"""How many failures one token may report within a minute. Counted in the cache, so only roughly without Redis."""

import time

from django.conf import settings
from django.core.cache import cache

from tickets.models import ApiToken

MINUTE = 60


def seconds_to_wait(token: ApiToken) -> int:
    """0 while the token may report; else how long until it may again."""
    now = time.time()
    if int(cache.get(_key(token, now), 0)) < settings.FAILURES_PER_MINUTE:
        return 0
    return MINUTE - int(now) % MINUTE


def note(token: ApiToken, rows: int) -> None:
    """Count what was taken in; the batch that reaches the limit is still whole."""
    key = _key(token, time.time())
    if not cache.add(key, rows, timeout=2 * MINUTE):
        try:
            cache.incr(key, rows)
        except ValueError:  # forgotten in between
            cache.set(key, rows, timeout=2 * MINUTE)


def _key(token: ApiToken, now: float) -> str:
    return f"failures:{token.pk}:{int(now) // MINUTE}"
