import re

import pytest
from django.test import Client

from tests.factories import VAGUE, make_agent, make_billing, make_ticket
from tickets.models import CannedReply, Outcome, Ticket
from tickets.services.catalogue import load
from tickets.services.message import send_reply
from tickets.services.reply import filled_reply

pytestmark = pytest.mark.django_db


def page(client, ticket, query=""):
    return client.get(f"/tickets/{ticket.number}/{query}").content.decode()


def test_the_card_shows_the_words_that_decided(client, agent):
    shown = page(client, make_ticket())

    assert '<mark data-n="1"' in shown
    assert "The base URL in the client is not right" in shown


def test_the_reply_is_filled_in_the_customers_language(client, agent):
    load()

    assert "你好" in page(client, make_ticket(language="zh-hans")) or "您好" in page(
        client, make_ticket(language="zh-hans")
    )


def test_a_held_back_reply_comes_back_with_the_reason(client, agent):
    ticket = make_ticket()

    answer = client.post(
        f"/tickets/{ticket.number}/messages/",
        {"kind": "reply", "body": "Please send me your API key, I will test it."},
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Please send me your API key, I will test it." in shown
    assert 'role="alert"' in shown


def test_an_empty_reply_is_refused(client, agent):
    answer = client.post(f"/tickets/{make_ticket().number}/messages/", {"kind": "reply", "body": "  "})

    assert answer.status_code == 422
    assert "There is nothing to send yet." in answer.content.decode()


def test_a_value_set_by_hand_is_judged_anew(client, agent):
    ticket = make_ticket(VAGUE)

    client.post(f"/tickets/{ticket.number}/evidence/error_code/", {"value": "insufficient_user_quota"})

    ticket.refresh_from_db()
    assert ticket.cause == "quota.balance"


def test_a_value_that_does_not_fit_is_kept_beside_the_reason(client, agent):
    ticket = make_ticket(VAGUE)

    answer = client.post(f"/tickets/{ticket.number}/evidence/http_status/", {"value": "many"})

    shown = answer.content.decode()
    assert "Write a whole number, such as 429." in shown
    assert 'value="many"' in shown


def test_overruling_needs_a_reason(client, agent):
    ticket = make_ticket()

    answer = client.post(f"/tickets/{ticket.number}/verdict/", {"cause": "client.proxy_tls", "reason": ""})

    assert answer.status_code == 422
    ticket.refresh_from_db()
    assert ticket.cause == "endpoint.base_url"


def test_resolving_keeps_cause_charge_retry_and_outcome(client, agent):
    ticket = make_ticket()

    client.post(
        f"/tickets/{ticket.number}/outcome/",
        {
            "cause": "endpoint.base_url",
            "plain": "The address carried /v1 twice.",
            "charged": "no",
            "retried": "yes",
            "result": "customer_fixed",
        },
    )

    outcome = Outcome.objects.get()
    assert (outcome.plain, outcome.charged, outcome.retried) == (
        "The address carried /v1 twice.",
        "no",
        "yes",
    )
    assert "The address carried /v1 twice." in client.get(f"/t/{ticket.follow_up_token}/").content.decode()


def test_every_rule_that_was_tried_can_be_listed(client, agent):
    ticket = make_ticket()

    shown = client.get(f"/tickets/{ticket.number}/verdict/rules/?all=1").content.decode()

    assert "endpoint-doubled-path" in shown
    assert "quota-" in shown
    assert ticket.fingerprint in shown


def test_a_broken_chain_is_told_on_the_page(client, agent):
    ticket = make_ticket()
    ticket.events.filter(position=2).update(kind="forged")

    assert "The chain is broken at entry 2" in page(client, ticket, "?tab=history")

    agent.language = "zh-hans"
    agent.save()
    assert "证据链在第 2 条断开：哈希与内容不符" in page(client, ticket, "?tab=history")


def test_a_ticket_that_does_not_exist_is_not_found(client, agent):
    assert client.get("/tickets/999999/").status_code == 404


def test_an_agent_opens_a_ticket_for_a_customer(client, agent):
    answer = client.post(
        "/tickets/new/", {"text": VAGUE, "email": "dev@client.invalid", "name": "Dev", "subject": ""}
    )

    assert answer.status_code == 302
    assert "Dev" in client.get(answer.headers["Location"]).content.decode()


def test_the_outcome_may_not_say_what_a_reply_may_not(client, agent):
    ticket = make_ticket()

    answer = client.post(
        f"/tickets/{ticket.number}/outcome/",
        {
            "cause": "unknown",
            "plain": "Please send us your API key so that we can look again.",
            "charged": "no",
            "retried": "no",
            "result": "explained",
        },
    )

    assert answer.status_code == 422
    assert "Please send us your API key so that we can look again." in answer.content.decode()
    assert not Outcome.objects.exists()


def test_who_was_signed_out_while_typing_gets_the_text_back(client):
    ticket = make_ticket()

    answer = client.post(
        f"/tickets/{ticket.number}/messages/", {"kind": "reply", "body": "A long careful answer."}
    )

    assert answer.status_code == 403
    assert "A long careful answer." in answer.content.decode()


def test_another_sites_form_is_never_offered_again():
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/report/", {"text": "forged elsewhere"}, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert "forged elsewhere" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/t/%00/", "/t/a%20b/"])
def test_odd_links_are_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_nul_in_a_value_is_no_error(client, agent):
    ticket = make_ticket(VAGUE)

    answer = client.post(f"/tickets/{ticket.number}/evidence/model/", {"value": "gpt\x00-4o"})

    assert answer.status_code == 302


@pytest.mark.parametrize("form", ["messages", "verdict", "outcome", "snooze", "escalation"])
def test_the_address_of_what_was_refused_leads_to_the_ticket(client, agent, form):
    """A reload, or the address opened by hand; whoever may not work tickets is refused as before."""
    ticket = make_ticket()
    address = f"/tickets/{ticket.number}/{form}/"

    assert client.post(address, {"kind": "reply", "body": ""}).status_code == 422
    for ask in (client.get, client.head):
        answer = ask(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/tickets/{ticket.number}/")
    assert client.put(address).status_code == 405
    client.force_login(make_billing())
    assert client.get(address).status_code == 403
    client.logout()
    assert client.get(address).headers["Location"].startswith("/accounts/login/")
    assert ticket.events.count() == ticket.chain_length


@pytest.mark.parametrize("cause", ["", "no.such", "\x00"])
def test_not_this_without_a_cause_loses_no_word(client, agent, cause):
    ticket = make_ticket()

    answer = client.post(
        f"/tickets/{ticket.number}/verdict/", {"cause": cause, "reason": "The log shows another path."}
    )

    assert answer.status_code == 422
    assert "The log shows another path." in answer.content.decode()
    assert not Ticket.objects.get().verdict_by_person


def test_from_an_answered_ticket_the_way_on_leads_to_the_first_that_waits(client, agent):
    answered, waiting = make_ticket(), make_ticket()
    send_reply(answered, by=agent, body="Take out the second /v1 of your base URL.")

    page = client.get(f"/tickets/{answered.number}/").content.decode()

    assert re.search(rf'href="/tickets/{waiting.number}/"[^>]* data-after', page)


def test_no_answer_is_chosen_before_somebody_chose_it(client, agent):
    """Causes and outcomes are counted in reports and against rules; the final cause is what the verdict says."""
    ticket = make_ticket()

    shown = page(client, ticket)
    asked = client.get(f"/desk/changes/overrule/?number={ticket.number}").content.decode()
    ended = client.get(f"/desk/changes/resolve/?number={ticket.number}").content.decode()

    for text in (shown, asked):
        assert '<option value="" selected>Choose a cause…</option>' in text
    assert shown.count('<option value="" selected>Choose how it ended…</option>') == 2
    assert '<option value="" selected>Choose how it ended…</option>' in ended
    assert f'<option value="{ticket.cause}" selected>' in shown


def test_the_causes_that_nearly_won_stand_first_to_be_chosen(client, agent):
    ticket = make_ticket("429 Too Many Requests: rate limit reached, quota exceeded, insufficient balance")
    card = client.get(f"/tickets/{ticket.number}/").context["card"]
    shown = page(client, ticket)
    choices = shown.split('id="overrule-cause"')[1].split("</select>")[0]

    assert card.nearly
    assert choices.index('<optgroup label="Could also be">') == choices.index("<optgroup")
    assert f'<option value="{card.nearly[0][0]}">{card.nearly[0][1]}</option>' in choices
    client.post(f"/tickets/{ticket.number}/verdict/", {"cause": card.nearly[0][0], "reason": "it says so"})
    ticket.refresh_from_db()
    assert ticket.cause == card.nearly[0][0]


def test_whoever_looks_is_the_first_to_assign_to_and_chosen_as_long_as_nobody_has_it(client, agent):
    ticket, other = make_ticket(VAGUE), make_agent(name="Aaron Ames")

    def choices():
        return page(client, ticket).split('id="assign-to"')[1].split("</select>")[0]

    mine = f'<option value="{agent.pk}" selected>'
    assert choices().index(mine) < choices().index('<option value="">Nobody') < choices().index("Aaron")
    client.post(f"/tickets/{ticket.number}/assignment/", {"to": other.pk})
    assert f'<option value="{other.pk}" selected>' in choices()
    assert choices().index(f'<option value="{agent.pk}">') < choices().index("Nobody")


def test_system_lines_and_letters_show_titles_with_their_short_names_aside(client, agent):
    load()
    ticket = make_ticket()
    reply = CannedReply.objects.get(slug="needs-evidence")
    words = filled_reply(ticket, reply.slug).text
    send_reply(ticket, by=agent, body=words, canned_reply=reply)

    shown = page(client, ticket)
    head = shown.split('class="msg-head"')[-1].split("</div>")[0]

    assert 'title="needs-evidence"' in head
    assert reply.texts.get(language="en").title in head
    assert ">needs-evidence<" not in shown
    told = ticket.events.get(kind="judged").data["rules"]
    assert f'title="{", ".join(told)}"' in shown
    assert f"({told[0]}" not in shown
