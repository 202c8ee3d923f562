"""The built-in catalogue as rows: rule set, canned replies and macros. Loaded again, it changes only what differs."""

from functools import lru_cache

from django.db import transaction
from django.db.models import Max

from tickets.models import CannedReply, CannedReplyText, Language, Macro, RuleSet
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
    """Bring the built-in rule set, replies and macros into the database. Replies that an admin edited are left alone,
    and what was taken off offer stays off.
    """
    for reply in catalogue().replies:
        row, _ = CannedReply.objects.get_or_create(
            slug=reply.id, defaults={"cause": reply.cause, "is_built_in": True}
        )
        if row.is_built_in:
            _write_texts(row, cause=reply.cause, title=reply.title, body=reply.body)
    _load_macros()
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


def _load_macros() -> None:
    """As they stand in the files, in their order; one that is gone from the files is offered no more."""
    rows = {row.slug: row for row in Macro.objects.filter(is_built_in=True)}
    for position, macro in enumerate(catalogue().macros):
        row = rows.pop(macro.id, None) or Macro(slug=macro.id, is_built_in=True)
        fields = {
            "name": macro.title.en,
            "name_zh": macro.title.zh,
            "folder": macro.folder.en,
            "folder_zh": macro.folder.zh,
            "position": position,
            "conditions": macro.written["when"],
            "actions": macro.written["do"],
        }
        if row.pk is None or any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()
    Macro.objects.filter(pk__in=[row.pk for row in rows.values()]).update(is_active=False)


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
