from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .person import Person


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, person: Person) -> Self:
        return self.filter(Q(owner=person) | Q(is_shared=True))


class SavedView(models.Model):
    """A list of the inbox under a name: the parameters of its address. Each reader's own tickets and rights count."""

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    is_shared = models.BooleanField(_("for everybody"), default=False)
    name = models.CharField(_("name"), max_length=60)
    parameters = models.JSONField(default=dict)  # names as in tickets.services.listing.PARAMETERS
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        ordering = ["position", "name", "pk"]

    def __str__(self) -> str:
        return self.name
