"""Pages that are the same for every visitor: kept for a while, and asked for anew by their tag."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_cache_control
from django.utils.decorators import decorator_from_middleware

SECONDS = 300
View = Callable[..., HttpResponse]


def for_everybody(view: View) -> View:
    """The tag is made of the content itself, so it is right whatever the page is made of. No page with a form token."""

    def kept(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=SECONDS)
        return response

    return cast("View", decorator_from_middleware(ConditionalGetMiddleware)(kept))
