"""The built-in causes, rules and replies: data in YAML, checked when it is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ..macro import Macro
from ..rule import RuleSet
from ..verdict import Cause
from .articles import Article
from .load import (
    Lookalikes,
    read_articles,
    read_causes,
    read_lookalikes,
    read_macros,
    read_replies,
    read_rules,
    unknown_causes,
    unknown_in_articles,
    unknown_in_macros,
    version_of,
)
from .problem import CatalogueError, Problem
from .replies import Reply

__all__ = [
    "Article",
    "Catalogue",
    "CatalogueError",
    "Problem",
    "Reply",
    "bring_catalogue",
    "load_catalogue",
    "load_rules",
]

HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Catalogue:
    causes: Mapping[str, Cause]
    rule_set: RuleSet
    replies: tuple[Reply, ...]
    lookalikes: Lookalikes
    articles: tuple[Article, ...] = ()
    macros: tuple[Macro, ...] = ()

    def with_causes(self, own: Mapping[str, Cause]) -> "Catalogue":
        """The same catalogue with an operator's own causes, which win over built-in ones of the same slug."""
        return replace(self, causes=MappingProxyType({**self.causes, **own})) if own else self

    def replies_for(self, cause: str) -> tuple[Reply, ...]:
        return tuple(reply for reply in self.replies if reply.cause == cause)


_brought: list[Catalogue] = []


def bring_catalogue(catalogue: Catalogue) -> None:
    """Take the built-in catalogue as another process has read it: reading the files takes seconds. Before anything asks
    for it.
    """
    _brought[:] = [catalogue]


@cache
def load_catalogue() -> Catalogue:
    """The built-in catalogue. Raises CatalogueError with every problem found."""
    if _brought:
        return _brought[0]
    catalogue, problems = read_catalogue(HOME)
    if problems:
        raise CatalogueError(tuple(problems))
    return catalogue


def load_rules(place: Path | str) -> RuleSet:
    """A rule set from one YAML file or a folder of them, naming built-in causes."""
    place = Path(place)
    rules, problems = read_rules(place)
    causes, _ = read_causes(HOME / "causes")
    problems += unknown_causes(rules, (), {cause.slug: cause for cause in causes})
    if not rules and not problems:
        problems = [Problem(place.name, "", "holds no rules")]
    if problems:
        raise CatalogueError(tuple(problems))
    return RuleSet(f"{place.name}-{version_of(place)}", rules)


def read_catalogue(home: Path) -> tuple[Catalogue, list[Problem]]:
    """Everything in a catalogue folder that can be read, and what cannot."""
    causes, problems = read_causes(home / "causes")
    rules, in_rules = read_rules(home / "rules")
    replies, in_replies = read_replies(home / "replies")
    by_slug = {cause.slug: cause for cause in causes}
    lookalikes, in_lookalikes = read_lookalikes(home / "lookalikes.yaml", by_slug)
    articles, in_articles = read_articles(home / "articles")
    macros, in_macros = read_macros(home / "macros")
    problems += in_macros + unknown_in_macros(macros, replies)
    problems += in_articles + unknown_in_articles(articles, by_slug)
    problems += in_rules + in_replies + in_lookalikes + unknown_causes(rules, replies, by_slug)
    rule_set = RuleSet(version_of(home / "rules"), rules)
    return Catalogue(MappingProxyType(by_slug), rule_set, replies, lookalikes, articles, macros), problems
