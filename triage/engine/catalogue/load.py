"""Reading the YAML files of a catalogue into causes, rules and replies, with every problem named."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

from ..macro import SUGGESTED, Macro
from ..rule import Rule
from ..verdict import Cause
from .articles import Article, read_article
from .causes import read_cause
from .entries import read_entries, read_mapping
from .macros import read_macro
from .problem import Entry, Problem
from .replies import Reply, read_reply
from .rules import read_rule

Made = TypeVar("Made")
Lookalikes = Mapping[str, tuple[str, ...]]


def read_causes(folder: Path) -> tuple[tuple[Cause, ...], list[Problem]]:
    return _read(folder, "slug", read_cause)


def read_rules(place: Path) -> tuple[tuple[Rule, ...], list[Problem]]:
    return _read(place, "id", read_rule)


def read_replies(folder: Path) -> tuple[tuple[Reply, ...], list[Problem]]:
    return _read(folder, "id", read_reply)


def read_articles(folder: Path) -> tuple[tuple[Article, ...], list[Problem]]:
    return _read(folder, "slug", read_article)


def read_macros(folder: Path) -> tuple[tuple[Macro, ...], list[Problem]]:
    return _read(folder, "id", read_macro)


def unknown_in_macros(macros: Iterable[Macro], replies: Iterable[Reply]) -> list[Problem]:
    """Macros that send a reply which there is not."""
    known = {"", SUGGESTED, *(reply.id for reply in replies)}
    return [
        Problem("macros", macro.id, f"unknown reply {macro.actions.reply!r}")
        for macro in macros
        if macro.actions.reply not in known
    ]


def unknown_in_articles(articles: Iterable[Article], causes: Mapping[str, Cause]) -> list[Problem]:
    """Articles that name a cause or a related article which there is not."""
    listed = list(articles)
    slugs = {article.slug for article in listed}
    return [
        Problem("articles", article.slug, f"unknown {kind} {name!r}")
        for article in listed
        for kind, name, known in (
            *(("cause", name, causes) for name in (article.cause,) if name),
            *(("article", name, slugs) for name in article.related),
        )
        if name not in known
    ]


def read_lookalikes(path: Path, causes: Mapping[str, Cause]) -> tuple[Lookalikes, list[Problem]]:
    """Which causes look alike, by slug. A missing file is no problem: own catalogues may do without."""
    if not path.exists():
        return {}, []
    raw = read_mapping(path)
    if not isinstance(raw, dict) or not all(isinstance(others, list) for others in raw.values()):
        return {}, [Problem(path.name, "", "must map causes to lists of causes")]
    known = {slug: tuple(others) for slug, others in raw.items()}
    named = [(slug, name) for slug, others in known.items() for name in (slug, *others)]
    return known, [
        Problem(path.name, slug, f"unknown cause {name!r}") for slug, name in named if name not in causes
    ]


def unknown_causes(
    rules: Iterable[Rule], replies: Iterable[Reply], causes: Mapping[str, Cause]
) -> list[Problem]:
    """Rules and replies that name a cause which the catalogue does not have."""
    problems = [
        Problem("rules", rule.id, f"beats {pattern!r}, which is no cause")
        for rule in rules
        for pattern in rule.beats
        if not any(fnmatchcase(slug, pattern) for slug in causes)
    ]
    for kind, items in (("rules", rules), ("replies", replies)):
        problems += [
            Problem(kind, item.id, f"unknown cause {item.cause!r}")
            for item in items
            if item.cause and item.cause not in causes
        ]
    return problems


def version_of(place: Path) -> str:
    """A short name for exactly these files: the same content has the same version everywhere."""
    digest = hashlib.sha256()
    for path in _files(place):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.yaml")) if place.is_dir() else [place]


def _read(place: Path, id_key: str, make: Callable[[Entry], Made]) -> tuple[tuple[Made, ...], list[Problem]]:
    made: list[Made] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in _files(place):
        for entry in read_entries(path, id_key, problems):
            if entry.id in seen:
                entry.wrong(f"{id_key} is used already in {seen[entry.id]}")
            seen.setdefault(entry.id, entry.file)
            item = make(entry)
            problems += entry.problems
            if not entry.problems:
                made.append(item)
    return tuple(made), problems
