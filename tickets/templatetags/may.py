"""Templates ask the same predicates as the views: `{% if request.user|may:"work_tickets" %}`."""

from collections.abc import Callable

from django import template

from tickets import permissions
from tickets.permissions import Viewer

register = template.Library()


@register.filter
def may(viewer: Viewer, right: str) -> bool:
    """Whether `can_<right>` of tickets/permissions.py says yes; a right that does not exist is an error."""
    can: Callable[[Viewer], bool] = getattr(permissions, f"can_{right}")
    return can(viewer)
