import pytest
from django.core.management import call_command

from tests.factories import make_ticket
from tickets.models import SearchDoc
from tickets.services.search.index import FORM, index, is_of_an_older_form

pytestmark = pytest.mark.django_db


def _as_before():
    for doc in SearchDoc.objects.all():
        doc.tokens = " ".join(token for token in doc.tokens.split() if token != FORM)
        doc.save()


def test_entries_that_lack_something_are_noticed_until_all_are_written_anew(capsys):
    for at in range(3):
        make_ticket(f"429 from the model, try {at}")
    assert not is_of_an_older_form()

    _as_before()
    call_command("prepare")
    assert "manage.py index_search" in capsys.readouterr().out
    index(SearchDoc.objects.latest("pk").ticket)
    assert is_of_an_older_form()

    call_command("index_search", verbosity=0)
    assert not is_of_an_older_form()
    call_command("prepare")
    assert "index_search" not in capsys.readouterr().out


def test_a_desk_without_tickets_lacks_nothing():
    assert not is_of_an_older_form()
