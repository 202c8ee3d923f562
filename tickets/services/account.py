"""Who a message belongs to: customers by e-mail address, keys by their fingerprint."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core import signing

from tickets.models import Customer, KeyRecord, Ticket

from .redaction import SafeText
from .search.index import index_tickets_of

SEAL = "seen-keys"  # salt of the signature
SEAL_LIVES = 7 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class SeenKey:
    """What may be kept of a key that stood in a text."""

    fingerprint: str
    last_four: str
    prefix: str
    earlier: tuple[str, ...] = ()  # fingerprints that it may be known by since before the pepper was changed


def keys_among(safe: SafeText) -> list[SeenKey]:
    """The API keys among what was masked; passwords, cookies and personal data are none."""
    return [
        SeenKey(
            found.fingerprint,
            found.last_four,
            _prefix(safe.text[found.span.start : found.span.end]),
            found.earlier,
        )
        for found in safe.findings
        if found.kind.endswith("_key") and found.last_four
    ]


def _prefix(mask: str) -> str:
    """`sk-proj-` of `sk-proj-…ab12`."""
    return mask.partition("…")[0][:24]


def seal(keys: Iterable[SeenKey]) -> str:
    """Seen keys as one signed word, to travel through a public form whose text is masked already."""
    listed = [asdict(key) for key in keys]
    return signing.dumps(listed, salt=SEAL) if listed else ""


def unseal(word: str) -> list[SeenKey]:
    """The keys in a signed word; a forged or old one holds none."""
    try:
        keys = signing.loads(word, salt=SEAL, max_age=SEAL_LIVES)
    except signing.BadSignature:
        return []
    return [SeenKey(**{**key, "earlier": tuple(key.get("earlier", ()))}) for key in keys]


def customer_with(email: str, *, name: str = "", language: str) -> Customer:
    """The customer with this address. A name is only filled in, never replaced from outside."""
    customer, created = Customer.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "language": language}
    )
    if not created and name and not customer.name:
        customer.name = name
        customer.save(update_fields=["name"])
        index_tickets_of(customer)
    return customer


def attach_key(ticket: Ticket, keys: Iterable[SeenKey]) -> KeyRecord | None:
    """Link the first key that was seen, and through it the account that it belongs to."""
    if ticket.key_id is not None:
        return ticket.key
    seen = next(iter(keys), None)
    if seen is None:
        return None
    key = _record_of(seen)
    ticket.key = key
    ticket.account = ticket.account or key.account
    ticket.save(update_fields=["key", "account"])
    return key


def _record_of(seen: SeenKey) -> KeyRecord:
    """A key that was last seen under an earlier pepper gets its new fingerprint now; nobody could reckon it before."""
    known = KeyRecord.objects.filter(fingerprint=seen.fingerprint).first()
    if known is None and seen.earlier:
        known = KeyRecord.objects.filter(fingerprint__in=seen.earlier).order_by("pk").first()
        if known is not None:
            known.fingerprint_before, known.fingerprint = known.fingerprint, seen.fingerprint
    if known is not None:
        if known.made_with != pepper_name():
            known.made_with = pepper_name()
            known.save(update_fields=["fingerprint", "fingerprint_before", "made_with"])
        return known
    return KeyRecord.objects.get_or_create(
        fingerprint=seen.fingerprint,
        defaults={"last_four": seen.last_four, "prefix": seen.prefix, "made_with": pepper_name()},
    )[0]


def pepper_name() -> str:
    """Tells peppers apart, and says nothing of them."""
    key = hashlib.blake2b(settings.PEPPER).digest()
    return hashlib.blake2b(b"name of a pepper", key=key, digest_size=4).hexdigest()
