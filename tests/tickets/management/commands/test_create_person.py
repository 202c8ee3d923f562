import pytest
from django.core.management import CommandError, call_command

from tickets.models import Person

pytestmark = pytest.mark.django_db


def test_a_person_may_sign_in_with_the_printed_password(capsys):
    call_command("create_person", "ana@desk.invalid", "--name", "Ana", "--role", "engineer")

    person = Person.objects.get()
    assert person.role == "engineer"
    assert person.check_password(capsys.readouterr().out.split()[-1])


def test_an_address_is_given_once():
    call_command("create_person", "ana@desk.invalid", "--name", "Ana", "--role", "agent")

    with pytest.raises(CommandError, match="already"):
        call_command("create_person", "ANA@desk.invalid", "--name", "Ana", "--role", "agent")
