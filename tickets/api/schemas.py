from typing import Any

from ninja import Field, Schema

from triage.engine.text import MAX_CHARS

TEXT_LIMIT = 40 * MAX_CHARS  # beyond it the call is refused; up to it the middle is cut with a visible mark


class DiagnosisOut(Schema):
    """The same object as `manage.py triage --json` prints."""

    id: Any = None
    verdict: str
    cause: str
    layer: str
    confidence: float
    alternatives: list[str]
    evidence: dict[str, Any]
    rules: list[str]
    missing: list[str]
    redacted_text: str


class TriageIn(Schema):
    text: str = Field(min_length=1, max_length=TEXT_LIMIT)
    context: dict[str, Any] | None = None


class TicketIn(Schema):
    text: str = Field(min_length=1, max_length=TEXT_LIMIT)
    email: str = Field(max_length=254)
    account: str = Field("", max_length=200)
    language: str = Field("", max_length=8)
    evidence: dict[str, Any] = Field(default_factory=dict)
    idempotency_key: str = Field("", max_length=160, pattern=r"^[!-~]*$")


class MessageIn(Schema):
    text: str = Field(min_length=1, max_length=TEXT_LIMIT)


class TicketOut(Schema):
    number: int
    follow_up_url: str
    diagnosis: DiagnosisOut
