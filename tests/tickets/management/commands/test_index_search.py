import pytest
from django.core.management import call_command

from tests.factories import make_agent, make_ticket
from tickets.models import SearchDoc
from tickets.services.listing import listing_of, page_of
from tickets.services.search import form
from tickets.services.search.form import FORM, are_renewed
from tickets.services.search.index import index

pytestmark = pytest.mark.django_db
LIMITED = 'POST /v1/chat/completions\n{"model": "gpt-4o-mini"}\nHTTP 429 Too Many Requests, try %d'


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(form, "_renewed", set())


@pytest.fixture
def older():
    """Tickets whose entries were written before these held beginnings, all but the newest."""
    tickets = [make_ticket(LIMITED % at) for at in range(3)]
    for doc in SearchDoc.objects.all():
        doc.tokens = " ".join(token for token in doc.tokens.split() if token != FORM and "^=" not in token)
        doc.save()
    index(tickets[-1])
    return tickets


def _found(asked):
    listing = listing_of({"q": asked}, make_agent())
    return {ticket.number for ticket in page_of(listing).tickets}, listing.notes


def test_it_is_said_until_all_are_written_anew(older, capsys):
    call_command("prepare")
    assert "manage.py index_search" in capsys.readouterr().out
    assert not are_renewed()

    call_command("index_search", verbosity=0)
    call_command("prepare")
    assert "index_search" not in capsys.readouterr().out
    assert are_renewed()


def test_meanwhile_beginnings_are_found_as_before_and_cannot_be_left_out(older):
    numbers = {ticket.number for ticket in older}
    assert _found("model:gpt-4o*") == (numbers, ())
    assert _found("try -model:gpt-4o*")[1]

    call_command("index_search", verbosity=0)
    assert _found("model:gpt-4o*") == (numbers, ())
    assert _found("try -model:gpt-4o*") == (set(), ())


def test_a_desk_without_tickets_lacks_nothing(django_assert_num_queries):
    assert are_renewed()
    with django_assert_num_queries(0):
        assert are_renewed()
