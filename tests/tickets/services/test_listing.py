from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Team, Ticket
from tickets.services import counting, listing
from tickets.services.assignment import assign
from tickets.services.counting import counted, counts_of
from tickets.services.listing import VIEWS, count_of, count_soon_of, listing_of, page_of
from tickets.services.message import add_note, receive, send_reply
from tickets.services.outcome import resolve
from tickets.services.paging import Order
from tickets.services.reading import note_reading
from tickets.services.row import rows_of
from tickets.services.search.query import CONDITIONS, INDEXED
from tickets.services.snooze import snooze
from tickets.services.tag import set_tags

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_agent()


def numbers(asked, agent):
    return [ticket.number for ticket in page_of(listing_of(asked, agent)).tickets]


def test_an_address_narrows_a_view(agent):
    charged, answered, mine = (
        make_ticket(VAGUE, told={"charged": True}),
        make_ticket(VAGUE),
        make_ticket(VAGUE),
    )
    send_reply(answered, by=agent, body="Which model do you call?", status=Ticket.Status.OPEN)
    assign(mine, to=agent, by=agent)

    assert numbers({"view": "us", "charged": "yes"}, agent) == [charged.number]
    assert numbers({"view": "us", "unanswered": "1"}, agent) == [charged.number, mine.number]
    assert numbers({"view": "us", "assignee": "me"}, agent) == [mine.number]
    assert numbers({"view": "us", "assignee": "nobody", "unanswered": "1"}, agent) == [charged.number]
    assert numbers({"view": "us", "q": "is:mine"}, agent) == [mine.number]


def test_unread_is_what_this_person_has_not_seen_yet(agent):
    seen, fresh = make_ticket(VAGUE), make_ticket(VAGUE)
    note_reading(seen, agent, last_message=0)

    assert numbers({"view": "us", "unread": "1"}, agent) == [fresh.number]
    assert numbers({"view": "us", "q": "is:unread"}, make_agent()) == [seen.number, fresh.number]
    receive(seen, text="still broken", source=Ticket.Source.MAIL)
    assert numbers({"view": "us", "unread": "1"}, agent) == [fresh.number, seen.number]
    rows = rows_of(page_of(listing_of({"view": "us"}, agent)).tickets, evidence=True)
    assert [row.ticket.is_unread for row in rows] == [True, True]


def test_filters_of_an_address_are_the_operators_of_the_search_box(agent):
    wrong, other = make_ticket(), make_ticket("gpt-4o answers 429 rate limit exceeded")
    set_tags(other, ["vip"], by=agent)
    for asked in (
        {"tag": "vip"},
        {"verdict": other.verdict, "cause": other.cause},
        {"status": "429"},
        {"model": "gpt-4o"},
    ):
        assert numbers({"view": "us", **asked}, agent) == [other.number]
    assert numbers({"view": "us", "status": "404"}, agent) == [wrong.number]
    assert numbers({"view": "us", "incident": "any"}, agent) == []


def test_an_operator_in_the_address_counts_as_if_it_were_typed(agent):
    late, other = make_ticket(VAGUE), make_ticket(VAGUE)
    Ticket.objects.filter(pk=late.pk).update(due_at=timezone.now() + timedelta(minutes=30))
    set_tags(other, ["vip"], by=agent)

    assert numbers({"view": "us", "due": "2h"}, agent) == [late.number]
    assert numbers({"has": "tag"}, agent) == [other.number]
    assert numbers({"number": str(late.number)}, agent) == [late.number]
    assert numbers({"is": "unassigned", "q": "-has:tag"}, agent) == [late.number]
    asked = listing_of({"view": "us", "due": "2h", "q": "wombat"}, agent)
    assert asked.parameters == {"view": "us", "q": "wombat due:2h"}
    refused = listing_of({"due": "soon"}, agent)
    assert (page_of(refused).tickets, len(refused.notes)) == ([], 1)


def test_times_in_the_address_narrow_and_a_mark_of_a_page_does_not(agent):
    old, new = make_ticket(VAGUE), make_ticket(VAGUE)
    Ticket.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=5))

    assert numbers({"view": "all", "after": "2d"}, agent) == [new.number]
    assert numbers({"view": "all", "before": "2d"}, agent) == [old.number]
    assert listing_of({"view": "all", "after": "2026-01-31"}, agent).parameters["q"] == "after:2026-01-31"
    assert listing_of({"view": "all", "after": str(new.number)}, agent).parameters == {"view": "all"}
    assert page_of(listing_of({"before": "yesterday"}, agent)).tickets == []


@pytest.mark.parametrize("name", sorted((CONDITIONS | INDEXED.keys()) - {"after"}))
def test_every_operator_of_the_box_is_read_from_the_address(agent, name):
    make_ticket(VAGUE)
    nothing = "0123456789abcdef"  # a value that fits no ticket, or not the operator
    typed = listing_of({"view": "all", "q": f"{name}:{nothing}"}, agent)
    asked = listing_of({"view": "all", name: nothing}, agent)

    assert asked.is_narrowed
    assert asked.notes == typed.notes
    assert page_of(asked).tickets == page_of(typed).tickets == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"unread": "banana"}, "unread= can be 1."),
        ({"unanswered": "0"}, "unanswered= can be 1."),
        ({"view": "nowhere"}, "view= can be verdict, mine, mentions, us,"),
    ],
    ids=["unread", "unanswered", "view"],
)
def test_a_switch_or_view_that_nobody_knows_is_said_and_changes_nothing(agent, asked, said):
    ticket = make_ticket(VAGUE)
    found = listing_of(asked, agent)

    assert found.notes[0].startswith(said)
    assert not found.is_narrowed
    assert [each.number for each in page_of(found).tickets] == [ticket.number]


@pytest.mark.parametrize(
    ("order", "first"),
    [("deadline", 1), ("waiting", 0), ("newest", 2)],
    ids=["deadline", "waiting", "newest"],
)
def test_a_list_is_sorted_as_the_address_asks(agent, order, first):
    tickets = [make_ticket(VAGUE) for _ in range(3)]
    Ticket.objects.filter(pk=tickets[1].pk).update(due_at=timezone.now() + timedelta(minutes=1))

    assert numbers({"view": "us", "order": order}, agent)[0] == tickets[first].number
    assert numbers({"view": "all", "order": order}, agent)[0] == tickets[first].number


def test_an_order_that_nobody_knows_is_said_and_the_usual_one_kept(agent):
    asked = listing_of({"view": "us", "order": "colour"}, agent)

    assert asked.order is Order.NEXT_DEADLINE
    assert asked.notes == ("order= can be deadline, waiting, newest.",)
    assert asked.parameters == {"view": "us"}
    assert not asked.is_narrowed


@pytest.mark.parametrize("view", [view.slug for view in VIEWS])
def test_narrowed_lists_page_exactly(agent, view):
    for at in range(7):
        ticket = make_ticket(VAGUE, told={"charged": at % 3 != 0})
        assign(ticket, to=agent, by=agent)
        if view == "customer":
            send_reply(ticket, by=agent, body="Which model do you call?")
        if view == "mentions":
            add_note(ticket, by=make_agent(), body=f"@{agent.name} please look")
        if view == "snoozed":
            snooze(ticket, by=agent, until="reply")
        if view == "resolved":
            resolve(
                ticket,
                by=agent,
                cause="unknown",
                plain="-",
                charged="unknown",
                retried="no",
                result="explained",
            )
    Ticket.objects.filter(number__gt=Ticket.objects.first().number + 3).update(
        customer_spoke_at=timezone.now() - timedelta(hours=1)
    )
    found = listing_of({"view": view, "charged": "yes"}, agent)

    whole = [ticket.number for ticket in page_of(found).tickets]
    paged, after = [], ""
    for _ in range(len(whole) + 1):
        page = page_of(found, size=1, after=after)
        paged += [ticket.number for ticket in page.tickets]
        after = page.after
        if not after:
            break

    assert paged == whole
    assert len(whole) == (0 if view in ("escalated", "breaching") else 4)


def test_counts_stop_at_their_bound(agent, monkeypatch, django_assert_num_queries):
    for module in (counting, listing):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    for _ in range(4):
        make_ticket(VAGUE)
    lists = [listing_of(asked, agent) for asked in ({"view": "us"}, {"view": "mine"}, {"view": "all"})]

    with django_assert_num_queries(1):
        assert counts_of(lists) == [3, 0, 3]
    assert counts_of([listing_of({"q": "please"}, agent)]) == [3]
    assert count_of(lists[0]) == 3


def test_that_there_are_more_than_are_counted_is_not_counted_again_at_once(
    agent, monkeypatch, django_assert_num_queries
):
    for module in (counting, listing):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    tickets = [make_ticket(VAGUE) for _ in range(4)]
    lists = [listing_of(asked, agent) for asked in ({"view": "us"}, {"view": "mine"})]
    assert counts_of(lists) == [3, 0]
    assign(tickets[0], to=agent, by=agent)

    with django_assert_num_queries(1) as asked:
        assert counts_of(lists) == [3, 1]
    assert asked.captured_queries[0]["sql"].count("count(*)") == 1
    with django_assert_num_queries(0):
        assert counts_of(lists[:1]) == [3]


def test_that_a_search_finds_more_than_are_counted_is_not_counted_again_at_once(
    agent, monkeypatch, django_assert_num_queries
):
    for module in (counting, listing):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    for _ in range(2):
        make_ticket(VAGUE)
    assert counted(listing_of({"q": "please"}, agent), count_of) == 2
    make_ticket(VAGUE)

    assert counted(listing_of({"q": "please"}, agent), count_of) == 3
    for count in (count_of, count_soon_of):
        with django_assert_num_queries(0):
            assert counted(listing_of({"q": "please"}, agent), count) == 3
    assert counted(listing_of({"q": "nobody"}, agent), count_of) == 0
    assert counted(listing_of({"q": "please"}, make_agent()), count_of) == 3
    Ticket.objects.update(team=Team.objects.create(name="Lab"))
    agent.is_narrowed = True
    assert counted(listing_of({"q": "please"}, agent), count_of) == 0


def test_searching_without_a_view_searches_everything_newest_first(agent):
    found = listing_of({"q": "help"}, agent)

    assert (found.view.slug, found.order) == ("all", Order.NEWEST)
    assert listing_of({}, agent).view.slug == "verdict"
    assert listing_of({"q": "   "}, agent).view.slug == "verdict"
    assert listing_of({"view": "us", "q": "is:unread"}, agent).order == Order.NEXT_DEADLINE
