from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from tickets.models import ApiToken
from tickets.services.token import token_for
from triage.limits import knock, who_asks

from .errors import ApiError


class Bearer(HttpBearer):
    """A token whose scopes include the one that the operation needs."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        if settings.HTTPS and not request.is_secure():
            raise ApiError(
                403, "https_only", "Call over https. This token came readable: revoke it, make another."
            )
        found = token_for(token)
        wait = knock("api", found.pk) if found else knock("api_unknown", who_asks(request))
        if wait:
            raise ApiError(429, "too_many", f"Too many calls; again in {wait} seconds.", retry_after=wait)
        if found is not None and self.scope not in found.scopes:
            raise ApiError(403, "forbidden", f"This token lacks the scope {self.scope}.")
        return found
