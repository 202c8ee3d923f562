"""Pages that are the same for every visitor: kept for a while, and asked for anew by their tag."""

from collections.abc import Callable
from typing import Any, cast, overload

from django.http import HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_cache_control
from django.utils.decorators import decorator_from_middleware

SECONDS = 300
View = Callable[..., HttpResponse]


@overload
def for_everybody(view: View) -> View: ...
@overload
def for_everybody(*, seconds: int) -> Callable[[View], View]: ...
def for_everybody(view: View | None = None, *, seconds: int = SECONDS) -> View | Callable[[View], View]:
    """The tag is made of the content itself, so it is right whatever the page is made of. No page with a form token."""
    if view is None:
        return lambda each: _kept(each, seconds)
    return _kept(view, seconds)


def _kept(view: View, seconds: int) -> View:
    def kept(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=seconds)
        return response

    return cast("View", decorator_from_middleware(ConditionalGetMiddleware)(kept))
