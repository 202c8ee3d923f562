import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_billing, make_ticket
from tickets.models import Event, Ticket
from tickets.services import listing, presence
from tickets.services.listing import listing_of, page_of
from tickets.services.message import receive, send_reply
from tickets.services.presence import State
from tickets.services.search.find import holds
from tickets.services.status import set_status

pytestmark = pytest.mark.django_db


def settle():
    """As if everything had happened a while ago."""
    Event.objects.update(at=timezone.now() - timedelta(minutes=5))


def rev_of(answer):
    return answer.content.decode().partition('data-rev="')[2].partition('"')[0]


def poll_of(client, address):
    return "/desk/live/" + client.get(address).context["poll"]


def polled(client, poll, **more):
    return client.get(poll + ("&" if "?" in poll else "?") + "&".join(f"{k}={v}" for k, v in more.items()))


def test_nothing_changed_is_answered_by_one_look_at_the_events(client, agent, django_assert_num_queries):
    number = make_ticket(VAGUE).number
    settle()
    presence.beat(number, make_agent(), State.REPLYING)
    poll = poll_of(client, "/desk/?view=us&q=please")
    rev = rev_of(polled(client, poll, rows=number))

    with django_assert_num_queries(3):  # session, person, events
        answer = polled(client, poll, rows=number, rev=rev)

    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("count", [1, 3])
def test_a_change_costs_the_same_for_any_number_of_tickets(client, agent, django_assert_num_queries, count):
    numbers = [make_ticket(VAGUE).number for _ in range(count)]
    for number in numbers:
        presence.beat(number, make_agent())
    poll = poll_of(client, "/desk/?view=us")

    with django_assert_num_queries(8):
        # session, person, events, rows that may be seen, saved views, counts, count of the list, arrivals
        polled(client, poll, rows="+".join(map(str, numbers)))


def test_counts_of_the_rail_come_anew_after_a_change(client, agent):
    ticket = make_ticket(VAGUE)
    poll = poll_of(client, "/desk/?view=us")
    settle()
    rev = rev_of(polled(client, poll))
    set_status(ticket, Ticket.Status.WAITING, by=make_agent())

    answer = polled(client, poll, rev=rev).content.decode()

    assert '<span data-count="us">0</span>' in answer
    assert '<span data-count="customer">1</span>' in answer
    assert '<span data-into="count">0 tickets</span>' in answer


def test_an_entry_that_is_committed_late_is_not_missed(client, agent):
    late, fresh = make_ticket(VAGUE), make_ticket(VAGUE)
    held_back = late.events.last()
    Event.objects.filter(pk=held_back.pk).delete()  # not committed yet
    rev = rev_of(polled(client, "/desk/live/"))
    held_back.save(force_insert=True)

    assert fresh.events.last().pk > held_back.pk
    assert polled(client, "/desk/live/", rev=rev).status_code == 200


def test_what_came_since_is_counted_for_the_list_that_is_shown(client, agent):
    older = make_ticket(VAGUE)
    all_open, charged, wombats = (
        poll_of(client, f"/desk/?{asked}")
        for asked in ("view=us", "view=us&charged=yes", "q=wom*+%22not+answer%22")
    )
    make_ticket("the wombat model does not answer")
    make_ticket(VAGUE, told={"charged": True})
    receive(older, text="anybody there?", source=Ticket.Source.MAIL)

    assert "3 new or updated: show" in client.get(all_open).content.decode()
    assert "1 new: show" in client.get(charged).content.decode()
    assert "1 new: show" in client.get(wombats).content.decode()
    assert 'href="/desk/?view=us&amp;charged=yes&amp;since=20' in client.get(charged).content.decode()


def test_what_came_is_marked_where_it_is_shown(client, agent):
    quiet, older = make_ticket("the quokka fails"), make_ticket("the wombat fails")
    bar = poll_of(client, "/desk/?view=us")
    newest = make_ticket("the pelican fails")
    receive(older, text="anybody there?", source=Ticket.Source.MAIL)

    address = client.get(bar).context["address"]
    shown = {row.number: row.came for row in client.get(f"/desk/{address}").context["rows"]}
    page = client.get(f"/desk/{address}").content.decode()

    assert shown == {quiet.number: "", older.number: "updated", newest.number: "new"}
    assert page.count('class="unread is-new"') == 2
    assert "is-new" not in client.get("/desk/?view=us").content.decode()


def test_what_takes_long_to_count_is_not_counted_but_arrivals_are_told(client, agent, monkeypatch):
    for _ in range(2):
        make_ticket(VAGUE)
    poll = poll_of(client, "/desk/?view=us&charged=unknown")
    make_ticket(VAGUE)
    monkeypatch.setattr(listing, "COUNTED_SOON", 2)

    answer = polled(client, poll).content.decode()

    assert 'data-into="count"' not in answer
    assert "1 new: show" in answer


@pytest.mark.parametrize(
    "since", ["", "yesterday", "0001-01-01T00:00:00+08:00", "2026-01-01", "2026-01-01T00:00:00"]
)
def test_a_spoiled_moment_says_nothing_of_arrivals(client, agent, since):
    make_ticket(VAGUE)

    answer = client.get("/desk/live/", {"since": since, "rows": "x 1e9 " + "9" * 40})

    assert (answer.status_code, b"arrivals" in answer.content) == (200, False)


def test_who_replies_is_shown_in_the_row_before_who_views(client, agent):
    ticket = make_ticket(VAGUE)
    presence.beat(ticket.number, make_agent(name="Ana Petrov"))
    presence.beat(ticket.number, make_agent(name="Chen Wu"), State.REPLYING)

    answer = polled(client, "/desk/live/", rows=ticket.number).content.decode()

    assert 'data-here="replying" title="Chen Wu is replying · Ana Petrov is viewing">CW</span>' in answer
    assert "+1" in answer


def test_who_comes_or_goes_changes_the_answer(client, agent):
    ticket = make_ticket(VAGUE)
    settle()
    rev = rev_of(polled(client, "/desk/live/", rows=ticket.number))
    presence.beat(ticket.number, make_agent(name="Chen Wu"))

    answer = polled(client, "/desk/live/", rows=ticket.number, rev=rev)

    assert "Chen Wu is viewing" in answer.content.decode()
    assert b"data-count" not in answer.content  # no ticket changed


def test_opening_a_ticket_tells_the_others_at_once(client, agent):
    ticket = make_ticket(VAGUE)
    client.get(f"/tickets/{ticket.number}/")
    other = Client()
    other.force_login(make_agent())

    assert f"{agent} is viewing" in other.get(f"/tickets/{ticket.number}/").content.decode()
    assert f"{agent} is viewing" not in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_an_unchanged_ticket_is_answered_by_one_look_at_it(client, agent, django_assert_num_queries):
    ticket = make_ticket()
    presence.beat(ticket.number, make_agent())
    poll = f"/tickets/{ticket.number}/live/"
    rev = rev_of(polled(client, poll, rev=f"{ticket.chain_length}."))

    with django_assert_num_queries(3):  # session, person, ticket
        answer = polled(client, poll, rev=rev, state="replying")

    assert (answer.status_code, answer.content) == (204, b"")
    assert presence.of([ticket.number], besides=make_agent())[ticket.number][0].is_replying


def test_new_messages_come_with_the_words_that_announce_them(client, agent, django_assert_max_num_queries):
    ticket = make_ticket(VAGUE)
    before = f"{ticket.chain_length}."
    receive(ticket, text="HTTP 401 invalid_api_key", source=Ticket.Source.FORM)
    send_reply(ticket, by=make_agent(name="Chen Wu"), body="Please make a new key.")

    with django_assert_max_num_queries(25):
        answer = polled(client, f"/tickets/{ticket.number}/live/", rev=before, seen=before[:-1])

    shown = answer.content.decode()
    assert "HTTP 401 invalid_api_key" in shown
    assert re.search(r'data-said="[^"]*Chen Wu answered', shown)
    assert f'data-read="{Ticket.objects.get().chain_length}"' in shown


def test_ones_own_change_is_not_announced(client, agent):
    ticket = make_ticket(VAGUE)
    before = f"{ticket.chain_length}."
    send_reply(ticket, by=agent, body="Which model do you call?")

    shown = polled(client, f"/tickets/{ticket.number}/live/", rev=before).content.decode()

    assert "Which model do you call?" in shown
    assert "data-said" not in shown
    assert "data-read" not in shown


def test_billing_gets_no_evidence_by_the_live_door(client):
    client.force_login(make_billing())
    ticket = make_ticket(VAGUE)
    before = f"{ticket.chain_length}."
    receive(ticket, text="HTTP 401 words-of-the-customer", source=Ticket.Source.FORM)

    shown = polled(client, f"/tickets/{ticket.number}/live/", rev=before).content.decode()

    assert "words-of-the-customer" not in shown


def test_a_ticket_that_does_not_exist_is_not_lived_in(client, agent):
    assert client.get("/tickets/999999/live/").status_code == 404
    assert presence.of([999999], besides=make_agent()) == {}


def test_telling_one_entry_agrees_with_the_index(agent):
    tickets = [make_ticket(text) for text in ("gpt-4o-mini fails at 10:22", "限流错误 again", VAGUE)]
    for text in ("gpt-4o-mini", "gpt*", "限流", '"fails at 10:22"', '"at fails"', "again 限", "pleas"):
        listing = listing_of({"q": text}, agent)
        told = [ticket for ticket in tickets if holds(listing.terms, ticket.search_doc)]

        assert [each.number for each in page_of(listing).tickets] == [each.number for each in told[::-1]]
