"""Every operation of the API × every kind of token. An operation that is not listed here fails the test."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_ticket
from tickets.models import ApiToken, Scope
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db

# Operation: the scope it needs, a body, and the answer to a token that has it. The ticket is another token's.
OPERATIONS = {
    "POST /api/v1/triage": (Scope.TRIAGE, {"text": "429"}, 200),
    "POST /api/v1/tickets": (Scope.TICKETS, {"text": "429", "email": "dev@client.invalid"}, 201),
    "POST /api/v1/tickets/{number}/messages": (Scope.TICKETS, {"text": "more"}, 404),
    "POST /api/v1/failures": (Scope.FAILURES, [], 202),
    "POST /api/v1/charges": (Scope.CHARGES, [], 200),
    "GET /api/v1/incidents": (Scope.INCIDENTS, None, 200),
}


def test_a_call_over_plain_http_is_refused_where_the_desk_speaks_https(client, settings):
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    secret = create_token(name="gateway", scopes=list(Scope))[1]

    def call(**more):
        return client.post(
            "/api/v1/triage",
            {"text": "429"},
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
            **more,
        )

    refused = call()
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "https_only")
    assert call(secure=True).status_code == 200


def test_every_operation_is_listed(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    assert {f"{method.upper()} {path}" for path, each in paths.items() for method in each} == set(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_which_token_gets_in(client, operation):
    scope, body, answer = OPERATIONS[operation]
    others = [each.value for each in Scope if each != scope]
    ticket = make_ticket(source="api", by=f"api:{create_token(name='other', scopes=list(Scope))[0].pk}")

    def ask(secret: str) -> int:
        method, path = operation.split()
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        asked = getattr(client, method.lower())
        content = None if body is None else json.dumps(body)
        return asked(
            path.format(number=ticket.number), content, content_type="application/json", headers=headers
        ).status_code

    assert ask("") == 401
    assert ask("no-such-token") == 401
    assert ask(_token(scopes=others)) == 403
    assert ask(_token(scopes=[scope], revoked_at=timezone.now())) == 401
    assert ask(_token(scopes=[scope], expires_at=timezone.now() - timedelta(seconds=1))) == 401
    assert ask(_token(scopes=[scope])) == answer


def _token(*, scopes: list[str], **fields: object) -> str:
    token, secret = create_token(name="a gateway", scopes=scopes)
    ApiToken.objects.filter(pk=token.pk).update(**fields)
    return secret
