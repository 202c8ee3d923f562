from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .person import Person
from .scoped import Scoped, ScopedQuerySet


class MacroQuerySet(ScopedQuerySet["Macro"]):
    pass


class Macro(Scoped):
    """Several actions on a ticket under one name, offered where its conditions hold.

    Shapes: `conditions` is the `when` and `actions` the `do` of a macro of the catalogue, see
    `engine/catalogue/macros.py`.
    """

    slug = models.SlugField(_("identifier"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)
    folder = models.CharField(_("folder"), max_length=80, blank=True)
    folder_zh = models.CharField(_("folder in Chinese"), max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)
    conditions = models.JSONField(_("offered where"), default=dict, blank=True)
    actions = models.JSONField(_("actions"), default=list)
    is_built_in = models.BooleanField(_("from the catalogue"), default=False)
    times_run = models.PositiveIntegerField(_("times used"), default=0)
    last_run_at = models.DateTimeField(_("last used"), null=True, blank=True)
    changed_by = models.ForeignKey(
        Person,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MacroQuerySet.as_manager()

    class Meta(Scoped.Meta):
        verbose_name = _("macro")
        ordering: ClassVar[list[str]] = ["folder", "position", "pk"]

    def __str__(self) -> str:
        """In the reader's language."""
        return (_reads_chinese() and self.name_zh) or self.name

    @property
    def folder_shown(self) -> str:
        return (_reads_chinese() and self.folder_zh) or self.folder


def _reads_chinese() -> bool:
    return (get_language() or "").startswith("zh")
