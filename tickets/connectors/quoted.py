"""What a person wrote in an answer, apart from the history under it and from the signature.

Cuts too little rather than too much: answers written between quoted lines keep those lines.
"""

import re

SEPARATOR = "#~~ {} ~~#"  # the first line of our letters, whatever its language
_OURS = re.compile(r"^[>\s|*]*#~~ .{1,200} ~~#")
_WROTE = re.compile(
    r"^[>\s]*(?:"
    r"(?:On|Am|Le|El|Em|Il|At|Op|Den)\b.{4,300}?"
    r"(?:wrote|schrieb.{0,120}|a écrit|escribió|escreveu|ha scritto|schreef.{0,120})\s*[:：]"
    r"|(?:在|于)?.{0,200}(?:\d|@).{0,200}写道\s*[:：]"
    r")\s*$"
)
_DASHED = re.compile(
    r"^[>\s]*(?:-{2,}\s*(?:Original Message|Original|Ursprüngliche Nachricht|Message d'origine|Mensaje original"
    r"|原始邮件|邮件原件|原邮件|回复的原邮件)\s*-{2,})\s*$",
    re.IGNORECASE,
)
_WHO = re.compile(r"^.{0,80}\S@\S.{0,80}[:：]\s*$|^[^<]{0,80}<[^<>@\s]+@[^<>\s]+>\s*$")
_FIELD = re.compile(
    r"^\**\s*(?:From|Sent|Date|To|Cc|Subject|发件人|发送时间|发送日期|日期|时间|收件人|抄送|主题|Von|Gesendet|An|Betreff)"
    r"\s*\**\s*[:：]\**\s*\S"
)
_RULE = re.compile(r"^\s*[_-]{10,}\s*$")
_LONGEST_LEAD = 400
_WRAPPED = 3  # lines over which "On … wrote:" may be broken
_SIGNATURE_LINES = 12


def own_words(text: str) -> str:
    """The text without quoted history; all of it where nothing else would be left."""
    lines = text.split("\n")
    for at in range(len(lines)):
        rest = _history_at(lines, at)
        if rest is None:
            continue
        above = _without_lead(lines[:at])
        if _answers_between(lines[rest:]):
            kept = "\n".join([*above, *lines[rest:]]).strip()
            return without_signature(kept) or text.strip()
        return without_signature("\n".join(above).strip()) or text.strip()
    return without_signature(_without_bare_quote(lines)) or text.strip()


def without_signature(text: str) -> str:
    """Cut at the last `-- ` line; a bare `--` only where little follows."""
    lines = text.split("\n")
    for at in range(len(lines) - 1, -1, -1):
        if lines[at] == "-- " or (lines[at] == "--" and len(lines) - at <= _SIGNATURE_LINES):
            return "\n".join(lines[:at]).strip() or text.strip()
    return text.strip()


def _history_at(lines: list[str], at: int) -> int | None:
    """Where the quoted mail itself begins, if the words that introduce it stand at `at`."""
    line = lines[at]
    if _OURS.match(line) or _DASHED.match(line):
        return at + 1
    for count in range(1, _WRAPPED + 1):
        lead = lines[at : at + count]
        if _introduces(lead) and not any(_introduces(lead[later:]) for later in range(1, count)):
            return at + count
    start = at + 1 if _RULE.match(line) else at
    fields = 0
    while start + fields < len(lines) and _FIELD.match(lines[start + fields]):
        fields += 1
    return start + fields if fields >= 3 else None


def _introduces(lead: list[str]) -> bool:
    words = " ".join(line.strip() for line in lead)
    if len(words) > _LONGEST_LEAD or not words.endswith((":", "：")) or not all(map(str.strip, lead)):
        return False
    return _WROTE.match(words) is not None


def _without_lead(above: list[str]) -> list[str]:
    """A line left over the history that only says who wrote it goes too."""
    kept = list(above)
    while kept and not kept[-1].strip("> \t"):
        kept.pop()
    if kept and _WHO.match(kept[-1]):
        kept.pop()
    return kept


def _answers_between(history: list[str]) -> bool:
    """Whether unquoted words stand under lines that are quoted with `>`."""
    seen_quote = False
    for line in history:
        if line in ("-- ", "--"):
            return False
        if line.lstrip().startswith(">"):
            seen_quote = True
        elif seen_quote and line.strip():
            return True
    return False


def _without_bare_quote(lines: list[str]) -> str:
    """Quoted lines at the end with nothing that introduces them."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith(">")):
        kept.pop()
    return "\n".join(kept).strip()
