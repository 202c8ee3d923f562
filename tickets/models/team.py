from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .person import Person


class Team(models.Model):
    """People who work on a queue of their own. A narrow one shows its agents nothing of other teams' queues."""

    name = models.CharField(_("name"), max_length=60)
    is_narrow = models.BooleanField(_("agents of this team see only what is theirs"), default=False)
    members = models.ManyToManyField(Person, verbose_name=_("people"), blank=True, related_name="teams")

    class Meta:
        verbose_name = _("team")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_once")]

    def __str__(self) -> str:
        return self.name
