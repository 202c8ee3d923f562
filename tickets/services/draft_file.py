"""Files chosen for a message that is not sent yet: kept like its text, so that nothing that stops it loses them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tickets.models import Attachment, Message, Person, Ticket

from .attachment import MOST_FILES, BadFile, Upload, keep_file, record_attached
from .compiled import Compiled


@transaction.atomic
def add(ticket: Ticket, uploads: Sequence[Upload], *, by: Person, kind: str) -> list[Attachment]:
    """Raises BadFile, with nothing kept, where the message would have too many."""
    Ticket.objects.select_for_update().only("pk").get(pk=ticket.pk)
    if _chosen(ticket, by, kind).count() + len(uploads) > MOST_FILES:
        raise BadFile(_("At most %(most)d files go with one message.") % {"most": MOST_FILES})
    return [keep_file(ticket, upload, by=by, draft_kind=kind) for upload in uploads]


def chosen_by(person: Person, ticket: Ticket) -> dict[str, list[Attachment]]:
    """By kind of message. One statement."""
    files: dict[str, list[Attachment]] = defaultdict(list)
    for attachment in all_chosen(person.pk, ticket.pk):
        files[attachment.draft_kind].append(attachment)
    return files


@Compiled
def all_chosen(person: Any, ticket: Any) -> QuerySet[Attachment]:
    return Attachment.objects.filter(ticket=ticket, by=person).exclude(draft_kind="")


def has_files(ticket: Ticket, *, by: Person, kind: str) -> bool:
    return _chosen(ticket, by, kind).exists()


def drop(attachment: Attachment) -> None:
    """Not to be sent after all. A file that belongs to a message stays."""
    gone = Attachment.objects.filter(pk=attachment.pk).exclude(draft_kind="")
    if gone.delete()[0]:
        transaction.on_commit(lambda: attachment.file.delete(save=False))


def send_along(message: Message, *, by: Person) -> list[Attachment]:
    """What was chosen belongs to the message now. Within the transaction that writes it."""
    files = list(_chosen(message.ticket, by, message.kind).select_for_update())
    _move(files, message=message, draft_kind="")
    record_attached(message, files, by=by)
    return files


def bring_back(message: Message, *, to: Ticket) -> None:
    """The files of a message that was taken back are chosen again."""
    _move(list(message.attachments.all()), message=None, draft_kind=message.kind, ticket=to)


def bring_along(ticket: Ticket, *, to: Ticket) -> None:
    """The files of drafts go where the drafts go."""
    _move(list(Attachment.objects.filter(ticket=ticket).exclude(draft_kind="")), ticket=to)


def _chosen(ticket: Ticket, by: Person, kind: str) -> QuerySet[Attachment]:
    return Attachment.objects.filter(ticket=ticket, by=by, draft_kind=kind)


def _move(files: Iterable[Attachment], **changed: object) -> None:
    for file in files:
        for name, value in changed.items():
            setattr(file, name, value)
        file.save(update_fields=list(changed))
