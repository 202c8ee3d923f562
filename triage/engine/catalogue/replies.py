"""Canned replies of the catalogue: reviewed answers with placeholders that name evidence fields."""

import re
from dataclasses import dataclass

from ..evidence import FIELDS
from ..verdict import Words
from .problem import Entry
from .words import words

REQUIRED = frozenset({"id", "cause", "title", "body"})
OPTIONAL = frozenset({"asks"})
# What the doctors know. A line with one of these is left out where they know nothing.
DOCTOR_PLACEHOLDERS = frozenset(
    {"corrected_base_url", "nearest_model", "wait", "request_fault", "pacing_link", "request_check_link"}
)
OTHER_PLACEHOLDERS = frozenset({"customer", "missing"}) | DOCTOR_PLACEHOLDERS
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Reply:
    """`asks` names the evidence fields that the reply asks the customer for."""

    id: str
    cause: str
    title: Words
    body: Words
    asks: tuple[str, ...] = ()


def read_reply(entry: Entry) -> Reply:
    entry.check_keys(required=REQUIRED, optional=OPTIONAL)
    asks = entry.texts("asks")
    for field in asks:
        if field not in FIELDS:
            entry.wrong(f"asks names evidence fields, not {field!r}")
    body = words(entry, "body")
    for language, text in (("en", body.en), ("zh", body.zh)):
        for name in placeholders(text):
            if name not in FIELDS and name not in OTHER_PLACEHOLDERS:
                entry.wrong(f"body.{language} has a placeholder {{{name}}} that nothing can fill")
    return Reply(entry.id, entry.text("cause"), words(entry, "title"), body, asks)


def placeholders(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))
