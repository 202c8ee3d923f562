"""The built-in catalogue as rows: rule set and canned replies. Loaded again, it changes only what differs."""

from functools import lru_cache

from django.db import transaction
from django.db.models import Max

from tickets.models import CannedReply, CannedReplyText, Language, RuleSet
from triage.engine.catalogue import HOME, Catalogue, load_catalogue
from triage.engine.verdict import Cause, Words


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def cause_named(slug: str) -> Cause:
    """The cause with this slug; one that the catalogue no longer knows reads as `unknown`."""
    causes = catalogue().causes
    return causes.get(slug, causes["unknown"])


@transaction.atomic
def load() -> RuleSet:
    """Bring the built-in rule set and replies into the database. Replies that an admin edited are left alone."""
    for reply in catalogue().replies:
        row, _ = CannedReply.objects.get_or_create(
            slug=reply.id, defaults={"cause": reply.cause, "is_built_in": True}
        )
        if row.is_built_in:
            _write_texts(row, cause=reply.cause, title=reply.title, body=reply.body)
    return _activate(catalogue().rule_set.version)


def _write_texts(row: CannedReply, *, cause: str, title: Words, body: Words) -> None:
    if row.cause != cause:
        row.cause = cause
        row.save(update_fields=["cause", "changed_at"])
    for language in (Language.ENGLISH, Language.CHINESE):
        CannedReplyText.objects.update_or_create(
            reply=row,
            language=language,
            defaults={"title": title.in_language(language), "body": body.in_language(language)},
        )


def _activate(version: str) -> RuleSet:
    rule_set = RuleSet.objects.filter(version=version).first()
    if rule_set is None:
        last = RuleSet.objects.aggregate(last=Max("number"))["last"] or 0
        rule_set = RuleSet(number=last + 1, version=version, content=_rules_as_yaml(), is_built_in=True)
    if not rule_set.is_active:
        RuleSet.objects.filter(is_active=True).update(is_active=False)
        rule_set.is_active = True
        rule_set.save()
    return rule_set


def _rules_as_yaml() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((HOME / "rules").glob("*.yaml")))
