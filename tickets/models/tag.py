from django.db import models
from django.utils.translation import gettext_lazy as _


class Tag(models.Model):
    """A word that people of the desk put on tickets to find them again."""

    name = models.CharField(_("name"), max_length=40, unique=True)  # lower case, words joined by hyphens
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tag")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
