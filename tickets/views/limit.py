"""Doors that stay shut for a while after too many calls: the page says for how long and keeps what was typed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from triage.limits import knock, who_asks

from .errors import typed_again

View = Callable[..., HttpResponseBase]


def limited(door: str) -> Callable[[View], View]:
    """Counts what is sent, not what is looked at."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and (seconds := knock(door, who_asks(request))):
                return too_many(request, seconds)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    context = {"minutes": -(-seconds // 60), **typed_again(request)}
    answer = render(request, "errors/429.html", context, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
