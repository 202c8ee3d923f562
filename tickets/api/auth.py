from django.http import HttpRequest
from ninja.security import HttpBearer

from tickets.models import ApiToken
from tickets.services.token import token_for

from .errors import ApiError


class Bearer(HttpBearer):
    """A token whose scopes include the one that the operation needs."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = token_for(token)
        if found is not None and self.scope not in found.scopes:
            raise ApiError(403, "forbidden", f"This token lacks the scope {self.scope}.")
        return found
