import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tickets.models import AuditEntry, Scope
from tickets.services.token import PREFIX, create_token, token_for

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


def test_an_older_token_whose_end_begins_with_a_minus_can_be_revoked(capsys):
    create_token(name="-old", scopes=[Scope.FAILURES])

    call_command("revoke_token", "--", "-old")

    assert capsys.readouterr().out == "1 revoked\n"


def test_a_secret_has_letters_and_digits_alone():
    secrets = [create_token(name="gateway", scopes=[])[1] for _ in range(20)]

    assert all(secret.removeprefix(PREFIX).isalnum() and len(secret) == 47 for secret in secrets)
    assert len(set(secrets)) == 20


def test_nothing_to_revoke_is_said():
    with pytest.raises(CommandError, match="No live token"):
        call_command("revoke_token", "gateway")
