"""One thing that a text must not say: where it stands, why not, and what to say instead."""

from dataclasses import dataclass

from ..evidence import Span
from ..verdict import Words

ASKS_FOR_KEY = "asks_for_key"
PROMISES_TIME = "promises_time"
PROMISES_MONEY = "promises_money"
ADVISES_ROUTE = "advises_route"
BLAMES = "blames"
PLACEHOLDER = "placeholder"
SECRET = "secret"  # noqa: S105  # a code, not a secret
OTHER_LANGUAGE = "other_language"
NO_ATTACHMENT = "no_attachment"
ANSWERED_ELSEWHERE = "answered_elsewhere"
# Doubts rather than faults: they ask once, and whoever is sure sends all the same.
DOUBTS = frozenset({BLAMES, OTHER_LANGUAGE, NO_ATTACHMENT, ANSWERED_ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Objection:
    """`span` counts characters of the text that was checked."""

    code: str
    span: Span
    reason: Words
    suggestion: Words

    @property
    def is_doubt(self) -> bool:
        return self.code in DOUBTS
