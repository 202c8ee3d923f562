"""What a draft says at first: from the catalogue, from the evidence, and from customers' scrubbed words."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from tickets.models import EvidenceValue, Language, Message, Ticket
from triage.engine.catalogue.replies import placeholders
from triage.engine.extract import extract
from triage.engine.scrub import GAP, scrub
from triage.engine.stretch import shared_stretch
from triage.engine.verdict import Cause, Words

from ..catalogue import catalogue, cause_named
from . import words
from .candidate import UNKNOWN, Candidate, tickets_behind
from .content import Content
from .known import known_of
from .quotes import quotes_of

MOST_TICKETS = 40
MOST_NAMES = 4
LONGEST_SUMMARY = 360
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+")
_STEP = re.compile(r"^\d+\.\s+(.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.。]+[.。]?")


def error_strings(candidate: Candidate) -> list[str]:
    """For each error that is not covered the words that its tickets have in common, without anybody's names."""
    tickets = _read(candidate)
    return _strings(candidate, tickets, known_of(tickets))


def drafted(candidate: Candidate) -> Content:
    """The whole draft, in both languages."""
    tickets = _read(candidate)
    known = known_of(tickets)
    facts = _facts(tickets)
    strings = _strings(candidate, tickets, known)
    messages = Message.objects.filter(ticket__in=tickets, kind=Message.Kind.CUSTOMER).select_related("ticket")
    quotes = quotes_of(messages.order_by("pk"), known=known)
    is_known = candidate.cause != UNKNOWN
    texts = {}
    for language in Language.values:
        known_parts = (
            _of_cause(cause_named(candidate.cause), language) if is_known else _of_none(strings, language)
        )
        texts[language] = {
            **known_parts,
            "symptom": _symptom(quotes.get(language, []), language),
            "applies_to": _applies_to(facts, known, language),
            "charged": _charged(tickets).in_language(language),
            "works": words.WORKS.in_language(language),
        }
    return {
        "cause": candidate.cause if is_known else "",
        "codes": _codes(facts, known),
        "strings": strings,
        "related": [],
        "gap": "",
        "texts": texts,
    }


def _read(candidate: Candidate) -> list[Ticket]:
    return list(tickets_behind(candidate).select_related("customer", "account", "key")[:MOST_TICKETS])


def _strings(candidate: Candidate, tickets: Sequence[Ticket], known: set[str]) -> list[str]:
    errors: dict[str, list[str]] = defaultdict(list)
    prints = {ticket.pk: ticket.fingerprint for ticket in tickets}
    rows = EvidenceValue.objects.filter(ticket__in=tickets, field="raw_error", is_current=True)
    for ticket, value in rows.order_by("pk").values_list("ticket", "value"):
        errors[prints[ticket]].append(scrub(_said(str(value)), known))
    found = (shared_stretch(list(dict.fromkeys(errors[each.fingerprint]))) for each in candidate.lacking)
    return list(dict.fromkeys(filter(None, found)))


def _said(error: str) -> str:
    """The sentence of the innermost error; without one the whole."""
    innermost = extract(error).innermost
    return innermost.message if innermost is not None and innermost.message in error else error


def _facts(tickets: Sequence[Ticket]) -> dict[str, list[str]]:
    """By field the values that tickets of two customers share, the most frequent first."""
    customers: dict[tuple[str, str], set[int]] = defaultdict(set)
    whose = {ticket.pk: ticket.customer_id for ticket in tickets}
    rows = EvidenceValue.objects.filter(
        ticket__in=tickets, field__in=("error_code", "request_type", "client"), is_current=True
    )
    for ticket, field, value in rows.values_list("ticket", "field", "value"):
        customers[field, str(value)].add(whose[ticket])
    counts = Counter({each: len(by) for each, by in customers.items() if len(by) > 1})
    found: dict[str, list[str]] = defaultdict(list)
    for (field, value), _count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        found[field].append(value)
    return found


def _codes(facts: dict[str, list[str]], known: set[str]) -> list[str]:
    return [code for code in facts["error_code"] if _CODE.fullmatch(code) and scrub(code, known) == code]


def _applies_to(facts: dict[str, list[str]], known: set[str], language: str) -> str:
    names = [scrub(name, known) for name in (*facts["request_type"], *facts["client"])]
    shown = [f"`{name}`" for name in names if GAP not in name and "`" not in name][:MOST_NAMES]
    if not shown:
        return words.APPLIES_TO_ALL.in_language(language)
    between = "、" if language.startswith("zh") else ", "
    return words.SEEN_WITH.in_language(language).format(names=between.join(shown))


def _symptom(quotes: list[str], language: str) -> str:
    symptom = words.SYMPTOM.in_language(language)
    if not quotes:
        return symptom
    marks = "“{}”"
    between = "、" if language.startswith("zh") else ", "
    said = between.join(marks.format(quote) for quote in quotes)
    return f"{symptom}\n\n{words.SAID.in_language(language).format(quotes=said)}"


def _charged(tickets: Sequence[Ticket]) -> Words:
    told = {ticket.charged for ticket in tickets}
    if True in told:
        return words.MAY_BE_CHARGED
    return words.NOT_CHARGED if False in told else words.CHARGE_UNKNOWN


def _of_cause(cause: Cause, language: str) -> dict[str, object]:
    return {
        "title": cause.title.in_language(language),
        "summary": _first_sentences(cause.plain.in_language(language)),
        "why": cause.plain.in_language(language),
        "fix": _steps(cause, language),
        "check_yourself": cause.check.in_language(language),
        "admin": cause.admin.in_language(language),
        "escalation": cause.escalate.in_language(language),
    }


def _of_none(strings: list[str], language: str) -> dict[str, object]:
    to_write = words.TO_WRITE.in_language(language)
    parts = ("summary", "why", "check_yourself", "admin", "escalation")
    title = words.NEW_TITLE.in_language(language).format(error=(strings or [GAP])[0][:100])
    return {"title": title, **dict.fromkeys(parts, to_write), "fix": [to_write]}


def _steps(cause: Cause, language: str) -> list[str]:
    """The numbered steps of its canned reply that need no blank filled, alike in both languages."""
    for reply in catalogue().replies:
        if reply.cause == cause.slug:
            both = zip(_STEP.findall(reply.body.en), _STEP.findall(reply.body.zh), strict=False)
            steps = [Words(*pair) for pair in both if not any(map(placeholders, pair))]
            if len(steps) > 1:
                return [step.in_language(language) for step in steps]
    return [cause.check.in_language(language)]


def _first_sentences(text: str) -> str:
    """As many whole sentences as a summary may hold, two at most."""
    kept = "".join(_SENTENCE.findall(text)[:2]).strip()
    return kept if len(kept) <= LONGEST_SUMMARY else kept[: LONGEST_SUMMARY - 1].rstrip() + "…"
