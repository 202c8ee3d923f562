"""Versions of canned replies: all languages as one item, kept with every edit, compared, brought back."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from tickets.models import (
    AuditEntry,
    CannedReply,
    CannedReplyText,
    CannedReplyVersion,
    Language,
    Person,
)

from .audit import note as note_in_audit
from .content_diff import Content, Difference, compared, sides
from .kept_version import add_version, content_before, stop_if_newer
from .scope import put_in_scope, scope_said

FACTS = ("cause", "scope")
PARTS = ("title", "body")


def content_of(reply: CannedReply) -> Content:
    texts = {text.language: {"title": text.title, "body": text.body} for text in reply.texts.all()}
    return {"cause": reply.cause, "scope": reply.scope, "texts": texts}


@transaction.atomic
def create_reply(content: Content, *, by: Person) -> CannedReply:
    reply = CannedReply(slug=_new_slug(content), cause=content["cause"])
    put_in_scope(reply, content["scope"], by=by)
    reply.save()
    _write_texts(reply, content)
    add_version(reply, content, by=by)
    note_in_audit(AuditEntry.Kind.REPLIES, by=by, about=reply.slug, after=_flat(content))
    return reply


@transaction.atomic
def save_reply(
    reply: CannedReply, content: Content, *, by: Person, seen: int | None = None, note: str = ""
) -> CannedReplyVersion | None:
    """Keep it as the newest version and offer it so from now on; None where nothing differs.

    `seen` is the number that the edit began with. Raises NewerVersion. A built-in reply is ours from now on:
    loading the catalogue leaves it alone.
    """
    held = CannedReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    stop_if_newer(held, seen)
    before = content_of(held)
    if before == content:
        return None
    held.cause, held.is_built_in = content["cause"], False
    put_in_scope(held, content["scope"], by=by)
    held.save()
    _write_texts(held, content)
    note_in_audit(AuditEntry.Kind.REPLIES, by=by, about=held.slug, **sides(differences(before, content)))
    version: CannedReplyVersion = add_version(held, content, by=by, before=before, note=note)
    return version


def bring_back(version: CannedReplyVersion, *, by: Person, note: str) -> CannedReplyVersion | None:
    """As the newest version. For whom it is stays as it is."""
    return save_reply(version.reply, {**version.content, "scope": version.reply.scope}, by=by, note=note)


@transaction.atomic
def offer(reply: CannedReply, *, by: Person, is_active: bool) -> None:
    """On offer or off. What it did stays counted; a built-in one stays off when it is loaded again."""
    held = CannedReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if held.is_active == is_active:
        return
    before, held.is_active = held.is_active, is_active
    held.save(update_fields=["is_active", "changed_at"])
    note_in_audit(
        AuditEntry.Kind.REPLIES,
        by=by,
        about=held.slug,
        before={"offered": before},
        after={"offered": is_active},
    )


def differences(before: Content, after: Content) -> Iterator[Difference]:
    """For whom it is in the reader's words."""
    one, other = ({**each, "scope": scope_said(each["scope"])} for each in (before, after))
    return compared(one, other, facts=FACTS, parts=PARTS)


def standing_before(version: CannedReplyVersion) -> Content:
    """For the first version an empty reply for the same people."""
    nothing = {"cause": "", "scope": version.content["scope"], "texts": {}}
    return content_before(version, version.reply) or nothing


def _write_texts(reply: CannedReply, content: Content) -> None:
    for language, said in content["texts"].items():
        CannedReplyText.objects.update_or_create(reply=reply, language=language, defaults=said)


def _new_slug(content: Content) -> str:
    """From its English title, where that is free; it names the reply in messages, macros and the audit."""
    wanted = slugify(content["texts"].get(Language.ENGLISH, {}).get("title", ""))[:60] or "reply"
    taken = set(CannedReply.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(each for each in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if each not in taken)


def _flat(content: Content) -> dict[str, Any]:
    texts = {
        f"{language} {name}": text
        for language, said in content["texts"].items()
        for name, text in said.items()
    }
    return {"cause": content["cause"], "scope": content["scope"], **texts}
