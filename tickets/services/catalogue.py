"""The built-in catalogue as rows: rule set, canned replies and macros. Loaded again, it changes only what differs."""

from functools import lru_cache

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

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
    """Bring the built-in rule set, replies and macros into the database. Replies and macros that an admin edited are
    left alone, and what was taken off offer stays off.
    """
    for reply in catalogue().replies:
        row, _ = CannedReply.objects.get_or_create(
            slug=reply.id, defaults={"cause": reply.cause, "is_built_in": True}
        )
        if row.is_built_in:
            _write_texts(row, cause=reply.cause, title=reply.title, body=reply.body)
    _load_macros()
    return _activate_built_in()


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
    """As they stand in the files, in their order; one that people edited is left alone, and one that is gone from the
    files is offered no more.
    """
    edited = set(Macro.objects.filter(is_built_in=False).values_list("slug", flat=True))
    rows = {row.slug: row for row in Macro.objects.filter(is_built_in=True)}
    for position, macro in enumerate(catalogue().macros):
        if macro.id in edited:
            continue
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


def built_in_set() -> RuleSet:
    """The row of the catalogue as this code brings it; verdicts and rule sets refer to it."""
    version = catalogue().rule_set.version
    rule_set = RuleSet.objects.filter(version=version).first()
    if rule_set is None:
        rule_set = RuleSet.objects.create(
            number=next_number(),
            version=version,
            state=RuleSet.State.RETIRED,
            content=_rules_as_yaml(),
            is_built_in=True,
        )
    return rule_set


def next_number() -> int:
    return (RuleSet.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _activate_built_in() -> RuleSet:
    """Unless people's own set is active: what becomes of that is decided where sets are activated."""
    rule_set, active = built_in_set(), RuleSet.objects.active().first()
    if active is not None and not active.is_built_in:
        return active
    if active != rule_set:
        RuleSet.objects.active().update(state=RuleSet.State.RETIRED)
        rule_set.state, rule_set.activated_at = RuleSet.State.ACTIVE, timezone.now()
        rule_set.save(update_fields=["state", "activated_at"])
    return rule_set


def _rules_as_yaml() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((HOME / "rules").glob("*.yaml")))
