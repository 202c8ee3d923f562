import pytest

from tests.factories import VAGUE, WRONG_BASE_URL, make_agent, make_billing, make_ticket
from tickets.models import BulkChange, Incident, Merge, Split, Ticket
from tickets.services.merge import undo_merge

pytestmark = pytest.mark.django_db
DEV = "dev@client.invalid"


@pytest.fixture
def pair(agent):
    return make_ticket(VAGUE, email=DEV), make_ticket("still nothing at all", email=DEV)


def merged(client, pair):
    first, second = pair
    client.post("/desk/merging/", {"number": [first.number, second.number], "into": first.number})
    return Merge.objects.get()


def test_the_page_shows_the_tickets_and_takes_the_oldest_to_live_on(client, pair):
    first, second = pair

    page = client.get(f"/desk/merging/?number={second.number}&number=%23{first.number}").content.decode()

    assert f'value="{first.number}" checked' in page
    assert "still nothing at all" in page


def test_one_ticket_alone_is_asked_for_the_other(client, agent):
    first, second = make_ticket(email=DEV), make_ticket(email=DEV)  # the same error of the same customer

    page = client.get(f"/desk/merging/?number={second.number}").content.decode()
    wrong = client.get(f"/desk/merging/?number={second.number}&number=777").content.decode()

    assert f'href="?number={second.number}&amp;number={first.number}"' in page
    assert "Number of the other ticket" in page
    assert "There is no ticket #" not in page
    assert "There is no ticket #777." in wrong


def test_the_merged_number_leads_to_the_survivor(client, pair):
    first, second = pair
    merged(client, pair)

    answer = client.get(f"/tickets/{second.number}/")
    page = client.get(f"/tickets/{first.number}/").content.decode()

    assert answer.headers["Location"] == f"/tickets/{first.number}/"
    assert "still nothing at all" in page
    assert f"#{second.number}</span>" in page


def test_the_merged_ticket_can_still_be_looked_at_by_itself(client, pair):
    _, second = pair
    merged(client, pair)

    page = client.get(f"/tickets/{second.number}/?alone=1").content.decode()

    assert "Merged: this is what the ticket was." in page
    assert 'id="reply-form"' not in page


def test_lists_leave_the_merged_ticket_out_until_it_stands_again(client, pair):
    _, second = pair
    done = merged(client, pair)
    row = f'id="ticket-{second.number}"'
    listed = client.get("/desk/?view=all").content.decode()

    client.post(f"/merges/{done.pk}/undoing/")

    assert row not in listed
    assert row in client.get("/desk/?view=all").content.decode()


def test_both_follow_up_links_show_one_conversation(client, pair):
    first, second = pair
    merged(client, pair)
    client.logout()

    client.post(f"/t/{second.follow_up_token}/messages/", {"text": "it is gpt-4o"})

    page = client.get(f"/t/{second.follow_up_token}/").content.decode()
    assert VAGUE in page
    assert "it is gpt-4o" in page
    assert first.follow_up_token not in page
    assert first.messages.filter(body="it is gpt-4o").exists()


def test_a_foreign_ticket_is_refused_with_the_reason(client, agent):
    first, foreign = make_ticket(VAGUE, email=DEV), make_ticket(VAGUE)

    answer = client.post("/desk/merging/", {"number": [first.number, foreign.number], "into": first.number})

    assert answer.status_code == 422
    assert "It belongs to another customer" in answer.content.decode()
    assert not Merge.objects.exists()


def test_selected_tickets_are_merged_from_the_inbox(client, pair):
    first, second = pair
    shown = f"{first.number} {second.number}"
    client.post(
        "/desk/selection/", {"shown": shown, "number": [first.number, second.number], "go": "/desk/merging/"}
    )

    page = client.get("/desk/merging/").content.decode()

    assert f'value="{second.number}"' in page


def test_a_duplicate_is_shown_before_anybody_answers(client, agent):
    first, second = (make_ticket(WRONG_BASE_URL, email=DEV) for _ in range(2))

    page = client.get(f"/tickets/{second.number}/").content.decode()
    client.post(f"/tickets/{second.number}/apart/{first.number}/")

    assert f'id="suspect-{first.number}"' in page
    assert "suspect-" not in client.get(f"/tickets/{second.number}/").content.decode()


def test_a_second_problem_is_split_off_and_put_back(client, agent):
    ticket = make_ticket(f"{VAGUE}\n\n{WRONG_BASE_URL}")
    message = ticket.messages.get()

    client.post(f"/tickets/{ticket.number}/messages/{message.pk}/splitting/", {"text": WRONG_BASE_URL})
    kept = Split.objects.get()
    page = client.get(f"/tickets/{kept.part_id}/").content.decode()
    client.post(f"/splits/{kept.pk}/undoing/")

    assert "Split from:" in page
    assert Ticket.objects.get(pk=kept.part_id).merged_into == ticket


def test_an_empty_part_is_refused(client, agent):
    ticket = make_ticket()

    answer = client.post(
        f"/tickets/{ticket.number}/messages/{ticket.messages.get().pk}/splitting/", {"text": "  --- "}
    )

    assert answer.status_code == 422
    assert "Leave the words that the new ticket is about." in answer.content.decode()


def test_a_suspect_of_another_customer_is_not_offered_to_be_merged_but_linked(client, agent):
    """The sentence says why; the way out asks for the incident and leads back to the ticket."""
    told = {"request_id": "20260131094500123456789AbCdEfGh"}
    other, ticket = make_ticket(VAGUE, told=told), make_ticket("again nothing", told=told)
    numbers = f"number={ticket.number}&amp;number={other.number}"
    way_out = f'href="/desk/changes/incident/?{numbers}&amp;go=/tickets/{ticket.number}/"'
    incident = Incident.objects.create(title="gpt-4o is down")

    for address in (f"/tickets/{ticket.number}/", f"/desk/merging/?number={ticket.number}"):
        page = client.get(address).content.decode()
        assert f"?{numbers}" in page
        assert "Not to be merged: another customer would read this conversation." in page
        assert way_out in page
        assert f'?{numbers}"' not in page  # as the offer to merge would end
    asked = client.get(way_out[6:-1].replace("&amp;", "&")).content.decode()
    posted = {
        "number": [ticket.number, other.number],
        "incident": incident.pk,
        "go": f"/tickets/{ticket.number}/",
    }
    answer = client.post("/desk/changes/incident/", posted)

    assert f'value="/tickets/{ticket.number}/"' in asked
    assert answer.headers["Location"] == f"/tickets/{ticket.number}/"
    assert set(Ticket.objects.values_list("incident", flat=True)) == {incident.pk}


def test_a_suspect_of_the_same_customer_is_offered_to_be_merged_by_its_key(client, agent):
    told = {"request_id": "20260131094500123456789AbCdEfGh"}
    own, ticket = (make_ticket(VAGUE, email=DEV, told=told) for _ in range(2))
    make_ticket(VAGUE, told=told)  # newer, and another's: it does not take the key

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert page.count('data-key="2"') == 1
    assert f'href="/desk/merging/?number={ticket.number}&amp;number={own.number}" data-key="2"' in page


def test_billing_reads_of_a_suspect_and_is_offered_nothing(client):
    told = {"request_id": "20260131094500123456789AbCdEfGh"}
    make_ticket(VAGUE, told=told)
    ticket = make_ticket("again nothing", told=told)
    client.force_login(make_billing())

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Maybe a duplicate" in page
    assert "/desk/changes/incident/" not in page


def test_a_merge_of_several_is_taken_back_from_the_bar_over_the_list(client, pair):
    first, second = pair
    third = make_ticket("and a third time", email=DEV)
    numbers = [first.number, second.number, third.number]
    client.post("/desk/merging/", {"number": numbers, "into": first.number})
    page = client.get("/desk/?view=us")
    change = page.context["last_change"]

    undone = client.post(f"/desk/changes/{change.pk}/undoing/", {"go": "/desk/?view=us"}, follow=True)

    assert "Merge: 2 tickets changed." in page.content.decode()
    assert "2 tickets are as they were." in undone.content.decode()
    assert sorted(ticket.number for ticket in undone.context["page"].tickets) == numbers
    assert undone.context["last_change"] is None


def test_a_merge_that_was_undone_on_the_ticket_is_no_longer_offered_over_the_list(client, pair):
    first, second = pair
    client.post("/desk/merging/", {"number": [first.number, second.number], "into": first.number})
    assert client.get("/desk/").context["last_change"] == BulkChange.objects.get()

    client.post(f"/merges/{Merge.objects.get().pk}/undoing/")

    assert client.get("/desk/").context["last_change"] is None


def test_what_was_parted_since_is_left_alone_by_the_bar(client, pair):
    first, second = pair
    third = make_ticket("and a third time", email=DEV)
    client.post(
        "/desk/merging/", {"number": [first.number, second.number, third.number], "into": first.number}
    )
    change = BulkChange.objects.get()
    undo_merge(Merge.objects.get(ticket=second), by=change.by)

    said = client.post(f"/desk/changes/{change.pk}/undoing/", follow=True).content.decode()
    again = client.post(f"/desk/changes/{change.pk}/undoing/", follow=True).content.decode()

    assert "1 ticket is as it was." in said
    assert f"Changed since, and left alone: #{second.number}" in said
    assert "0 tickets are as they were." in again
    assert Ticket.objects.standing().count() == 3


def test_nobody_takes_back_the_merge_of_another(client, pair):
    merged(client, pair)
    client.force_login(make_agent())

    assert client.post(f"/desk/changes/{BulkChange.objects.get().pk}/undoing/").status_code == 404
    assert Merge.objects.get().undone_at is None


def test_the_other_number_may_be_written_with_blanks_and_a_sign(client, pair):
    first, second = pair

    page = client.get("/desk/merging/", {"number": [first.number, f" # {second.number} "]}).content.decode()

    assert "Which ticket lives on?" in page


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("abc", "“abc” is no number of a ticket. Write it such as 10 or #10."),
        ("{0}", "#{0} is this ticket itself. Name another one."),
        ("#{0} ", "#{0} is this ticket itself. Name another one."),
    ],
)
def test_what_is_no_other_ticket_is_told_so(client, agent, written, reason):
    number = make_ticket(VAGUE).number

    page = client.get("/desk/merging/", {"number": [number, written.format(number)]}).content.decode()

    assert reason.format(number) in page
    assert "There is no ticket #" not in page


def test_a_suspect_can_be_chosen_in_the_menu_beside_writing_its_number(client, agent):
    own, ticket = (make_ticket(WRONG_BASE_URL, email=DEV) for _ in range(2))

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert f'<button class="menu-item" name="number" value="{own.number}" formnovalidate>' in page


def test_single_tickets_are_taken_out_before_anything_is_merged(client, pair):
    first, second = pair
    foreign = make_ticket(VAGUE)
    numbers = [first.number, second.number, foreign.number]

    page = client.get("/desk/merging/", {"number": numbers}).content.decode()
    rest = f"?number={first.number}&amp;number={second.number}"
    after = client.get("/desk/merging/", {"number": numbers[:2]}).content.decode()

    assert "It belongs to another customer" in page
    assert page.count(f'href="{rest}"') == 2  # that one alone, and all that stands against it
    assert f"Take #{second.number} out" in page
    assert "It belongs to another customer" not in after
    assert "Take #" not in after


def test_who_comes_back_after_a_merge_finds_the_survivor(client, pair):
    first, _ = pair
    merged(client, pair)

    page = client.get("/desk/merging/").content.decode()

    assert f'href="/tickets/{first.number}/">To #{first.number}, which you merged into</a>' in page
