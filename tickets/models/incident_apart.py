from django.db import models
from django.utils.translation import gettext_lazy as _

from .incident import Incident
from .person import Person
from .ticket import Ticket


class TicketApart(models.Model):
    """A ticket that a person said is not of this incident: the desk never lets it join by itself."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="tickets_apart")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ticket kept apart from an incident")
        constraints = [models.UniqueConstraint(fields=["incident", "ticket"], name="ticket_apart_once")]

    def __str__(self) -> str:
        return f"#{self.ticket_id} kept apart from incident {self.incident_id}"


class IncidentApart(models.Model):
    """Two incidents that a person said are not one; `first` has the lower number."""

    first = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("incidents kept apart")
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="incident_apart_once")]

    def __str__(self) -> str:
        return f"incidents {self.first_id} and {self.second_id} kept apart"
