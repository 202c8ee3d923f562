import pytest

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Draft, Macro, MacroRun, Message, Ticket
from tickets.services import hold
from tickets.services.catalogue import load
from tickets.services.checks import mark_of
from tickets.services.draft import keep
from tickets.services.verdict import overrule

pytestmark = pytest.mark.django_db
ANSWER = "Please take the second /v1 out of your base URL."


@pytest.fixture
def agent(client):
    person = make_agent(name="Ana")
    client.force_login(person)
    return person


def make_macro(*do, **fields):
    given = {"slug": f"own-{Macro.objects.count()}", "name": "Own macro", "actions": list(do), **fields}
    return Macro.objects.create(**given)


def preview(client, ticket, macro, **headers):
    return client.get(f"/tickets/{ticket.number}/macros/{macro.pk}/", headers=headers)


def post(client, ticket, macro, **fields):
    ticket.refresh_from_db()
    given = {"revision": ticket.chain_length, **fields}
    return client.post(f"/tickets/{ticket.number}/macros/{macro.pk}/", given, follow=True)


def test_the_ticket_page_leads_to_the_macros(client, agent):
    ticket = make_ticket()

    assert (
        f'href="/tickets/{ticket.number}/macros/"'
        in client.get(f"/tickets/{ticket.number}/").content.decode()
    )


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_only_those_that_fit_are_offered(client, agent, headers):
    load()
    shown = client.get(f"/tickets/{make_ticket(VAGUE).number}/macros/", headers=headers).content.decode()

    assert "Take it and ask for all that is missing" in shown
    assert "Confirm, answer and wait" not in shown


def test_nothing_that_fits_is_said(client, agent):
    assert "No macro fits" in client.get(f"/tickets/{make_ticket().number}/macros/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, agent, django_assert_num_queries, count):
    load()
    Macro.objects.all().delete()
    ticket = make_ticket()
    for _ in range(count):
        make_macro({"reply": "endpoint-base-url"}, {"assign": agent.pk}, "confirm")
    address = f"/tickets/{ticket.number}/macros/"
    client.get(address, headers={"hx-request": "true"})

    with django_assert_num_queries(10):
        client.get(address, headers={"hx-request": "true"})


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_all_effects_are_shown_and_nothing_is_done(client, agent, headers):
    ticket = make_ticket(name="Lin")
    before = ticket.chain_length
    macro = make_macro("confirm", {"note": {"en": "Seen."}}, {"reply": {"en": ANSWER}})

    shown = preview(client, ticket, macro, **headers).content.decode()

    for words in (
        "Confirm the verdict",
        "Add a note",
        "Reply to Lin",
        "waiting for the customer",
        ANSWER,
        "Seen.",
    ):
        assert words in shown
    ticket.refresh_from_db()
    assert ticket.chain_length == before


def test_what_would_hold_the_reply_back_is_said_before(client, agent):
    macro = make_macro({"reply": {"en": "Which {task_id} was it?"}})

    assert "A blank is still open here." in preview(client, make_ticket(), macro).content.decode()


def test_it_runs_with_the_texts_as_edited(client, agent):
    ticket = make_ticket()
    macro = make_macro("confirm", {"note": {"en": "Seen."}}, {"reply": {"en": "Hello."}})

    answer = post(client, ticket, macro, body=ANSWER, note="Seen twice.")

    ticket.refresh_from_db()
    assert answer.redirect_chain == [(f"/tickets/{ticket.number}/", 302)]
    assert sorted(Message.objects.exclude(kind="customer").values_list("body", flat=True)) == [
        ANSWER,
        "Seen twice.",
    ]
    assert (ticket.status, ticket.verdict_by_person) == (Ticket.Status.WAITING, True)
    shown = answer.content.decode()
    assert "Ana ran the macro “Own macro”" in shown
    assert shown.count('id="undo-send"') == 1
    assert "macro-runs" in shown


def test_a_draft_stands_before_the_text_of_the_macro(client, agent):
    ticket = make_ticket()
    keep(ticket, by=agent, kind="reply", body="Hello Lin,")

    shown = preview(client, ticket, make_macro({"reply": {"en": ANSWER}})).content.decode()

    assert f"Hello Lin,\n\n{ANSWER}</textarea>" in shown


def test_what_must_not_be_said_comes_back_as_it_was_edited(client, agent):
    ticket = make_ticket()
    macro = make_macro("confirm", {"reply": {"en": ANSWER}})

    answer = post(client, ticket, macro, body="Please send us your API key.")

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Not done. Nothing has changed" in shown
    assert "Please send us your API key.</textarea>" in shown
    assert not MacroRun.objects.exists()


def test_a_doubt_asks_once(client, agent):
    ticket = make_ticket()
    macro = make_macro({"reply": {"en": ANSWER}})
    words = "The request log is attached. Please compare it with yours."

    first = post(client, ticket, macro, body=words)

    assert first.status_code == 422
    assert 'name="sure" value="no_attachment"' in first.content.decode()
    sure = {"sure": "no_attachment", "sure_of": mark_of(words)}
    assert f'name="sure_of" value="{sure["sure_of"]}"' in first.content.decode()
    assert post(client, ticket, macro, body="Other words. See the attachment.", **sure).status_code == 422
    assert post(client, ticket, macro, body=words, sure="no_attachment").status_code == 200


def test_a_ticket_changed_meanwhile_stops_it_and_shows_what_is_new(client, agent):
    ticket = make_ticket()
    seen = ticket.chain_length
    macro = make_macro({"reply": {"en": ANSWER}})
    overrule(ticket, by=make_agent(name="Bo"), cause="task.queued", reason="It waits.")

    answer = post(client, ticket, macro, body="My own words.", revision=seen)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "the ticket changed since" in shown
    assert "Bo decided otherwise" in shown
    assert "My own words.</textarea>" in shown
    ticket.refresh_from_db()
    assert f'name="revision" value="{ticket.chain_length}"' in shown


def test_one_that_does_not_fit_says_why_and_cannot_be_run(client, agent):
    ticket = make_ticket()
    macro = make_macro("confirm", conditions={"all": [{"verdict": {"is": "provider_incident"}}]})

    shown = preview(client, ticket, macro).content.decode()

    assert "Its conditions do not hold here." in shown
    assert "Run it" not in shown
    assert post(client, ticket, macro).status_code == 422


def test_others_own_and_retired_ones_are_not_found(client, agent):
    ticket = make_ticket()

    assert preview(client, ticket, make_macro("confirm", owner=make_agent())).status_code == 404
    assert preview(client, ticket, make_macro("confirm", is_active=False)).status_code == 404


def test_undo_brings_the_text_into_the_composer(client, agent):
    ticket = make_ticket()
    post(client, ticket, make_macro("confirm", {"reply": {"en": ANSWER}}), body=ANSWER)

    answer = client.post(f"/macro-runs/{MacroRun.objects.get().pk}/undoing/", follow=True)

    shown = answer.content.decode()
    assert "Taken back: reply, verdict." in shown
    assert 'id="undo-send"' not in shown
    assert Draft.objects.get().body == ANSWER
    ticket.refresh_from_db()
    assert not ticket.verdict_by_person


def test_what_has_gone_out_is_said(client, agent):
    post(client, make_ticket(), make_macro({"reply": {"en": ANSWER}}), body=ANSWER)
    made = MacroRun.objects.get()
    hold.release(Message.objects.get(kind="reply").pk)

    answer = client.post(f"/macro-runs/{made.pk}/undoing/", follow=True)

    assert "left alone: reply." in answer.content.decode()


def test_only_ones_own_run_is_taken_back(client, agent):
    post(client, make_ticket(), make_macro("confirm"))
    client.force_login(make_agent())

    assert client.post(f"/macro-runs/{MacroRun.objects.get().pk}/undoing/").status_code == 404


def test_a_note_alone_offers_no_undo(client, agent):
    answer = post(client, make_ticket(), make_macro({"note": {"en": "Seen."}}), note="Seen.")

    assert 'id="undo-send"' not in answer.content.decode()


def test_taking_a_macro_back_is_told_by_its_name_in_the_readers_language(client, agent):
    ticket = make_ticket(VAGUE)
    post(client, ticket, make_macro({"assign": "me"}, name_zh="由我处理"))
    run = MacroRun.objects.get()
    client.post(f"/macro-runs/{run.pk}/undoing/")
    client.force_login(make_agent(language="zh-hans"))

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Ana 撤回了宏“由我处理”" in page
    assert "Ana 运行了宏“由我处理”" in page
    assert "Own macro" not in page
