"""Templates ask the same predicates as the views: `{% if request.user|may:"work_tickets" %}`."""

from collections.abc import Callable

from django import template
from django.conf import settings

from tickets import permissions
from tickets.permissions import Viewer

register = template.Library()


@register.simple_tag
def single_sign_on_is_there() -> bool:
    return bool(settings.OIDC_ISSUER)


@register.filter
def may(viewer: Viewer, right: str) -> bool:
    """Whether `can_<right>` of tickets/permissions.py says yes; a right that does not exist is an error."""
    can: Callable[[Viewer], bool] = getattr(permissions, f"can_{right}")
    return can(viewer)
