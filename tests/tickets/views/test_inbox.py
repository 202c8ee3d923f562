from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, make_customer, make_ticket
from tickets.models import SavedView, SearchDoc, Ticket
from tickets.services import listing, sorted_hits
from tickets.services.assignment import assign
from tickets.services.escalation import escalate
from tickets.services.listing import listing_of, page_of
from tickets.services.message import receive, send_reply
from tickets.services.outcome import resolve
from tickets.services.snooze import snooze
from tickets.services.verdict import confirm
from tickets.templatetags import desk as templatetags

pytestmark = pytest.mark.django_db


def shown(client, view, after=""):
    page = client.get("/desk/", {"view": view, "after": after}).context["page"]
    return [ticket.number for ticket in page.tickets]


def test_where_nothing_is_about_to_breach_the_next_deadline_is_named(client, agent):
    Ticket.objects.filter(pk=make_ticket(VAGUE).pk).update(
        due_at=timezone.now() + timedelta(hours=3, seconds=30)
    )

    assert "Next deadline: 3 h left." in client.get("/desk/?view=breaching").content.decode()


def test_a_row_says_until_when_it_is_put_aside_though_its_deadline_runs_on(client, agent):
    ticket = make_ticket(VAGUE)
    snooze(ticket, by=agent, until="time", wakes_at=timezone.now() + timedelta(days=40))

    page = client.get("/desk/?view=snoozed").content.decode()

    assert page.count("wakes 2") == 1


def test_each_view_shows_its_tickets(client, agent):
    fresh, mine, answered, escalated, closed = (make_ticket(VAGUE) for _ in range(5))
    assign(mine, to=agent, by=agent)
    confirm(mine, by=agent)
    send_reply(answered, by=agent, body="Which model do you call?")
    escalate(escalated, by=agent, reason="Please look.")
    resolve(closed, by=agent, cause="unknown", plain="-", charged="no", retried="no", result="explained")

    assert shown(client, "verdict") == [fresh.number, escalated.number]
    assert shown(client, "mine") == [mine.number]
    assert shown(client, "us") == [fresh.number, mine.number, escalated.number]
    assert shown(client, "customer") == [answered.number]
    assert shown(client, "escalated") == [escalated.number]
    assert shown(client, "resolved") == [closed.number]


def test_who_waits_longest_stands_first(client, agent):
    first, second = make_ticket(VAGUE), make_ticket(VAGUE)
    Ticket.objects.filter(pk=second.pk).update(customer_spoke_at=timezone.now() - timedelta(days=1))

    assert shown(client, "us") == [second.number, first.number]


def test_pages_follow_each_other_without_gap_or_double(agent):
    numbers = [make_ticket(VAGUE).number for _ in range(3)]
    Ticket.objects.update(customer_spoke_at=timezone.now())  # the same moment for all: the number decides

    listing = listing_of({"view": "us"}, agent)
    first = page_of(listing, size=2)
    second = page_of(listing, size=2, after=first.after)

    assert [ticket.number for ticket in [*first.tickets, *second.tickets]] == numbers
    assert second.after == ""


@pytest.mark.parametrize(
    "mark",
    ["nonsense", "2026-01-01_7", "_", "2026-01-01T00:00:00+00:00_x", "0001-01-01T00:00:00+08:00_" * 2 + "7"],
)
def test_a_spoiled_mark_starts_anew(client, agent, mark):
    ticket = make_ticket(VAGUE)

    assert shown(client, "us", after=mark) == [ticket.number]


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_costs_the_same_queries_for_any_number_of_rows(
    client, agent, django_assert_num_queries, count
):
    for _ in range(count):
        make_ticket()

    with django_assert_num_queries(10):
        client.get("/desk/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_ticket_page_costs_the_same_queries_for_any_number_of_rows(
    client, agent, django_assert_num_queries, count
):
    ticket = make_ticket(VAGUE)
    for number in range(count):
        make_ticket(VAGUE)
        send_reply(ticket, by=agent, body=f"Answer number {number}.")

    with django_assert_num_queries(20):
        client.get(f"/tickets/{ticket.number}/")


def test_the_box_searches_and_keeps_what_was_typed(client, agent):
    found, _ = make_ticket("The wombat model fails"), make_ticket(VAGUE)

    answer = client.get("/desk/", {"q": 'wombat "model fails" colour:red'})
    page = answer.content.decode()

    assert answer.context["view"].slug == "all"
    assert 'value="wombat &quot;model fails&quot; colour:red"' in page
    assert "There is no operator colour:" in page
    assert [ticket.number for ticket in client.get("/desk/?q=wombat").context["page"].tickets] == [
        found.number
    ]


def test_filters_stay_in_the_address_from_page_to_page(client, agent, monkeypatch):
    monkeypatch.setattr(page_of, "__kwdefaults__", {"after": "", "size": 2})
    numbers = [make_ticket("same words", told={"charged": True}).number for _ in range(5)]

    seen, address = [], "/desk/?view=us&q=words&charged=yes&unanswered=1"
    for _ in range(3):
        context = client.get(address).context
        seen += [ticket.number for ticket in context["page"].tickets]
        assert context["count"] == 5
        address = context["next"]

    assert seen == numbers  # the next deadline first, as the view has it


def test_chips_switch_on_and_off(client, agent):
    chips = {chip.title: chip for chip in client.get("/desk/?view=us&charged=yes").context["chips"]}

    assert (chips["Charged"].is_on, chips["Charged"].address) == (True, "?view=us")
    assert (chips["Mine"].is_on, chips["Mine"].address) == (False, "?view=us&charged=yes&assignee=me")


def test_words_leave_the_order_of_the_view_and_what_was_chosen(client, agent):
    late, soon = make_ticket("The wombat fails"), make_ticket("The wombat fails")
    Ticket.objects.filter(pk=soon.pk).update(due_at=timezone.now() + timedelta(minutes=5))

    def sorted_by(asked):
        context = client.get(f"/desk/?{asked}").context
        chosen = [each.title for each in context["orders"] if each.is_on]
        return [ticket.number for ticket in context["page"].tickets], chosen

    assert sorted_by("view=us&q=wombat") == ([soon.number, late.number], ["Next deadline first"])
    assert sorted_by("view=us&q=wombat&order=waiting")[1] == ["Longest waiting first"]
    assert sorted_by("q=wombat") == ([soon.number, late.number], ["Newest first"])
    assert sorted_by("q=wombat&order=waiting") == ([late.number, soon.number], ["Longest waiting first"])


def test_that_too_much_was_found_to_be_sorted_is_said(client, agent, monkeypatch):
    monkeypatch.setattr(sorted_hits, "MOST_SORTED", 1)
    monkeypatch.setattr(sorted_hits, "READ", 1)
    for _ in range(2):
        make_ticket("The wombat fails")

    page = client.get("/desk/?view=us&q=wombat").content.decode()

    assert "Too many tickets fit to be sorted (next deadline first): the newest come first." in page
    assert "Too many" not in client.get("/desk/?view=us&q=wombat&order=newest").content.decode()


def test_large_counts_are_not_exact(client, agent, monkeypatch):
    monkeypatch.setattr(templatetags, "MOST_COUNTED", 1)
    for _ in range(2):
        make_ticket(VAGUE)

    assert "10k+ tickets" in client.get("/desk/?view=us").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_queries_for_any_number_of_rows(
    client, agent, django_assert_num_queries, count
):
    for _ in range(count):
        make_ticket()

    with django_assert_num_queries(12):
        client.get("/desk/?q=morning")


def test_an_empty_list_says_what_to_try(client, agent):
    page = client.get("/desk/?view=us&q=nothinglikethis").content.decode()

    assert "No ticket has all of this." in page
    assert "?view=all&amp;q=nothinglikethis" in page


def test_an_empty_view_says_why(client, agent):
    assert "Nothing is assigned to you." in client.get("/desk/?view=mine").content.decode()


def searched(client, address, words):
    """What the search form of a page asks for, as a browser would send it."""
    form = client.get(address).context
    return client.get("/desk/", {**form["filters"], "q": words})


@pytest.mark.parametrize("view", ["escalated", "us", "verdict", "all"])
def test_words_typed_in_a_view_search_within_it(client, agent, view):
    inside, outside = make_ticket("The wombat model fails"), make_ticket("The wombat model fails")
    escalate(inside, by=agent, reason="Please look.")
    resolve(outside, by=agent, cause="unknown", plain="-", charged="no", retried="no", result="explained")
    make_ticket("another animal")

    answer = searched(client, f"/desk/?view={view}", "wombat")

    everywhere = [outside.number] if view == "all" else []
    assert answer.context["view"].slug == view
    assert [ticket.number for ticket in answer.context["page"].tickets] == [*everywhere, inside.number]
    assert client.get(answer.wsgi_request.get_full_path()).context["count"] == len(everywhere) + 1


def test_words_typed_where_no_view_was_chosen_search_everything(client, agent):
    page = client.get("/desk/").content.decode()

    assert 'aria-label="Search tickets"' in page
    assert '<input type="hidden" name="view"' not in page
    assert '<input type="hidden" name="view" value="us">' in client.get("/desk/?view=us").content.decode()


def test_one_link_drops_the_view_and_keeps_the_words(client, agent):
    ticket = make_ticket("The wombat model fails")
    escalate(ticket, by=agent, reason="Please look.")

    page = searched(client, "/desk/?view=escalated&charged=unknown", "wombat").content.decode()
    widened = client.get("/desk/?view=all&q=wombat&charged=unknown").content.decode()

    assert page.count('href="?view=all&amp;q=wombat&amp;charged=unknown"') == 1
    assert "In Escalated:" in page
    assert 'aria-label="Search in Escalated"' in page
    assert "Search everywhere" not in widened


def test_each_thing_that_narrows_can_be_taken_away(client, agent):
    context = client.get("/desk/?view=us&q=wombat&cause=unknown&unread=1&order=newest").context

    assert [(each.title, each.address) for each in context["narrowings"]] == [
        ("wombat", "?view=us&unread=1&cause=unknown&order=newest"),
        ("cause:unknown", "?view=us&q=wombat&unread=1&order=newest"),
    ]


def test_of_all_tickets_the_words_stand_in_the_box_alone(client, agent):
    page = client.get("/desk/?view=all&q=wombat").content.decode()

    assert 'id="narrowed"' not in page
    assert page.count("wombat</span>") == 0
    assert 'id="narrowed"' in client.get("/desk/?view=all&q=wombat&tag=vip").content.decode()


def test_words_typed_in_a_saved_view_keep_its_name_and_conditions(client, agent):
    kept = {"view": "us", "charged": "yes"}
    saved = SavedView.objects.create(owner=agent, name="Charged ones", parameters=kept)
    inside = make_ticket("The wombat model fails", told={"charged": True})
    make_ticket("The wombat model fails")

    opened = client.get("/desk/", {**kept, "saved": saved.pk})
    answer = searched(client, f"/desk/?view=us&charged=yes&saved={saved.pk}", "wombat")
    page = answer.content.decode()

    assert [ticket.number for ticket in answer.context["page"].tickets] == [inside.number]
    assert "<h1>Charged ones</h1>" in page
    assert "?view=us&amp;q=wombat&amp;charged=yes" in page  # to be saved as a view of its own
    assert answer.context["everywhere"] == "?view=all&q=wombat"
    assert (opened.context["everywhere"], opened.context["is_as_saved"]) == ("", True)


@pytest.mark.parametrize("saved", ["777", "x", ""])
def test_a_saved_view_that_is_not_there_is_no_part_of_the_address(client, agent, saved):
    context = client.get("/desk/", {"view": "us", "saved": saved}).context

    assert context["saved"] is None
    assert "saved" not in context["next"] + str(context["filters"])


def test_a_row_says_in_words_that_the_customer_wrote_last(client, agent):
    """Once there is a conversation: of a first report everybody knows who wrote it."""
    fresh, waiting, answered = (make_ticket(VAGUE) for _ in range(3))
    for ticket in (waiting, answered):
        send_reply(ticket, by=agent, body="Which model do you call?")
    receive(waiting, text="It is gpt-4o.", source=Ticket.Source.MAIL)

    rows = client.get("/desk/?view=all").content.decode().split('<tr id="ticket-')
    said = {int(row.split('"')[0]): "Customer wrote last</span>" in row for row in rows[1:]}

    assert said == {fresh.number: False, waiting.number: True, answered.number: False}


def test_what_customers_write_is_no_markup_wherever_it_is_listed(client, agent):
    hostile = '<img src=x onerror="alert(1)"> &'
    told = {"account": hostile, "model": hostile, "endpoint": hostile}
    customer = make_customer("dev@client.invalid", name=hostile)
    tickets = [make_ticket(f"{hostile}\n{VAGUE}", email=customer.email, told=told) for _ in range(2)]
    Ticket.objects.update(subject=hostile, fingerprint="f" * 16)
    agent.name = hostile
    agent.save()
    assign(tickets[0], to=agent, by=agent)

    for address in ("/desk/?view=us", f"/tickets/{tickets[0].number}/?tab=similar"):
        page = client.get(address).content.decode()
        assert "&lt;img src=x onerror=" in page
        assert "<img" not in page


@pytest.fixture
def many(agent):
    """52 tickets with one phrase, the oldest very long ago: to count them all takes longer than a page."""
    first = make_ticket("the pelican tail")
    numbers = [first.pk + 400_000 + at for at in range(51)]
    Ticket.objects.bulk_create(
        Ticket(number=number, subject="s", customer=first.customer, follow_up_token=str(number))
        for number in numbers
    )
    tokens = "the pelican tail step10={} step14={} step17={}"
    SearchDoc.objects.bulk_create(
        SearchDoc(
            ticket_id=each, tokens=tokens.format(each >> 10, each >> 14, each >> 17), text="the pelican tail"
        )
        for each in numbers
    )


def test_what_takes_long_to_count_is_counted_after_the_page(client, agent, many):
    page = client.get('/desk/?q="pelican tail"').content.decode()

    assert "more than 50 tickets" in page
    assert "Select all that were found" in page
    assert 'hx-get="?q=%22pelican+tail%22&amp;counted=1"' in page


def test_the_count_is_asked_for_alone(client, agent, many):
    headers = {"HX-Request": "true", "HX-Target": "count"}
    count = client.get('/desk/?q="pelican tail"&counted=1', headers=headers).content.decode()

    assert count == '<span class="muted small" id="count">52 tickets</span>'


def test_the_count_that_comes_late_says_also_how_many_all_are(client, agent, many):
    assert "hx-vals='{\"all\": 1}'" in client.get('/desk/?q="pelican tail"').content.decode()
    headers = {"HX-Request": "true", "HX-Target": "count"}
    came = client.get('/desk/?q="pelican tail"&counted=1&all=1', headers=headers).content.decode()

    assert came.split("</span>")[:2] == [
        '<span class="muted small" id="count">52 tickets',
        '<span id="all-found" hx-swap-oob="true">Select all 52',
    ]


def test_what_takes_long_to_count_by_columns_is_counted_after_the_page(client, agent, many, monkeypatch):
    monkeypatch.setattr(listing, "COUNTED_SOON", 51)
    page = client.get("/desk/?q=after:9d").content.decode()

    assert "more than 50 tickets" in page
    monkeypatch.setattr(listing, "COUNTED_SOON", 52)
    assert "52 tickets" in client.get("/desk/?q=after:9d").content.decode()


def test_without_a_script_the_page_is_asked_for_with_its_count(client, agent, many):
    assert "52 tickets" in client.get('/desk/?q="pelican tail"&counted=1').content.decode()
