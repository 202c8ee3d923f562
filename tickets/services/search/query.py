"""What is typed into the search box: words, "phrases" and operators. Pure but for the language of its notes."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .tokens import BEGINNINGS_OF, asked_tokens, beginning_token, field_token, is_chinese, normalise, runs_of

LONGEST = 500  # characters that are read
MOST_TERMS = 24
LAST_FOUR = 4  # characters

# Operators answered by the index. Each value is one token of the entry, a star at its end asks for beginnings.
INDEXED = {
    "status": "status",
    "model": "model",
    "provider": "provider",
    "request": "request",
    "task": "task",
    "key": "key",
    "cause": "cause",
    "account": "account",
    "email": "email",
    "number": "number",
    "tag": "tag",
}
# Operators answered by columns of the ticket; `tickets.services.search.conditions` knows their values.
CONDITIONS = frozenset(
    {
        "charged", "verdict", "is", "assignee", "incident", "after", "before",
        "due", "has", "source", "language", "error", "team",
    }
)  # fmt: skip
EVIDENCE = frozenset(
    {"status", "model", "provider", "request", "task", "key"}
)  # not for people who may not see evidence

_TYPED = str.maketrans("：“”„＂＃＊", ':""""#*')  # as Chinese keyboards and word processors write them
_PIECE = re.compile(
    r'(?P<minus>(?<!\S)-(?=[^\s-]))?(?:(?P<name>[A-Za-z_]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+)|(?<=:)(?=\s|$))'
)


@dataclass(frozen=True, slots=True)
class Term:
    """An entry holds the term if it has all its tokens, the last one as a beginning where `begins`, and the
    words of `phrase` in this order. `may_begin` is a last word that counts as a beginning if it stands nowhere
    as a whole. With `is_absent` it holds the term if it has not the token.
    """

    tokens: tuple[str, ...]
    phrase: str = ""
    begins: bool = False
    may_begin: bool = False
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    terms: tuple[Term, ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()  # of a name with a minus before it, what must not hold
    notes: tuple[str, ...] = ()  # what was not understood, as sentences for the one who typed it


def parse(text: str, *, evidence: bool = True, beginnings: bool = True, is_narrowed: bool = False) -> Query:
    """Never fails. What is no operator is a word; `evidence` is whether evidence may be searched, `beginnings` whether
    all entries hold those of values, `is_narrowed` whether the list is by more than this.
    """
    terms: list[Term] = []
    absent_values: list[Term] = []
    absent_words: list[Term] = []
    conditions: list[tuple[str, str]] = []
    notes: list[str] = []
    if len(text) > LONGEST:
        notes.append(_("Only the first %(count)d characters are searched for.") % {"count": LONGEST})
    for piece in _PIECE.finditer(text[:LONGEST].translate(_TYPED)):
        name = (piece["name"] or "").lower()
        value = piece["quoted"] if piece["quoted"] is not None else piece["bare"] or ""
        minus = piece["minus"] or ""
        if name in EVIDENCE and not evidence:
            notes.append(_("%(name)s: is evidence, which you may not search.") % {"name": name})
        elif name == "status" and value.lower() in ("open", "waiting", "resolved"):
            conditions.append((f"{minus}is", value.casefold()))
        elif name in INDEXED and (term := _indexed(name, value, evidence=evidence, beginnings=beginnings)):
            (absent_values if minus else terms).append(term)
        elif name in CONDITIONS and value:
            conditions.append((minus + name, value.casefold()))
        else:
            if name and not value.startswith("/"):  # the start of an address such as https://… is no operator
                notes.append(_unknown(name, value))
            if piece[0] in ("OR", "NOT"):
                notes.append(
                    _("%(word)s is read as a word. A minus before a word leaves it out.") % {"word": piece[0]}
                )
            whole = f"{name}:{value}" if name else value
            if piece[0] == "AND":
                continue  # all words are asked for anyway
            is_quoted = piece["quoted"] is not None
            words = _words(whole, quoted=is_quoted, evidence=evidence)
            if is_quoted and not evidence and any(len(word.tokens) > 1 for word in words):
                notes.append(
                    _(
                        "Quoted words are searched for one by one: you may not search evidence for whole phrases."
                    )
                )
            (absent_words if minus else terms).extend(words)
    if len(terms) > MOST_TERMS:
        notes.append(_("Only the first %(count)d words are searched for.") % {"count": MOST_TERMS})
    if text.strip() and not (terms or absent_values or absent_words or conditions or notes):
        notes.append(_("There is no word in this to search for."))
    kept = _last_may_begin(terms[:MOST_TERMS])
    is_looked_for = bool(kept or conditions or absent_values or is_narrowed)
    left_out, why_not = _left_out([*absent_values, *(absent_words if is_looked_for else ())])
    if absent_words and not is_looked_for:
        why_not.append(_("Say also what is looked for: words alone cannot be left out."))
    return Query((*kept, *left_out), tuple(conditions), (*notes, *why_not))


def asks_for_beginning(text: str) -> bool:
    return "*" in text.translate(_TYPED)


def _left_out(absent: list[Term]) -> tuple[list[Term], list[str]]:
    """The terms that no entry found may hold, and what is to be said of those that cannot be left out."""
    if any(len(term.tokens) > 1 or term.phrase or term.begins for term in absent):
        return [], [_("Only single words and whole values can be left out.")]
    return [Term(term.tokens, is_absent=True) for term in absent[:MOST_TERMS]], []


def _indexed(name: str, value: str, *, evidence: bool, beginnings: bool) -> Term | None:
    begins = value.endswith("*")
    value = normalise(value.replace("*", "").lstrip("#…."))
    if name == "account":
        tokens = [token for run in runs_of(value) for token in asked_tokens(run)]
        return _named("account" if evidence else "seen=account", tokens, begins) if tokens else None
    if name == "key":
        value = value[-LAST_FOUR:]  # more of a key is known nowhere
    if not value:
        return None
    field = INDEXED[name]
    if begins and beginnings and field in BEGINNINGS_OF:
        return Term((beginning_token(field, value),))
    return Term((field_token(field, value),), begins=begins)


def _named(name: str, tokens: list[str], begins: bool) -> Term:
    return Term(tuple(f"{name}={token}" for token in tokens), begins=begins)


def _words(value: str, *, quoted: bool, evidence: bool) -> list[Term]:
    if re.fullmatch(r"#\d+", value):
        return [Term((field_token("number", value[1:]),))]
    normalised = normalise(value)
    runs = runs_of(normalised)
    if not runs:
        return []
    tokens = tuple(dict.fromkeys(token for run in runs for token in asked_tokens(run)))
    single = len(runs) == 1 and not (is_chinese(runs[0]) and len(runs[0]) > 2)
    first, last = normalised.index(runs[0]), normalised.rindex(runs[-1]) + len(runs[-1])
    phrase = "" if single else normalised[first:last]
    begins = not quoted and value.endswith("*") and not is_chinese(runs[-1])
    may_begin = single and not quoted and not begins and not is_chinese(runs[0]) and len(runs[0]) > 1
    if not evidence:
        return [Term(tuple(f"seen={token}" for token in tokens), "", begins, may_begin)]
    return [Term(tokens, phrase, begins, may_begin)]


def _last_may_begin(terms: list[Term]) -> tuple[Term, ...]:
    """Only the word at the end may be an unfinished one."""
    return tuple(
        Term(term.tokens, term.phrase, term.begins, term.may_begin and at == len(terms))
        for at, term in enumerate(terms, start=1)
    )


def _unknown(name: str, value: str) -> str:
    if name in CONDITIONS or name in INDEXED:
        return _("%(name)s: needs a value.") % {"name": name}
    return _("There is no operator %(name)s: – searched for as words.") % {"name": name}
