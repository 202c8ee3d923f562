"""Evidence values as a reply says them, in each language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import ceil
from types import MappingProxyType

from .catalogue.questions import load_questions
from .evidence import FIELDS
from .verdict import Words

LONGEST = 300

# Said as a clause of their own, in lower case; everything else is quoted as it is.
CLAUSES = frozenset({"charged", "retry_after", "wait"})

Values = Mapping[str, object]

_UNKNOWN = frozenset({"", "unknown", "none", "null", "?"})
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})

NOT_CHARGED = Words("nothing was charged", "本次没有扣费")
CHARGED = Words("a charge was made", "本次已扣费")
CHARGED_AMOUNT = Words("{amount} was charged", "本次已扣费 {amount}")
CHARGE_UNKNOWN = Words("we have not confirmed yet whether anything was charged", "是否扣费尚未核实")
A_WHILE = Words("a short while", "一小段时间")


def spoken(name: str, values: Values, language: str) -> str | None:
    """What stands in place of `{name}`; None where nothing true can be said."""
    say = _SPEAKERS.get(name)
    if say is not None:
        return say(values, language)
    value = values.get(name)
    return None if value is None or isinstance(value, bool) else _one_line(str(value)) or None


def _charged(values: Values, language: str) -> str:
    said = _yes_no(values.get("charged"))
    if said is None:
        return CHARGE_UNKNOWN.in_language(language)
    if not said:
        return NOT_CHARGED.in_language(language)
    amount = _amount(values, language)
    return (
        CHARGED_AMOUNT.in_language(language).replace("{amount}", amount)
        if amount
        else CHARGED.in_language(language)
    )


def _yes_no(value: object) -> bool | None:
    word = str(value).strip().lower()
    return True if word in _YES else False if word in _NO else None


def _amount(values: Values, language: str) -> str | None:
    """A bare number says nothing without its currency."""
    amount = _one_line(str(values.get("amount") or ""))
    currency = _one_line(str(values.get("currency") or ""))
    if not amount:
        return None
    if currency:
        return f"{amount} {currency}"
    return None if amount.replace(".", "", 1).isdigit() else amount


def _retry_after(values: Values, language: str) -> str:
    """What the server asked for, else what the doctor of limits read."""
    return _wait(values, language) or A_WHILE.in_language(language)


def _wait(values: Values, language: str) -> str | None:
    """None where waiting is known not to help."""
    if values.get("waiting_helps") is False:
        return None
    told = values.get("retry_after")
    return _length(values.get("wait") if told is None else told, language)


def _length(told: object, language: str) -> str:
    try:
        seconds = ceil(float(str(told)))
    except (ValueError, OverflowError):
        return A_WHILE.in_language(language)
    if seconds <= 0:
        return A_WHILE.in_language(language)
    for size, en, zh in ((3600, "hours", "小时"), (60, "minutes", "分钟")):
        if seconds >= 2 * size:
            return f"{ceil(seconds / size)} {Words(en, zh).in_language(language)}"
    second = "second" if seconds == 1 else "seconds"
    return f"{seconds} {Words(second, '秒').in_language(language)}"


def _time(values: Values, language: str) -> str | None:
    value = values.get("occurred_at")
    if isinstance(value, datetime):
        zone = value.strftime("%Z")
        return f"{value:%Y-%m-%d %H:%M:%S} {zone}".rstrip()
    return _one_line(str(value)) or None if value is not None else None


def _missing(values: Values, language: str) -> str | None:
    """The question for each missing field, one line each."""
    names = values.get("missing")
    if not isinstance(names, Sequence) or isinstance(names, str):
        return None
    asked = [question for name in names if (question := _question(str(name), language))]
    return "\n".join(f"{number}. {question}" for number, question in enumerate(asked, start=1)) or None


def _question(name: str, language: str) -> str | None:
    question = load_questions().get(name)
    if question is not None:
        return question.in_language(language)
    field = FIELDS.get(name)
    return Words(field.en, field.zh).in_language(language) if field else None


def _request_fault(values: Values, language: str) -> str | None:
    """The first thing that the checker found in the request."""
    fault = values.get("request_fault")
    return _one_line(fault.in_language(language)) or None if isinstance(fault, Words) else None


def _one_line(value: str) -> str:
    line = " ".join(value.split())
    return "" if line.lower() in _UNKNOWN else line[:LONGEST]


_SPEAKERS: Mapping[str, Callable[[Values, str], str | None]] = MappingProxyType(
    {
        "charged": _charged,
        "retry_after": _retry_after,
        "wait": _wait,
        "occurred_at": _time,
        "missing": _missing,
        "request_fault": _request_fault,
    }
)
