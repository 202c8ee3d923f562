"""Who asks is looked up before every page, by two statements that are made once per process."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from tickets.models import Person
from tickets.services.compiled import Compiled


class SessionStore(db.SessionStore):
    """Django's in the database; only looked up quicker."""

    def _get_session_from_db(self) -> Session | None:
        found = _sessions(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


class Backend(AuthenticationBackend):
    """The sign-in's own; only the person of a session is looked up quicker."""

    def get_user(self, user_id: int) -> Person | None:
        found = _people(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@Compiled
def _sessions(key: Any, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@Compiled
def _people(number: Any) -> QuerySet[Person]:
    return Person.objects.filter(pk=number)
