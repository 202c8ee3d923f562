import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from .draft import Draft
from .message import Message
from .person import Person
from .ticket import Ticket


def stored_as(attachment: "Attachment", filename: str) -> str:
    """A random place: nothing that somebody outside named ever becomes a path."""
    name = secrets.token_hex(16)
    return f"attachments/{name[:2]}/{name}"


class Attachment(models.Model):
    """A file that came with a message. Of a text only the redacted form is kept, of a picture no metadata."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    name = models.CharField(_("name"), max_length=120)
    media_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=stored_as, max_length=120)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    # Chosen for a message that is not sent yet, of this kind; only the person who chose it sends it.
    draft_kind = models.CharField(max_length=10, blank=True, choices=Draft.KINDS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["ticket", "by"], condition=~models.Q(draft_kind=""), name="attachment_of_draft"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")
