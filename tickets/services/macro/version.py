"""Versions of macros: all languages as one item, kept with every edit, compared, brought back."""

import secrets
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from tickets.models import Language, Macro, MacroVersion, Person
from tickets.models.scoped import OWN

from ..content_diff import Content, Difference, compared
from ..kept_version import add_version, content_before, stop_if_newer
from ..scope import put_in_scope, scope_said
from ..setting_change import About, Kind, note_change, state_of
from ..setting_change import differences as changed_fields
from .words import Named, said_actions, said_conditions

NOTED = ("name", "folder", "actions", "conditions", "owner", "team")
FACTS = ("scope", "conditions", "actions")
PARTS = ("name", "folder", "note", "escalate", "letter")
NOTHING: Content = {"scope": OWN, "conditions": {}, "actions": [], "texts": {}}
SHORT = {Language.ENGLISH: "en", Language.CHINESE: "zh"}


def content_of(macro: Macro) -> Content:
    texts = {
        Language.ENGLISH.value: {"name": macro.name, "folder": macro.folder},
        Language.CHINESE.value: {"name": macro.name_zh, "folder": macro.folder_zh},
    }
    return {
        "scope": macro.scope if macro.pk else OWN,
        "conditions": macro.conditions,
        "actions": macro.actions,
        "texts": texts,
    }


@transaction.atomic
def create_macro(content: Content, *, by: Person) -> Macro:
    """Behind the others of its folder."""
    macro = Macro(slug=f"own-{secrets.token_hex(6)}")
    write_content(macro, content, by=by)
    macro.position = Macro.objects.filter(folder=macro.folder).count()
    macro.save()
    add_version(macro, content, by=by)
    if macro.scope != OWN:
        note_change(About.MACRO, Kind.ADDED, macro, by=by, data=changed_fields({}, state_of(macro, NOTED)))
    return macro


@transaction.atomic
def save_macro(
    macro: Macro, content: Content, *, by: Person, seen: int | None = None, note: str = ""
) -> MacroVersion | None:
    """Keep it as the newest version; None where nothing differs.

    `seen` is the number that the edit began with. Raises NewerVersion. A built-in macro is ours from now on: loading
    the catalogue leaves it alone. What others act with, or did, is noted: it acts in their hand.
    """
    held = Macro.objects.select_for_update(of=("self",)).get(pk=macro.pk)
    stop_if_newer(held, seen)
    before, state = content_of(held), state_of(held, NOTED)
    if before == content:
        return None
    write_content(held, content, by=by)
    held.is_built_in = False
    held.save()
    if before["scope"] != OWN or held.scope != OWN:
        kind = Kind.ADDED if before["scope"] == OWN else Kind.SAVED
        data = changed_fields({} if kind == Kind.ADDED else state, state_of(held, NOTED))
        note_change(About.MACRO, kind, held, by=by, data=data)
    version: MacroVersion = add_version(held, content, by=by, before=before, note=note)
    return version


def bring_back(version: MacroVersion, *, by: Person, note: str) -> MacroVersion | None:
    """As the newest version. For whom it is stays as it is."""
    return save_macro(version.macro, {**version.content, "scope": version.macro.scope}, by=by, note=note)


@transaction.atomic
def offer(macro: Macro, *, by: Person, is_active: bool) -> None:
    """On offer or off. What it did stays in the record; a built-in one stays off when it is loaded again."""
    held = Macro.objects.select_for_update(of=("self",)).get(pk=macro.pk)
    if held.is_active == is_active:
        return
    held.is_active, held.changed_by = is_active, by
    held.save(update_fields=["is_active", "changed_by", "changed_at"])
    if held.scope != OWN:
        note_change(About.MACRO, Kind.SAVED, held, by=by, data={"is_active": [not is_active, is_active]})


def write_content(macro: Macro, content: Content, *, by: Person) -> None:
    """Unsaved yet."""
    english, chinese = (content["texts"].get(each, {}) for each in (Language.ENGLISH, Language.CHINESE))
    macro.name, macro.folder = english.get("name", ""), english.get("folder", "")
    macro.name_zh, macro.folder_zh = chinese.get("name", ""), chinese.get("folder", "")
    macro.conditions, macro.actions = content["conditions"], content["actions"]
    macro.changed_by = by
    put_in_scope(macro, content["scope"], by=by)


def differences(before: Content, after: Content) -> Iterator[Difference]:
    """What it does and where it is offered in the reader's words, its own texts language by language."""
    one, other = (Macro(conditions=each["conditions"], actions=each["actions"]) for each in (before, after))
    named = Named.by([one, other])
    return compared(_in_words(before, one, named), _in_words(after, other, named), facts=FACTS, parts=PARTS)


def standing_before(version: MacroVersion) -> Content:
    """For the first version an empty macro for the same people."""
    return content_before(version, version.macro) or {**NOTHING, "scope": version.content["scope"]}


def _in_words(content: Content, macro: Macro, named: Named) -> Content:
    said: dict[str, Any] = {}
    for item in content["actions"]:
        name, what = next(iter(item.items())) if isinstance(item, dict) else (item, None)
        if name in ("note", "escalate", "reply") and isinstance(what, dict):
            said["letter" if name == "reply" else name] = what
    texts = {
        language: {
            **content["texts"].get(language, {}),
            **{name: what.get(short, "") for name, what in said.items()},
        }
        for language, short in SHORT.items()
    }
    return {
        "scope": scope_said(content["scope"]),
        "conditions": said_conditions(macro),
        "actions": said_actions(macro, named) if content["actions"] else [],
        "texts": texts,
    }
