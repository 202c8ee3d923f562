"""The vocabulary of the answer: verdict, cause, layer, and the diagnosis that carries its own reasons."""

from dataclasses import dataclass
from enum import StrEnum

from .evidence import Evidence, Span


class Verdict(StrEnum):
    CONFIG_MISTAKE = "config_mistake"
    PROVIDER_INCIDENT = "provider_incident"
    NEEDS_EVIDENCE = "needs_evidence"


class Place(StrEnum):
    """The layer where a failure sits (the word `layer` of the domain)."""

    CLIENT = "client"
    NETWORK = "network"
    ACCOUNT = "account"
    KEY = "key"
    GATEWAY = "gateway"
    ROUTING = "routing"
    PROVIDER = "provider"
    TASK = "task"


SURE, LIKELY = 0.8, 0.5  # the least confidence of each


class Sureness(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"

    @classmethod
    def of(cls, confidence: float) -> "Sureness":
        if confidence >= SURE:
            return cls.SURE
        return cls.LIKELY if confidence >= LIKELY else cls.UNSURE


@dataclass(frozen=True, slots=True)
class Words:
    """The same sentence in every language that the product speaks."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        return self.zh if language.lower().startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a request failed. `check`, `admin` and `escalate` tell who can do what about it."""

    slug: str
    verdict: Verdict
    layer: Place
    title: Words
    plain: Words
    check: Words
    admin: Words
    escalate: Words
    retry_helps: bool = False
    usual: float = 1.0  # of a hundred tickets

    @property
    def family(self) -> str:
        return self.slug.split(".")[0]


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of a rule that held: what was tested, what was found, and the words that made it true."""

    signal: str
    test: str
    found: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FiredRule:
    id: str
    cause: str
    weight: float
    because: Words
    reasons: tuple[Reason, ...]
    silenced_by: str = ""


@dataclass(frozen=True, slots=True)
class NearRule:
    """A rule with part of its conditions met: what held, and which conditions were lacking."""

    id: str
    cause: str
    because: Words
    held: tuple[Reason, ...]
    lacked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settle:
    """The one field or test that would settle a doubt, with the message that asks the customer for it."""

    field: str
    question: Words


@dataclass(frozen=True, slots=True)
class Diagnosis:
    verdict: Verdict
    cause: Cause
    confidence: float
    alternatives: tuple[Cause, ...]
    evidence: Evidence
    fired: tuple[FiredRule, ...]
    nearly: tuple[NearRule, ...]
    missing: tuple[str, ...]
    settle: Settle | None
    redacted_text: str
    rule_set: str
    cut: bool = False

    @property
    def layer(self) -> Place:
        return self.cause.layer

    @property
    def sureness(self) -> Sureness:
        return Sureness.of(self.confidence)

    @property
    def deciding(self) -> tuple[FiredRule, ...]:
        """The rules that carried the verdict: those of the chosen cause that were not silenced."""
        return tuple(rule for rule in self.fired if rule.cause == self.cause.slug and not rule.silenced_by)
