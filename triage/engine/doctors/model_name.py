"""Compares one model name with the names a gateway offers, and says which was probably meant."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from ..verdict import Words
from .model_words import ModelProblem, explain
from .retired_models import RetiredModel, retired_models

MOST_NAMES = 5
_LIKE_ENOUGH = 72.0
_SPELLING = 86.0
_SHORT = 8  # one letter more or less in so short a name makes another model
_EDGES = " \t\r\n\"'`“”‘’,;，。；"
_DATED = re.compile(r"(?:[-@](?:\d{4}-\d{2}-\d{2}|\d{8}|\d{6}|\d{4}|\d{3}|latest|preview|exp|stable))+$")
_ADDED_BY_CLIENTS = re.compile(
    r"\[\d+[mk]\]$|@[A-Za-z][\w .-]*$|:(?:free|online|nitro|floor|latest|thinking|extended|beta)$"
    r"|-v\d+:\d+$|(?<=\w)\((?:[\w ]+)\)$"
)
_PREFIX = re.compile(
    r"^(?:[\w.~-]+/)+(?=\w)|^[A-Za-z_-]+:(?=\w)|^(?:(?:us|eu|apac|global)\.)?(?:anthropic|meta|amazon)\."
)
_JOINTS = re.compile(r"[-_. :]+")


@dataclass(frozen=True, slots=True)
class ModelAdvice:
    """`problem` is "" where the name is offered as written; `nearest` are offered names, likeliest first."""

    problem: ModelProblem
    nearest: tuple[str, ...]
    explanation: Words
    retired: RetiredModel | None = None


def check_model_name(
    name: str,
    offered: Sequence[str],
    *,
    retired: Mapping[str, RetiredModel] | None = None,
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> ModelAdvice:
    """Never raises. With an empty `offered` the list is unknown; `retired` defaults to the built-in table.

    `aliases` are what people call offered models, in lower case, with the name to use.
    """
    known = retired_models() if retired is None else retired
    written = name[:200]
    if written in offered and written:
        return ModelAdvice(ModelProblem.NONE, (written,), explain(ModelProblem.NONE, written))
    bare = _bare(written)
    if not bare:
        return ModelAdvice(ModelProblem.EMPTY, (), explain(ModelProblem.EMPTY, ""))
    meant = aliases.get(bare.lower()) or aliases.get(_core(bare))
    if meant and bare not in offered:
        return ModelAdvice(ModelProblem.ALIAS, (meant,), explain(ModelProblem.ALIAS, bare, (meant,)))
    gone = known.get(bare.lower()) or known.get(_without_prefix(bare).lower())
    if not offered:
        problem = ModelProblem.RETIRED if gone else ModelProblem.NO_LIST
        return ModelAdvice(problem, (), explain(problem, bare, retired=gone), gone)
    problem, nearest = _compare(written, bare, offered, gone)
    return ModelAdvice(problem, nearest, explain(problem, bare, nearest, gone), gone)


def _compare(
    written: str, bare: str, offered: Sequence[str], gone: RetiredModel | None
) -> tuple[ModelProblem, tuple[str, ...]]:
    if bare in offered:
        plain = bare == written.strip(_EDGES)
        return (ModelProblem.STRAY_CHARACTERS if plain else ModelProblem.FULL_WIDTH), (bare,)
    for problem, key in _KEYS:
        found = _same(bare, offered, key)
        if found:
            return problem, found
    if gone is not None:
        return ModelProblem.RETIRED, _heirs(gone, bare, offered)
    found = _same(bare, offered, lambda text: _canonical(_undated(_core(text))))
    if found:
        return ModelProblem.DATE_SUFFIX, tuple(sorted(found, reverse=True))
    nearest = _alike(bare, offered)
    close = nearest and _is_slip(bare, nearest[0])
    return (ModelProblem.SPELLING if close else ModelProblem.NOT_OFFERED), nearest


def _bare(text: str) -> str:
    shown = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Cs"))
    return unicodedata.normalize("NFKC", shown).strip(_EDGES)


@lru_cache(maxsize=8192)
def _without_prefix(text: str) -> str:
    return _PREFIX.sub("", text)


@lru_cache(maxsize=8192)
def _without_additions(text: str) -> str:
    return _ADDED_BY_CLIENTS.sub("", text.strip())


@lru_cache(maxsize=8192)  # the same list is compared with again and again
def _core(text: str) -> str:
    return _without_prefix(_without_additions(text)).lower()


def _undated(text: str) -> str:
    return _DATED.sub("", text)


@lru_cache(maxsize=8192)
def _canonical(text: str) -> str:
    return _JOINTS.sub("", text.lower())


# From the smallest difference to the largest; the first that makes two names equal is named.
_KEYS: tuple[tuple[ModelProblem, Callable[[str], str]], ...] = (
    (ModelProblem.CASE, str.lower),
    (ModelProblem.CLIENT_ADDITION, lambda text: _without_additions(text).lower()),
    (ModelProblem.VENDOR_PREFIX, lambda text: _without_prefix(text).lower()),
    (ModelProblem.VENDOR_PREFIX, _core),
    (ModelProblem.PUNCTUATION, lambda text: _canonical(_core(text))),
    (ModelProblem.ALIAS, lambda text: _alias(_canonical(_core(text)))),
)


def _alias(canonical: str) -> str:
    """One spelling for word orders and short forms that people use for the same model."""
    words = canonical.replace("chatgpt", "gpt").replace("openai", "").replace("google", "")
    claude = re.fullmatch(r"(?:claude)?(\d+)?(sonnet|opus|haiku)(\d+)?(latest)?", words)
    if claude:
        return f"claude{claude[2]}{claude[1] or claude[3] or ''}"
    return words


def _same(name: str, offered: Sequence[str], key: Callable[[str], str]) -> tuple[str, ...]:
    wanted = key(name)
    return tuple(other for other in offered if key(other) == wanted)[:MOST_NAMES] if wanted else ()


def _heirs(gone: RetiredModel, bare: str, offered: Sequence[str]) -> tuple[str, ...]:
    heirs = _same(gone.successor, offered, _core) if gone.successor else ()
    others = [name for name in _alike(bare, offered) if name not in heirs]
    return (*heirs, *others)[:MOST_NAMES]


def _alike(bare: str, offered: Sequence[str]) -> tuple[str, ...]:
    choices = {name: _canonical(_core(name)) for name in offered}
    found = process.extract(
        _canonical(_core(bare)), choices, scorer=fuzz.ratio, limit=MOST_NAMES, score_cutoff=_LIKE_ENOUGH
    )
    return tuple(name for _, _, name in found)


def _is_slip(bare: str, other: str) -> bool:
    """A slip of the fingers keeps the version: gpt-4 and gpt-4.1 are two models, gtp-4.1 is a slip."""
    a, b = _canonical(_core(bare)), _canonical(_core(other))
    if len(a) < _SHORT:
        return sorted(a) == sorted(b)
    return re.sub(r"\D", "", a) == re.sub(r"\D", "", b) and fuzz.ratio(a, b) >= _SPELLING
