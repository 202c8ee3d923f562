import json
import re
from random import Random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import translation

from tests.factories import make_agent, make_ticket
from tests.tampering import WAYS, rewrite_from, tamper
from tickets.models import AnchoredChain, Event, Ticket
from tickets.services.anchor import anchor_chains, document_of
from tickets.services.anchor_check import held_by
from tickets.services.chain import verify_all
from tickets.services.event import record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"data": {"subject": "another"}}, "its content was changed"),
        ({"kind": "resolved"}, "its hash does not fit"),
        ({"actor": "person:1"}, "its hash does not fit"),
        ({"previous": "f" * 64}, "it does not name the entry before it"),
        ({"digest": "f" * 64}, "its content was changed"),
        ({"hash": "f" * 64}, "its hash does not fit"),
    ],
)
def test_a_changed_entry_is_named(change, problem):
    make_ticket()
    ticket = make_ticket()
    Event.objects.filter(ticket=ticket, position=2).update(**change)

    (found,) = verify_all()

    assert (found.ticket, found.position, found.problem) == (ticket.pk, 2, problem)


@pytest.mark.parametrize("way", sorted(set(WAYS)))
def test_what_is_wrong_is_told_in_the_language_of_the_reader(way):
    numbers = [make_ticket().pk for _ in range(3)]
    anchor_chains("2026-01-01")
    with translation.override("zh-hans"):
        for seed in range(8):
            with tamper(Random(seed), way, numbers):
                for found in verify_all():
                    assert not re.search(r"[A-Za-z]{3}", found.problem), found.problem


def test_a_removed_entry_is_named():
    ticket = make_ticket()
    Event.objects.filter(ticket=ticket, position=2).delete()

    (found,) = verify_all()

    assert (found.ticket, found.position) == (ticket.pk, 2)


def test_a_cut_tail_is_named():
    ticket = make_ticket()
    length = ticket.chain_length
    ticket.events.filter(position=length).delete()

    (found,) = verify_all()

    assert (found.ticket, found.position) == (ticket.pk, length)


def test_a_rewritten_tail_does_not_fit_the_recorded_head():
    ticket = make_ticket()
    last = ticket.events.get(position=ticket.chain_length)
    last.data = {"forged": True}
    last.digest = last.digest_of_data()
    last.hash = last.hash_of_entry()
    last.save()

    (found,) = verify_all()

    assert found.problem == "the recorded head differs from the last entry"


def test_all_chains_are_checked_in_as_many_statements_as_one(django_assert_num_queries):
    for _ in range(3):
        make_ticket()
    # A server-side cursor opens and closes a transaction.
    queries = 8 if connection.vendor == "postgresql" else 6

    with django_assert_num_queries(queries, exact=False):
        list(verify_all())


def test_an_entry_that_shows_another_person_is_named():
    ticket, agent = make_ticket(), make_agent()
    event = record(ticket, "noted", by=agent, message=7)
    Event.objects.filter(pk=event.pk).update(by=make_agent())

    (found,) = verify_all()

    assert (found.ticket, found.position) == (ticket.pk, event.position)


def test_emptied_content_needs_a_later_entry_that_says_so():
    ticket = make_ticket()
    ticket.events.filter(position=2).update(data={}, salt="")

    (found,) = verify_all()
    assert (found.position, found.problem) == (2, "its content is gone, and no later entry says so")

    record(ticket, Event.ERASED, by="retention", positions=[2])
    assert list(verify_all()) == []


def test_200_random_tries_are_named_with_ticket_and_first_wrong_entry():
    """Each try is taken back before the next one."""
    agent = make_agent()
    tickets = [make_ticket() for _ in range(4)]
    for ticket in tickets:
        record(ticket, "noted", by=agent, message=7)
    anchor_chains("2026-01-31")
    random = Random(20)

    for number in range(200):
        with tamper(random, WAYS[number % len(WAYS)], [ticket.pk for ticket in tickets]) as (done, place):
            found = [(broken.ticket, broken.position) for broken in verify_all()]
        assert found == [place], done
    assert list(verify_all()) == []


def test_a_chain_written_anew_after_an_anchor_shows_at_its_first_entry():
    make_ticket()
    ticket = make_ticket()
    anchor_chains("2026-01-31")
    rewrite_from(ticket.pk, 2)

    (found,) = verify_all()

    assert (found.ticket, found.position, found.problem) == (
        ticket.pk,
        2,
        "it is not the one that was anchored",
    )


def test_a_tail_cut_off_with_its_head_shows_by_the_anchor():
    ticket = make_ticket()
    anchor_chains("2026-01-31")
    last = ticket.events.get(position=ticket.chain_length)
    last.delete()
    Ticket.objects.filter(pk=ticket.pk).update(chain_length=last.position - 1, chain_head=last.previous)

    (found,) = verify_all()

    assert (found.ticket, found.position) == (ticket.pk, last.position)


def test_a_chain_and_its_anchor_written_anew_show_by_a_copy(tmp_path, capsys):
    ticket = make_ticket()
    anchor = anchor_chains("2026-01-31")
    copy = tmp_path / "anchor-1.json"
    copy.write_text(json.dumps(document_of(anchor)))
    rewrite_from(ticket.pk, 3)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tickets_anchoredchain")
        cursor.execute("DELETE FROM tickets_anchor")
    anchor_chains("2026-01-31")
    assert list(verify_all()) == []

    with pytest.raises(SystemExit):
        call_command("verify_chain", anchor=[str(copy)])

    said = capsys.readouterr().out.splitlines()
    assert said == [
        "anchor 1: it differs from the copy",
        f"ticket {ticket.pk}, entry 3: it is not the one that was anchored",
    ]


def test_a_ticket_that_vanished_with_its_chain_shows_by_the_anchor():
    ticket = make_ticket()
    anchor = anchor_chains("2026-01-31")
    held = held_by([document_of(anchor)])
    assert list(held) == [ticket.pk]
    row = AnchoredChain.objects.get()
    AnchoredChain(anchor=anchor, ticket_id=row.ticket_id + 1, length=1, head="f" * 64, marks="f" * 16).save()

    assert [(found.ticket, found.problem) for found in verify_all()] == [
        (ticket.pk + 1, "its ticket is gone")
    ]


@pytest.mark.parametrize("content", ["", "[]", '{"format": "other"}'])
def test_a_file_that_is_no_copy_is_refused_with_a_sentence(tmp_path, content):
    copy = tmp_path / "copy.json"
    copy.write_text(content)

    with pytest.raises(CommandError, match="copy"):
        call_command("verify_chain", anchor=[str(copy)])


def test_the_command_says_how_much_is_whole(capsys):
    ticket = make_ticket()
    anchor_chains("2026-01-31")

    call_command("verify_chain")
    call_command("verify_chain", ticket.pk)

    assert capsys.readouterr().out.splitlines() == ["1 chains are whole, 1 anchors hold them"] * 2
