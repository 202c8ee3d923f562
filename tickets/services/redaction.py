"""The door through which every text enters: cleaned, bounded, secrets masked, keys known only by fingerprint."""

from dataclasses import dataclass, replace

from django.conf import settings

from triage.engine.minimise import minimise
from triage.engine.redact import Finding, redact
from triage.engine.text import clean


@dataclass(frozen=True, slots=True)
class SafeText:
    """A text that may be stored. `was_cut` says that it was longer than the limit."""

    text: str
    was_cut: bool
    findings: tuple[Finding, ...]

    @property
    def masked(self) -> int:
        return len(self.findings)


def safe_words(raw: str) -> str:
    """What a person typed into a field, without secrets. E-mail addresses and the like are theirs to write."""
    return make_safe(raw, personal=False).text.strip()


def make_storable(raw: str | bytes) -> SafeText:
    """As `make_safe`, for what customers and gateways send: what a request says to a model goes as well, unless the
    operator wants to keep it. Its shape stays.
    """
    if settings.KEEP_REQUEST_CONTENTS:
        return make_safe(raw)
    cleaned = clean(raw)
    safe = make_safe(minimise(cleaned.text).text)
    return replace(safe, was_cut=cleaned.cut or safe.was_cut)


def make_safe(raw: str | bytes, *, personal: bool = True) -> SafeText:
    """Clean and redact. E-mail addresses, phone and card numbers go too, unless the text is meant to hold one."""
    cleaned = clean(raw)
    redacted = redact(
        cleaned.text,
        pepper=settings.PEPPER,
        personal=personal,
        peppers_before=settings.PEPPERS_BEFORE,
    )
    return SafeText(redacted.text, cleaned.cut, redacted.findings)
