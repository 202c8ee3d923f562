"""Who a message belongs to: customers by e-mail address, keys by their fingerprint."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

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


def keys_among(safe: SafeText) -> list[SeenKey]:
    """The API keys among what was masked; passwords, cookies and personal data are none."""
    return [
        SeenKey(found.fingerprint, found.last_four, _prefix(safe.text[found.span.start : found.span.end]))
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
        return [SeenKey(**key) for key in signing.loads(word, salt=SEAL, max_age=SEAL_LIVES)]
    except signing.BadSignature:
        return []


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
    key, _ = KeyRecord.objects.get_or_create(
        fingerprint=seen.fingerprint, defaults={"last_four": seen.last_four, "prefix": seen.prefix}
    )
    ticket.key = key
    ticket.account = ticket.account or key.account
    ticket.save(update_fields=["key", "account"])
    return key
