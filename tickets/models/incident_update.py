from collections.abc import Mapping
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .incident import Incident
from .message import Message
from .person import Language, Person
from .ticket import Ticket


class IncidentUpdate(models.Model):
    """One word to every customer of an incident, each in the own language and thread. Where the text of a language is
    empty, its readers get nothing. One that `asks` wants to know whether it works again.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="updates")
    state = models.CharField(_("state"), max_length=16, choices=Incident.State)
    text_en = models.TextField(_("text in English"), blank=True)
    text_zh = models.TextField(_("text in Chinese"), blank=True)
    asks = models.BooleanField(default=False)
    is_public = models.BooleanField(_("also on the public status page"), default=False)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("update of an incident")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.state} on incident {self.incident_id}"

    @property
    def texts(self) -> Mapping[str, str]:
        """By language, those that were written."""
        both = {Language.ENGLISH.value: self.text_en, Language.CHINESE.value: self.text_zh}
        return {language: text for language, text in both.items() if text}

    def best_text(self, language: str) -> str:
        """In this language, else in one that there is."""
        return self.texts.get(language) or next(iter(self.texts.values()), "")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(state=Delivery.State.WAITING)

    def unanswered(self) -> Self:
        return self.filter(update__asks=True, answer="", state=Delivery.State.SENT)


class Delivery(models.Model):
    """An update on its way to one ticket. There is one row for the two, so it comes once however often it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        LEFT_OUT = "left_out", _("left out")  # the ticket was closed, merged or taken out meanwhile
        FAILED = "failed", _("failed")

    class Answer(models.TextChoices):
        YES = "yes", _("works again")
        NO = "no", _("still fails")

    update = models.ForeignKey(IncidentUpdate, on_delete=models.CASCADE, related_name="deliveries")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    message = models.OneToOneField(Message, on_delete=models.SET_NULL, null=True, related_name="delivery")
    error = models.TextField(blank=True)
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of an update")
        constraints = [models.UniqueConstraint(fields=["update", "ticket"], name="delivery_once")]
        indexes = [
            models.Index(fields=["update"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["update", "answer"], name="delivery_answer"),
        ]

    def __str__(self) -> str:
        return f"update {self.update_id} to #{self.ticket_id}"
