"""How often one address, token or all of them together may knock at a door. Counted in the shared cache.

A cache that is away counts nothing: it is better to serve than to refuse everybody.
"""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from triage.limit import Limit
from triage.visitor import address_of

NETWORK = 64  # bits of an IPv6 address that one household or machine has for itself


def knock(door: str, who: object) -> int:
    """Count one call at the door. 0 lets it through; else how many seconds until it opens again."""
    limit: Limit = settings.LIMITS[door]
    now = int(time.time())
    window, left = now // limit.seconds, limit.seconds - now % limit.seconds
    key = f"limit:{door}:{who}:{window}"
    if cache.add(key, 1, limit.seconds + 1):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # it ended between the two calls
        return 0
    return left if count > limit.most else 0


def who_asks(request: HttpRequest) -> str:
    """The network that a request comes from."""
    address = address_of(request)
    if not address or ipaddress.ip_address(address).version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/{NETWORK}", strict=False).network_address)
