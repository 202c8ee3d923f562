from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .kept_version import KeptVersion
from .macro import Macro


class MacroVersion(KeptVersion):
    """A macro in all its languages.

    Shape of `content`: {"scope", "conditions", "actions", "texts": {language: {"name", "folder"}}}; conditions and
    actions as the macro holds them.
    """

    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="versions")

    class Meta(KeptVersion.Meta):
        verbose_name = _("version of a macro")
        constraints: ClassVar[list[models.BaseConstraint] | tuple[models.BaseConstraint, ...]] = [
            models.UniqueConstraint(fields=["macro", "number"], name="macro_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.macro_id} {self.number}"
