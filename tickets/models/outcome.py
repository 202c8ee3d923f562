from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person
from .ticket import Ticket


class Outcome(models.Model):
    """How a ticket ended. A ticket that is opened again and closed again has one for each time."""

    class Result(models.TextChoices):
        CUSTOMER_FIXED = "customer_fixed", _("the customer changed it")
        PROVIDER_RECOVERED = "provider_recovered", _("the provider recovered")
        GATEWAY_FIXED = "gateway_fixed", _("we changed it")
        EXPLAINED = "explained", _("explained, nothing to change")
        REFUND_DUE = "refund_due", _("money goes back")
        NO_ANSWER = "no_answer", _("the customer did not answer")

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not known")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="outcomes")
    cause = models.CharField(_("final cause"), max_length=60)
    plain = models.TextField(_("in plain words"))
    charged = models.CharField(_("charged"), max_length=8, choices=Answer)
    retried = models.CharField(_("retried"), max_length=8, choices=Answer)
    result = models.CharField(_("outcome"), max_length=20, choices=Result)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("outcome")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.result} on #{self.ticket_id}"
