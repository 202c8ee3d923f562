import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tickets.models import AuditEntry, Scope
from tickets.services.token import create_token, token_for

pytestmark = pytest.mark.django_db


def test_a_revoked_token_opens_nothing_and_that_is_noted(capsys):
    token, secret = create_token(name="gateway", scopes=[Scope.FAILURES])
    _, other = create_token(name="another", scopes=[Scope.FAILURES])

    call_command("revoke_token", token.last_four)

    assert capsys.readouterr().out == "1 revoked\n"
    assert token_for(secret) is None
    assert token_for(other) is not None
    entry = AuditEntry.objects.get(kind="token_revoked")
    assert (entry.about, entry.before) == ("gateway", {"scopes": ["failures:write"]})


def test_nothing_to_revoke_is_said():
    with pytest.raises(CommandError, match="No live token"):
        call_command("revoke_token", "gateway")
