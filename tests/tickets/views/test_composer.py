import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import fake_key, make_agent, make_ticket
from tickets.models import Account, Draft, Job, Message, Outcome, Snooze, Ticket
from tickets.services import hold, outbox
from tickets.services.merge import merge
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
ANSWER = "Please take the second /v1 out of your base URL."


def post(client, ticket, **fields):
    return client.post(
        f"/tickets/{ticket.number}/messages/", {"kind": "reply", "body": ANSWER, **fields}, follow=True
    )


def page(client, ticket, query=""):
    return client.get(f"/tickets/{ticket.number}/{query}").content.decode()


def follow_up(client, ticket):
    return client.get(f"/t/{ticket.follow_up_token}/").content.decode()


def test_the_bar_to_take_back_follows_to_other_pages(client, agent):
    ticket = make_ticket(name="Lin")
    post(client, ticket)

    assert "Reply to Lin goes out in a moment" in client.get("/desk/").content.decode()


def test_taking_back_brings_the_text_into_the_composer(client, agent):
    ticket = make_ticket()
    post(client, ticket)
    message = Message.objects.get(kind="reply")

    answer = client.post(f"/tickets/{ticket.number}/messages/{message.pk}/recall/", follow=True)

    shown = answer.content.decode()
    assert "Taken back." in shown
    assert f">{ANSWER}</textarea>" in shown
    assert "goes out in a moment" not in shown


def test_too_late_is_said(client, agent):
    ticket = make_ticket()
    post(client, ticket)
    message = Message.objects.get(kind="reply")
    hold.release(message.pk)

    answer = client.post(f"/tickets/{ticket.number}/messages/{message.pk}/recall/", follow=True)

    assert "Too late: the reply has gone out." in answer.content.decode()


def test_only_the_sender_takes_back(client, agent):
    ticket = make_ticket()
    post(client, ticket)
    message = Message.objects.get(kind="reply")
    client.force_login(make_agent())

    assert client.post(f"/tickets/{ticket.number}/messages/{message.pk}/recall/").status_code == 404


@pytest.mark.parametrize("then", ["waiting", "resolved", "snoozed"])
def test_the_customer_sees_nothing_of_a_held_reply(client, agent, then):
    ticket = make_ticket()
    before = follow_up(client, ticket)
    closing = {
        "cause": ticket.cause,
        "plain": "It was this.",
        "charged": "no",
        "retried": "no",
        "result": "explained",
    }

    post(client, ticket, status=then, choice="reply", **closing)

    assert Message.objects.get(kind="reply").is_held
    strip = lambda html: html.split("csrfmiddlewaretoken")[0]  # noqa: E731
    assert strip(follow_up(client, ticket)) == strip(before)


def test_after_the_hold_the_customer_sees_it(client, agent):
    ticket = make_ticket()
    post(client, ticket)
    Job.objects.update(due_at=timezone.now())

    hold.release(Message.objects.get(kind="reply").pk)

    shown = follow_up(client, ticket)
    assert ANSWER in shown
    assert "We wait for your answer." in shown


def test_no_time_to_take_back_sends_at_once(client, agent):
    agent.undo_seconds = 0
    agent.save()
    ticket = make_ticket()

    answer = post(client, ticket)

    assert "goes out in a moment" not in answer.content.decode()
    assert ANSWER in follow_up(client, ticket)


def test_send_and_close_asks_for_the_outcome_and_keeps_the_text(client, agent):
    ticket = make_ticket()

    answer = post(
        client,
        ticket,
        status="resolved",
        cause=ticket.cause,
        plain="",
        charged="no",
        retried="no",
        result="explained",
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Write one sentence that the customer would understand." in shown
    assert f">{ANSWER}</textarea>" in shown
    assert not Message.objects.filter(kind="reply").exists()


def test_send_and_close_is_one_submit(client, agent):
    ticket = make_ticket()

    post(
        client,
        ticket,
        status="resolved",
        cause=ticket.cause,
        plain="It was this.",
        charged="no",
        retried="no",
        result="explained",
    )

    ticket.refresh_from_db()
    assert (ticket.status, Outcome.objects.get().plain) == (Ticket.Status.RESOLVED, "It was this.")


def test_what_an_outcome_may_not_say_is_held_back_before_anything_is_sent(client, agent):
    ticket = make_ticket()

    answer = post(
        client, ticket, status="resolved", cause=ticket.cause, plain="Please send us your API key.",
        charged="no", retried="no", result="explained",
    )  # fmt: skip

    assert answer.status_code == 422
    assert not Message.objects.filter(kind="reply").exists()


def test_send_and_snooze_until_a_time(client, agent):
    ticket = make_ticket()
    at = timezone.localtime() + timedelta(days=2)

    post(client, ticket, status="snoozed", choice="own", at=at.strftime("%Y-%m-%dT%H:%M"))

    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.SNOOZED
    assert Snooze.objects.get().wakes_at.strftime("%H:%M") == at.strftime("%H:%M")


def test_send_and_snooze_into_the_past_is_refused(client, agent):
    ticket = make_ticket()

    answer = post(client, ticket, status="snoozed", choice="own", at="2001-01-01T10:00")

    assert answer.status_code == 422
    assert "That moment is over. Choose a later one." in answer.content.decode()
    assert not Message.objects.filter(kind="reply").exists()


def test_a_reply_in_another_language_asks_once(client, agent):
    ticket = make_ticket(language="zh-hans")

    first = post(client, ticket)

    assert "This reply is in English" in first.content.decode()
    assert 'name="sure" value="other_language"' in first.content.decode()
    assert not Message.objects.filter(kind="reply").exists()
    post(client, ticket, sure="other_language")
    assert Message.objects.filter(kind="reply").count() == 1


def test_a_file_that_is_not_there_asks_once(client, agent):
    ticket = make_ticket()

    first = post(client, ticket, body="See the attached screenshot of your settings.")

    assert "This speaks of a file, and none is attached." in first.content.decode()
    post(client, ticket, body="See the attached screenshot of your settings.", sure="no_attachment")
    assert Message.objects.filter(kind="reply").count() == 1


def held_fields(answer):
    """What the page posts again with the text: the doubts that were shown, and of which text."""
    return dict(re.findall(r'name="(sure|sure_of)" value="([^"]*)"', answer.content.decode()))


def test_a_doubt_speaks_of_the_text_that_was_shown(client, agent):
    ticket = make_ticket()
    shown = held_fields(post(client, ticket, body="I have attached the log."))

    other = post(client, ticket, body="Completely other text. See the attachment in this mail.", **shown)

    assert other.status_code == 422
    assert "This speaks of a file, and none is attached." in other.content.decode()
    assert held_fields(other)["sure_of"] != shown["sure_of"]
    assert not Message.objects.filter(kind="reply").exists()
    assert post(client, ticket, body="I have attached\r\nthe log.", **shown).status_code == 200


def test_the_button_beside_a_doubt_sends_a_retyped_text_too(client, agent):
    ticket = make_ticket()
    first = post(client, ticket, body="I have attached the log.")
    anyway = f"/tickets/{ticket.number}/messages/?anyway"
    assert f'formaction="{anyway}#composer"' in first.content.decode()
    fields = {"kind": "reply", "body": "I have attached the log now.", **held_fields(first)}

    assert (
        client.post(anyway, {**fields, "body": "请见附件，我们已经附上日志。"}).status_code == 422
    )  # another doubt
    assert client.post(anyway, {**fields, "body": "Send me your API key."}).status_code == 422
    assert client.post(anyway, fields).status_code == 302


def test_an_overlong_message_is_told_in_our_own_words(client, agent):
    answer = post(client, make_ticket(), body="a" * 50_001)

    assert "This is too long: it has 50001 characters, and 50000 fit." in answer.content.decode()


def test_an_answer_that_went_out_already_is_not_dropped_without_a_word(client, agent):
    ticket = make_ticket()
    first = post(client, ticket)
    again = post(client, ticket)

    assert "so it was not sent again" not in first.content.decode()
    assert "so it was not sent again" in again.content.decode()
    assert Message.objects.filter(kind="reply").count() == 1


@pytest.mark.parametrize(
    "words", ["That is your own mistake, the balance is empty.", "这是您自己的错，余额已用完。"]
)
def test_blame_asks_once(client, agent, words):
    ticket = make_ticket(language="zh-hans" if words[0] == "这" else "en")
    first = post(client, ticket, body=words)

    assert first.status_code == 422
    assert 'name="sure" value="blames"' in first.content.decode()
    assert post(client, ticket, body=words, sure="blames").status_code == 200
    assert Message.objects.filter(kind="reply").count() == 1


def test_a_duplicate_that_was_answered_asks_once(client, agent):
    told = {"request_id": "20260131094500123456789AbCdEfGh"}
    other, ticket = (make_ticket(told=told) for _ in range(2))
    post(client, other)

    first = post(client, ticket)

    assert first.status_code == 422
    assert f"{agent} answered #{other.number}, maybe a duplicate, on " in first.content.decode()
    assert "Not sent yet. Send again if it is right as it stands." in first.content.decode()
    assert 'name="sure" value="answered_elsewhere"' in first.content.decode()
    assert Draft.objects.get(ticket=ticket).body == ANSWER
    assert post(client, ticket, sure="nonsense").status_code == 422
    assert post(client, ticket, sure="answered_elsewhere").status_code == 200
    assert ticket.messages.filter(kind="reply").count() == 1


def test_being_sure_of_a_doubt_lifts_no_ban(client, agent):
    ticket = make_ticket()

    answer = post(
        client, ticket, body="Please send me your API key.", sure=["other_language", "no_attachment"]
    )

    assert answer.status_code == 422


def test_what_is_held_back_is_a_draft_with_its_secrets_masked(client, agent):
    ticket = make_ticket()

    answer = post(client, ticket, body=f"Use {fake_key()} instead, it works.")

    assert fake_key() in answer.content.decode()  # what was typed, as it was typed
    assert fake_key() not in Draft.objects.get().body


def test_reply_is_offered_first_where_the_customer_spoke_last(client, agent):
    ticket = make_ticket()
    checked = 'value="reply" form="composer-mode" checked'

    assert checked in page(client, ticket)
    post(client, ticket)
    assert checked not in page(client, ticket)


def test_a_letter_leaves_after_the_hold(client, agent, transactional_db, mailoutbox):
    ticket = make_ticket(email="lin@client.invalid")
    post(client, ticket)
    outbox.drain(KINDS)
    assert mailoutbox == []

    Job.objects.filter(kind="release_reply").update(due_at=timezone.now())
    outbox.drain(KINDS)

    assert [letter.to for letter in mailoutbox] == [["lin@client.invalid"]]


def test_who_gets_the_reply_is_shown_and_sent_to(client, agent):
    ticket = make_ticket(name="Lin", email="lin@client.invalid")
    merge_in_a_colleague(ticket, agent)

    shown = page(client, ticket)

    for words in ("lin@client.invalid", "mina@client.invalid", "reads along", "Send to Lin +1"):
        assert words in shown
    answer = post(client, ticket, shown_to=shown_to(shown))
    assert "Reply to Lin +1 goes out in a moment" in answer.content.decode()
    assert Message.objects.get(kind="reply").recipients == ["lin@client.invalid", "mina@client.invalid"]


def test_a_reply_that_would_reach_others_than_shown_stops_once(client, agent):
    ticket = make_ticket(name="Lin")
    before = shown_to(page(client, ticket))
    merge_in_a_colleague(ticket, agent)

    answer = post(client, ticket, shown_to=before)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "it would now go to Lin +1" in shown
    assert f">{ANSWER}</textarea>" in shown
    assert not Message.objects.filter(kind="reply").exists()
    assert post(client, ticket, shown_to=shown_to(shown)).status_code == 200


def merge_in_a_colleague(ticket, agent):
    other = make_ticket(email="mina@client.invalid", name="Mina")
    Ticket.objects.update(account=Account.objects.create(name="Quillworks"))
    merge([other], into=ticket, by=agent)


def shown_to(shown):
    return shown.split('name="shown_to" value="')[1].split('"')[0]


def test_closing_without_its_answers_loses_nothing(client, agent):
    """Nothing is sent; the text is a draft, and what was written of the outcome stands in the panel."""
    ticket = make_ticket()

    shown = post(client, ticket, status="resolved", plain="The address was doubled.").content.decode()

    assert shown.count("This field is required.") == 4
    assert 'class="send-panel is-open" id="closing"' in shown
    assert "The address was doubled." in shown
    assert not Message.objects.filter(kind="reply").exists()
    assert Draft.objects.get().body == ANSWER
    assert ANSWER in page(client, ticket)


def test_a_note_that_is_refused_is_kept_too(client, agent):
    ticket = make_ticket()
    file = SimpleUploadedFile("run.exe", b"MZ", content_type="application/x-msdownload")

    answer = post(client, ticket, kind="note", body="See the file.", uploads=file)

    assert answer.status_code == 422
    assert Draft.objects.get(kind="note").body == "See the file."
