"""The page that lists every cause and every rule, made from the catalogue itself."""

from collections.abc import Iterable, Iterator

from ..rule import Condition, Rule, Test
from ..verdict import Cause
from . import Catalogue
from .stories import Story, load_stories

_INTRO = """\
# Causes and rules

This page is written by `python manage.py rules docs` from `triage/engine/catalogue`; edit there, not here.

A verdict is called sure (0.8 and more) only where rules of strength sure stand on two grounds in the error itself or
the context (two such rules, several readings that agree, or a code, type or looked-up fact), no standing rule speaks
for the other side, and nothing in the customer's own words speaks against it. One wording alone makes it likely.
Likely is 0.5 and more. Where two sides stay close, the verdict is that evidence is missing.
"""
_STORIES = """\
A rule tests a story as `story.works_direct: {exists: true}`. Stories are heard in the customer's own words only, never
in a question that yes or no would answer. Their patterns name words of one meaning, such as `{works}`, which stand in
`word_classes.yaml`. Rules that also test `fact.suspected`, the causes that the error itself speaks for, turn whatever
rule read the error.
"""
LONGEST = 160


def catalogue_page(catalogue: Catalogue) -> str:
    return "\n".join(_lines(catalogue)).rstrip() + "\n"


def _lines(catalogue: Catalogue) -> Iterator[str]:
    yield _INTRO
    stories = load_stories()
    yield f"{len(catalogue.causes)} causes, {len(catalogue.rule_set.rules)} rules, {len(stories)} stories."
    yield ""
    yield from _stories(stories.values())
    for slug in sorted(catalogue.causes):
        yield ""
        yield from _cause(catalogue.causes[slug])
        yield ""
        rules = [rule for rule in catalogue.rule_set.rules if rule.cause == slug]
        for rule in sorted(rules, key=lambda rule: rule.id):
            yield from _rule(rule)


def _stories(stories: Iterable[Story]) -> Iterator[str]:
    yield "## What customers tell"
    yield ""
    yield _STORIES
    for story in stories:
        side = f" (speaks for {story.speaks_for})" if story.speaks_for else ""
        yield f"- **{story.signal}**{side}: {story.means.en} {story.means.zh}"


def _cause(cause: Cause) -> Iterator[str]:
    yield f"## {cause.slug}"
    yield ""
    yield f"**{cause.title.en}** · {cause.title.zh}  "
    retry = "retrying can help" if cause.retry_helps else "retrying unchanged does not help"
    yield f"{cause.verdict}, layer {cause.layer}, {retry}"
    yield ""
    yield cause.plain.en
    yield ""
    yield cause.plain.zh


def _rule(rule: Rule) -> Iterator[str]:
    yield f"- **{rule.id}** ({rule.strength}): {rule.because.en} {rule.because.zh}"
    for group in ("all", "any", "none"):
        conditions = getattr(rule.when, group)
        if conditions:
            yield f"  - {group}: " + " · ".join(_said(condition) for condition in conditions)
    if rule.beats:
        yield "  - beats: " + ", ".join(rule.beats)
    yield f"  - source: {rule.source}"


def _said(condition: Condition) -> str:
    if isinstance(condition, Test):
        words = str(condition)
    else:
        groups = ((name, getattr(condition, name)) for name in ("all", "any", "none"))
        words = "; ".join(f"{name} of ({', '.join(map(str, parts))})" for name, parts in groups if parts)
    words = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return "`" + words.replace("`", "'").replace("\n", " ") + "`"
