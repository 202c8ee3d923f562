"""English sentences that ask for a secret key.

First everything harmless that mentions a key is blanked: its last four characters, its owner, "with the key
removed". Then each verb or phrase that asks is followed word by word to a key, unless a word on the way turns
to something else ("send us the request id and check whether the key …").
"""

from collections.abc import Iterator

import re2

from ..evidence import Span
from .key_phrases_en import (
    ALWAYS_TO_US,
    DIRECT,
    ELSEWHERE,
    HARMLESS,
    HEAD,
    INDIRECT,
    ITEM,
    LEAD,
    LISTED,
    NO_PICTURE,
    NOT_WITHOUT,
    PICTURED,
    QUESTION,
    REACH,
    RECIPIENT,
    REFUSED,
    STATEMENT,
    TO_US,
    TURNS_AWAY,
    UNMASKED,
    WANTS_PICTURE,
)
from .sentence import blanked


def key_requests(sentence: str) -> Iterator[Span]:
    """The words that ask for a key, in one sentence."""
    text = blanked(HARMLESS, sentence)
    for question in (*NOT_WITHOUT.finditer(sentence), *UNMASKED.finditer(sentence), *QUESTION.finditer(text)):
        yield Span(question.start(), question.end())
    for found in (*_pictured(text), *INDIRECT.finditer(text)):
        if not REFUSED.search(text[: found.start()]):
            yield Span(found.start(), found.end())
    for head in HEAD.finditer(text):
        end = _asked_until(text, head)
        if end and not REFUSED.search(text[: head.start()]):
            yield Span(head.start(), end)


def _pictured(text: str) -> Iterator["re2._Match[str]"]:
    """Where a picture of the key is asked for; a masked one, or one that was sent already, is harmless."""
    if WANTS_PICTURE.search(text):
        for found in PICTURED.finditer(text):
            if not NO_PICTURE.search(text[: found.end() + 20]):
                yield found


def leads_to_a_list(sentence: str) -> bool:
    found = LEAD.search(sentence)
    return found is not None and not REFUSED.search(sentence[: found.start()])


def listed_key(item: str) -> Span | None:
    """The key, where a list item is one: `2. your API key`."""
    found = ITEM.search(blanked(HARMLESS, item))
    return Span(found.start(), found.end()) if found else None


def _asked_until(text: str, head: "re2._Match[str]") -> int | None:
    """Where the key ends that this verb asks for, or None when it asks for none."""
    recipient = None if head.group("asks") else RECIPIENT.match(text, head.end())
    reach = _reach(text, recipient.end() if recipient else head.end())
    if reach and (head.group("asks") or recipient or _goes_to_us(text, head, reach)):
        return int(reach.end())
    if not head.group("strong") or STATEMENT.search(text[: head.start()]):
        return None
    named = DIRECT.match(text, head.end()) or (reach if _is_listed(reach) else None)
    return None if named is None or ELSEWHERE.search(_after(text, named.end())) else int(named.end())


def _reach(text: str, start: int) -> "re2._Match[str] | None":
    """From the verb to the key, unless a word on the way turns to something else."""
    found = REACH.match(text, start)
    if found is None or TURNS_AWAY.search(found.group("between")):
        return None
    return found


def _goes_to_us(text: str, head: "re2._Match[str]", reach: "re2._Match[str]") -> bool:
    if head.group().lower() in ALWAYS_TO_US:
        return True
    return bool(TO_US.search(reach.group("between")) or TO_US.search(_after(text, reach.end())))


def _is_listed(reach: "re2._Match[str] | None") -> bool:
    """The key is the last of several things asked for: `the model, the time and your key`."""
    return reach is not None and bool(LISTED.search(reach.group("between")))


def _after(text: str, end: int) -> str:
    return text[end : end + 80]
