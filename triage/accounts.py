"""How people of the desk sign in, where the library leaves it to us."""

from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .visitor import current_address

log = structlog.get_logger()

KNOWN = "known_browser"
KNOWN_FOR = 180 * 24 * 3600
SALT = "known browser"
WORDS = {
    "email_password_mismatch": _("Address and password do not fit together."),
    "too_many_login_attempts": _("Too many attempts. Try again in a few minutes."),
    "enter_current_password": _("This is not your password."),
    "incorrect_password": _("This is not your password."),
}


class DeskAccounts(DefaultAccountAdapter):
    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **WORDS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an admin opens accounts for the people of the desk."""
        return False

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """By the address of the person itself; the library would look into its own list of addresses."""
        again = self.authenticate(self.request, email=user.email, password=password)  # type: ignore[attr-defined]
        return again is not None and again.pk == user.pk

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            request.retry_after = 5 * 60  # type: ignore[attr-defined]  # told in a header by triage/headers.py
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A line of the log, without the address that was typed: that may be a password in the wrong field."""
        from tickets.models import Person  # settings name this module before there are models

        known = Person.objects.filter(email__iexact=str(credentials.get("email", ""))).values_list(
            "pk", flat=True
        )
        log.warning("sign_in_failed", person=known.first(), address=current_address())

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """The browser is remembered, so that strangers who try passwords do not lock its owner out."""
        answer: HttpResponse = super().post_login(request, user, **more)
        known = signing.dumps(user.pk, salt=SALT)
        answer.set_cookie(
            KNOWN, known, max_age=KNOWN_FOR, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
        return answer

    def logout(self, request: HttpRequest) -> None:
        """Who leaves takes along what this browser keeps of unsent text."""
        super().logout(request)
        request.forgets_storage = True  # type: ignore[attr-defined]  # told in a header by triage/headers.py

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed attempts are counted per account; those of browsers that the person used before by themselves."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{known}" if (known := _known_for(request, credentials.get("email", ""))) else str(key)


def _known_for(request: HttpRequest, email: str) -> str:
    """A mark of the browser where it signed this person in before."""
    from tickets.models import Person  # settings name this module before there are models

    cookie = request.COOKIES.get(KNOWN, "")
    try:
        person = signing.loads(cookie, salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return ""
    return cookie[-16:] if Person.objects.filter(pk=person, email__iexact=email).exists() else ""
