"""Words of the ledger."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
HOUR = 60


@register.filter
def delay_words(minutes: int) -> str:
    """How long after our first sign a provider said so; below zero it was before."""
    hours, rest = divmod(abs(minutes), HOUR)
    length = _("%(hours)d h %(minutes)d min") if hours else _("%(minutes)d min")
    words = length % {"hours": hours, "minutes": rest}
    return (_("%(time)s before us") if minutes < 0 else _("%(time)s after us")) % {"time": words}
