"""What stands beside a ticket, and what its conversation shows."""

import pytest

from tests.factories import VAGUE, WRONG_BASE_URL, make_agent, make_billing, make_ticket
from tickets.models import Account, Incident, KeyRecord, Reading, Team, Ticket
from tickets.services.evidence import set_value
from tickets.services.message import add_note, receive, send_reply
from tickets.services.verdict import judge

pytestmark = pytest.mark.django_db
TABS = ("similar", "incident", "account", "checklist", "history")


def page(client, ticket, query=""):
    return client.get(f"/tickets/{ticket.number}/{query}").content.decode()


def fragment(client, ticket, tab, query="", *, at=""):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/tickets/{ticket.number}/{at}"}
    return client.get(f"/tickets/{ticket.number}/context/{tab}/{query}", headers=headers).content.decode()


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_is_a_link_that_works_without_a_script(client, agent, tab):
    shown = page(client, make_ticket(), f"?tab={tab}")

    assert f'id="tab-{tab}"' in shown
    assert shown.count('aria-current="true"') >= 1
    assert client.get(f"/tickets/1/context/{tab}/").headers["Location"].endswith(f"?tab={tab}#context")


@pytest.mark.parametrize("tab", TABS)
def test_a_fragment_is_the_tab_alone(client, agent, tab):
    shown = fragment(client, make_ticket(), tab)

    assert shown.startswith('<div class="context" id="context">')
    assert "<html" not in shown


def test_an_unknown_tab_is_not_found(client, agent):
    assert client.get(f"/tickets/{make_ticket().number}/context/nothing/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("tab", "statements"), [("similar", 7), ("incident", 7), ("account", 6), ("checklist", 4), ("history", 6)]
)
def test_a_tab_costs_the_same_statements_for_any_number_of_rows(
    client, agent, django_assert_num_queries, tab, statements, count
):
    account = Account.objects.create(name="Brightpath")
    ticket = make_ticket(WRONG_BASE_URL + "\nmodel: gpt-4o")
    for number in range(count):
        other = make_ticket(WRONG_BASE_URL)
        Ticket.objects.filter(pk__in=(ticket.pk, other.pk)).update(account=account)
        KeyRecord.objects.create(account=account, fingerprint=str(number), last_four="ab12")
        Incident.objects.create(title=f"Incident {number}", model="gpt-4o")
        client.post(f"/tickets/{ticket.number}/checklist/", {"words": f"Point {number}"})
        judge(ticket)

    with django_assert_num_queries(statements):
        fragment(client, ticket, tab)


def test_similar_tickets_say_why(client, agent):
    ticket, other = make_ticket(), make_ticket()

    shown = page(client, ticket)

    assert f"/tickets/{other.number}/" in shown
    assert "the same error" in shown


def test_rare_words_are_looked_for_after_the_page(client, agent):
    ticket = make_ticket("frobnicate_overflow of pelican_exporter since noon")
    other = make_ticket("Now and then we see frobnicate_overflow in pelican_exporter, why?")

    shown = page(client, ticket)

    assert f'hx-get="/tickets/{ticket.number}/context/similar/" hx-trigger="load"' in shown
    assert f'href="/tickets/{other.number}/" lang' in fragment(client, ticket, "similar")
    assert 'hx-trigger="load"' not in fragment(client, ticket, "similar")
    without_script = page(client, ticket, "?tab=similar")
    assert "<code>frobnicate_overflow</code>" in without_script
    assert 'hx-trigger="load"' not in without_script


def test_where_there_is_no_rare_word_nothing_is_looked_for(client, agent):
    ticket = make_ticket("Please help")

    assert "No other ticket shows this error" in page(client, ticket)


def test_billing_sees_no_words_of_the_evidence_among_similar_tickets(client):
    ticket = make_ticket("Please look\nfrobnicate_overflow pelican_exporter")
    make_ticket("Hello\nfrobnicate_overflow pelican_exporter")
    client.force_login(make_billing())

    shown = fragment(client, ticket, "similar")

    assert "frobnicate_overflow" not in shown
    assert "rare words" not in shown  # which were not looked for


def test_open_incidents_that_fit_are_shown_the_nearest_first(client, agent):
    ticket = make_ticket(WRONG_BASE_URL + "\nmodel: gpt-4o")
    Incident.objects.create(title="Of the model", model="gpt-4o")
    Incident.objects.create(title="Of the error", fingerprint=ticket.fingerprint)
    Incident.objects.create(title="Over", model="gpt-4o", state=Incident.State.RESOLVED)
    Incident.objects.create(title="Elsewhere", model="qwen-max")

    shown = fragment(client, ticket, "incident")

    assert shown.index("Of the error") < shown.index("Of the model")
    assert "Over" not in shown
    assert "Elsewhere" not in shown


def test_the_linked_incident_and_the_reach_are_shown(client, agent):
    ticket = make_ticket()
    make_ticket()
    ticket.incident = Incident.objects.create(title="gpt-4o refused")
    ticket.save(update_fields=["incident"])

    shown = fragment(client, ticket, "incident")

    assert "gpt-4o refused" in shown
    assert "investigating" in shown
    assert "2 tickets with this error in the last hour, 1 other customer" in shown


def test_the_account_card_says_what_only_the_gateway_knows(client, agent):
    shown = fragment(client, make_ticket(), "account")

    assert "no gateway connection yet" in shown
    assert "only the gateway knows" in shown
    assert "This is the first one." in shown


def test_the_account_card_shows_keys_and_earlier_tickets(client, agent):
    account = Account.objects.create(name="Brightpath", group="pro", tier="gold")
    key = KeyRecord.objects.create(account=account, fingerprint="f", last_four="ab12", prefix="sk-")
    ticket, earlier = make_ticket(), make_ticket("The earlier one")
    Ticket.objects.update(account=account, key=key)

    shown = fragment(client, ticket, "account")

    assert "sk-…ab12" in shown
    assert "gold" in shown
    assert f"/tickets/{earlier.number}/" in shown
    assert "2 tickets" in shown


@pytest.mark.parametrize("named", ["Brightpath", " acc-9 ", "acc-9"])
def test_the_card_of_an_account_that_only_the_evidence_names_says_so(client, agent, named):
    account = Account.objects.create(name="Brightpath", external_id="acc-9", group="pro", tier="gold")
    Account.objects.create(name="acc-9")  # called as the other is numbered: the number goes first
    KeyRecord.objects.create(account=account, fingerprint="f", last_four="ab12", prefix="sk-")
    other, ticket = make_ticket("The earlier one"), make_ticket(told={"account": named})
    Ticket.objects.filter(pk=other.pk).update(account=account)

    shown = fragment(client, ticket, "account")

    assert "Named by the customer and not confirmed." in shown
    assert "gold" in shown
    assert "sk-…ab12" in shown
    assert f"/tickets/{other.number}/" in shown
    assert Ticket.objects.get(pk=ticket.pk).account is None


def test_a_linked_account_goes_before_a_named_one(client, agent):
    linked = Account.objects.create(name="Quillworks", tier="silver")
    Account.objects.create(name="Brightpath", tier="gold")
    ticket = make_ticket(told={"account": "Brightpath"})
    Ticket.objects.update(account=linked)

    shown = fragment(client, ticket, "account")

    assert "silver" in shown
    assert "not confirmed" not in shown


@pytest.mark.parametrize("named", ["Nobody", "Twins", "%", "' OR 1=1", "0"])
def test_a_name_that_leads_to_no_single_account_shows_none(client, agent, named):
    Account.objects.create(name="Brightpath", tier="gold")
    Account.objects.bulk_create(Account(name="Twins", tier="gold") for _ in range(2))

    shown = fragment(client, make_ticket(told={"account": named}), "account")

    assert "gold" not in shown
    assert "not confirmed" not in shown


def test_the_named_account_is_shown_to_nobody_who_may_not_see_it(client, agent):
    """Neither to those who see no evidence, nor to who sees only other teams' tickets."""
    account = Account.objects.create(name="Brightpath", tier="gold")
    other, ticket = make_ticket(), make_ticket(told={"account": "Brightpath"})
    Ticket.objects.filter(pk=other.pk).update(account=account, team=Team.objects.create(name="Media"))

    client.force_login(make_billing())
    assert "gold" not in fragment(client, ticket, "account")
    client.force_login(make_agent(is_narrowed=True))
    assert "gold" not in fragment(client, ticket, "account")
    Ticket.objects.filter(pk=other.pk).update(team=None)
    assert "gold" in fragment(client, ticket, "account")


def test_ticking_works_without_a_script(client, agent):
    ticket = make_ticket()

    answer = client.post(f"/tickets/{ticket.number}/checklist/", {"point": "client-version", "done": "1"})

    assert answer.headers["Location"] == f"/tickets/{ticket.number}/?tab=checklist#context"
    assert "1 of 6" in page(client, ticket, "?tab=checklist")


def test_the_history_is_filtered_by_kind_and_links_each_judgement(client, agent):
    ticket = make_ticket()
    receive(ticket, text="It is still so.", source=Ticket.Source.FORM)
    first, second = ticket.verdicts.values_list("pk", flat=True)

    shown = fragment(client, ticket, "history", "?kind=verdicts")

    assert shown.count("Judged:") == 2
    assert "The customer wrote" not in shown
    assert shown.index(f"?verdict={second}") < shown.index(f"?verdict={first}")
    assert "entries verified" in shown


def test_the_page_of_rules_shows_an_earlier_judgement(client, agent):
    ticket = make_ticket(VAGUE)
    first = ticket.verdicts.get()
    set_value(ticket, field="error_code", raw="insufficient_user_quota", by=agent)
    judge(ticket)
    address = f"/tickets/{ticket.number}/verdict/rules/"

    assert "quota-user-balance" in client.get(address).content.decode()
    assert "quota-user-balance" not in client.get(f"{address}?verdict={first.pk}").content.decode()


def test_the_conversation_shows_messages_only_when_asked(client, agent):
    ticket = make_ticket()

    shown = page(client, ticket, "?talk=messages&tab=history")

    assert 'class="event"' not in shown
    assert "?talk=messages&amp;tab=history" in shown


def test_the_filter_fetches_the_conversation_alone(client, agent):
    ticket = make_ticket()
    headers = {"HX-Request": "true", "HX-Target": "conversation"}

    shown = client.get(f"/tickets/{ticket.number}/?talk=messages", headers=headers).content.decode()

    assert shown.startswith('<section class="talk"')
    assert 'id="context"' not in shown


def test_opening_a_ticket_notes_how_far_it_was_read(client, agent):
    ticket = make_ticket()

    page(client, ticket)
    page(client, ticket)

    reading = Reading.objects.get()
    assert (reading.person, reading.message) == (agent, ticket.messages.get().pk)


def test_reading_is_taken_up_where_it_stopped(client, agent):
    ticket = make_ticket()
    assert 'id="unread"' not in page(client, ticket)
    send_reply(ticket, by=agent, body="My own answer is not new to me.")
    assert 'id="unread"' not in page(client, ticket)
    add_note(ticket, by=make_agent(), body="Look at this first.")

    shown = page(client, ticket)

    assert shown.index('id="unread"') < shown.index("Look at this first.")
    assert shown.index('id="unread"') > shown.index("My own answer")
    assert 'href="#unread"' in shown
    assert 'id="unread"' not in page(client, ticket)
