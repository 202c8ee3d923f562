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
from .content_diff import Content, Difference, NewerVersion, compared, sides

FACTS = ("cause", "for_all")
PARTS = ("title", "body")


def content_of(reply: CannedReply) -> Content:
    texts = {text.language: {"title": text.title, "body": text.body} for text in reply.texts.all()}
    return {"cause": reply.cause, "for_all": reply.owner_id is None, "texts": texts}


@transaction.atomic
def create_reply(content: Content, *, by: Person) -> CannedReply:
    owner = None if content["for_all"] else by
    reply = CannedReply.objects.create(slug=_new_slug(content), cause=content["cause"], owner=owner)
    _write_texts(reply, content)
    CannedReplyVersion.objects.create(reply=reply, number=1, content=content, by=by)
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
    newest = held.versions.first()
    if seen is not None and newest is not None and newest.number != seen:
        raise NewerVersion(newest)
    before = content_of(held)
    if before == content:
        return None
    if newest is None:
        newest = CannedReplyVersion.objects.create(reply=held, number=1, content=before)
    held.cause, held.is_built_in = content["cause"], False
    if content["for_all"]:
        held.owner = None
    elif held.owner_id is None:
        held.owner = by
    held.save()
    _write_texts(held, content)
    note_in_audit(AuditEntry.Kind.REPLIES, by=by, about=held.slug, **sides(differences(before, content)))
    return CannedReplyVersion.objects.create(
        reply=held, number=newest.number + 1, content=content, by=by, note=note[:200]
    )


def bring_back(version: CannedReplyVersion, *, by: Person, note: str) -> CannedReplyVersion | None:
    """As the newest version. For whom it is stays as it is."""
    content = {**version.content, "for_all": version.reply.owner_id is None}
    return save_reply(version.reply, content, by=by, note=note)


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
    return compared(before, after, facts=FACTS, parts=PARTS)


def standing_before(version: CannedReplyVersion) -> Content:
    earlier = version.reply.versions.filter(number__lt=version.number).first()
    if earlier is not None:
        return dict(earlier.content)
    return {"cause": "", "for_all": version.content["for_all"], "texts": {}}


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
    return {"cause": content["cause"], "for_all": content["for_all"], **texts}
