"""Tickets that share rare words with a given one, found through the search index.

How rare a word is, is counted among the tickets opened around the given one (the step tokens of the index make
that cheap), and hits are taken from a wider stretch around it: bounded work, however many tickets there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from django.db import connection

from .find import VECTOR
from .index import STEPS, step_token
from .tokens import LONGEST, is_chinese, normalise, runs_of

COUNTED_IN, TAKEN_FROM = STEPS[0], STEPS[1]
READ = 6_000  # characters of each text
MOST_ASKED = 14  # words whose rarity is counted
MOST_USED = 4
MOST_HITS = 1_000  # of a word
TOO_MANY = 60  # around the ticket: such a word tells nothing
RARE_SHARE = 0.03
FEW = 5  # of them are rare on any desk
EVERYDAY = frozenset(
    """
    about access after again also always answer application before body call called calls cannot check client
    code come comes completions could data does error errors every failed failing fails false following from
    gives have hello help here http https invalid invalid_request_error issue json just keep know last like
    line message messages model more need none null number only other param please problem question request
    requests response returned return returns same send server service since some something started status
    still stopped support test text thank thanks that their them then there these they this time today token
    tokens true type unable user users using utf-8 value want were what when where which while will with
    without work worked working works would yesterday your chat
    """.split()  # noqa: SIM905
)
_HEXADECIMAL = re.compile(r"[0-9a-f]{8,}|[0-9a-f-]{20,}")


@dataclass(frozen=True, slots=True)
class Rare:
    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Shared:
    """Another ticket with the rare words that it has too, the rarest first."""

    ticket: int
    words: tuple[str, ...]


def rare_words(texts: Iterable[str], *, but: int) -> list[Rare]:
    """The rarest words of these texts that some other ticket around `but` has too. One statement."""
    asked = _telling(texts)
    if not asked:
        return []
    counts, everything = _counted(asked, but)
    most = min(TOO_MANY, max(FEW, everything * RARE_SHARE))
    rare = [
        Rare(word, log(1 + everything / count))
        for word, count in zip(asked, counts, strict=True)
        if 0 < count <= most
    ]
    return sorted(rare, key=lambda each: -each.weight)[:MOST_USED]


def may_be_rare(texts: Iterable[str]) -> bool:
    """Whether these texts have any word worth looking for. No statement."""
    return bool(_telling(texts))


def sharing(rare: Sequence[Rare], *, but: int, most: int) -> list[Shared]:
    """Other tickets with these words, those with the rarest first. One word alone must be a name of something."""
    held: dict[int, list[Rare]] = defaultdict(list)
    for place, number in _hits([each.word for each in rare], but):
        held[number].append(rare[place])
    found = []
    for number, words in held.items():
        if len(words) > 1 or _is_name(words[0].word):
            score = sum(each.weight for each in words)
            found.append((score, number, Shared(number, tuple(each.word for each in words))))
    return [shared for _, _, shared in sorted(found, key=lambda each: each[:2], reverse=True)[:most]]


def _telling(texts: Iterable[str]) -> list[str]:
    """Words worth asking for: names first, then long words, then pairs of Chinese characters."""
    names, words, pairs = dict[str, None](), dict[str, None](), dict[str, None]()
    for text in texts:
        for run in runs_of(normalise(text[:READ])):
            if is_chinese(run):
                pairs.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
            elif _tells(run):
                (names if _is_name(run) else words)[run] = None
    longest = sorted(words, key=len, reverse=True)
    return [*list(names)[:6], *longest[:6], *list(pairs)[:8]][:MOST_ASKED]


def _tells(run: str) -> bool:
    """No everyday word, nothing that is another one each time: ids, numbers, addresses of people."""
    if not 4 <= len(run) <= LONGEST or run in EVERYDAY or "@" in run:
        return False
    return sum(map(str.isdigit, run)) <= 4 and not _HEXADECIMAL.fullmatch(run)


def _is_name(run: str) -> bool:
    """`insufficient_user_quota`, `gpt-4o`, `api.example.com`; no plain word."""
    return any(not character.isalpha() for character in run)


def _counted(words: Sequence[str], but: int) -> tuple[list[int], int]:
    """In how many tickets around this one each word stands, and how many tickets there are."""
    low, high = _around(COUNTED_IN, but)
    pieces, params = [], list[str | int]()
    for word in words:
        where, given = _holding(word, COUNTED_IN, but)
        pieces.append(f"(SELECT count(*) FROM (SELECT 1 FROM {_table()} WHERE {where} LIMIT %s) hits)")  # noqa: S608
        params += [*given, TOO_MANY + 1]
    pieces.append("(SELECT count(*) FROM tickets_searchdoc WHERE ticket_id BETWEEN %s AND %s)")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(pieces)}", [*params, low, high])
        *counts, everything = cursor.fetchone()
    return counts, everything


def _hits(words: Sequence[str], but: int) -> list[tuple[int, int]]:
    """Which of the words, by its place, stands in which other tickets: the newest of them, word by word.

    Asked of the index alone, for to read what the hits say takes ten times as long.
    """
    pieces, params = [], list[str | int]()
    for place, word in enumerate(words):
        where, given = _holding(word, TAKEN_FROM, but)
        newest = f"SELECT {place} AS place, {_number()} AS ticket FROM {_table()} WHERE {where}"  # noqa: S608
        pieces.append(f"SELECT * FROM ({newest} ORDER BY 2 DESC LIMIT {MOST_HITS}) of_{place}")  # noqa: S608
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(pieces)} ORDER BY 1", params)
        return cursor.fetchall()


def _holding(word: str, step: int, but: int) -> tuple[str, list[str | int]]:
    low, high = _around(step, but)
    if _is_postgres():
        parts = " | ".join(_quoted(step_token(step, part)) for part in range(low >> step, (high >> step) + 1))
        return f"{VECTOR} @@ %s::tsquery AND ticket_id <> %s", [f"{_quoted(word)} & ({parts})", but]
    match = '"' + word.replace('"', '""') + '"'
    return "tickets_search MATCH %s AND rowid BETWEEN %s AND %s AND rowid <> %s", [match, low, high, but]


def _around(step: int, number: int) -> tuple[int, int]:
    """The part of the number line that holds this ticket, and the parts beside it."""
    part = number >> step
    return max(0, part - 1) << step, ((part + 2) << step) - 1


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _table() -> str:
    return "tickets_searchdoc" if _is_postgres() else "tickets_search"


def _number() -> str:
    return "ticket_id" if _is_postgres() else "rowid"


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"
