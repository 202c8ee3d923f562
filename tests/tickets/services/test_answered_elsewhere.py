import pytest

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Role, Team, Ticket
from tickets.services import hold
from tickets.services.answered_elsewhere import answered_elsewhere
from tickets.services.checks import HeldBack
from tickets.services.duplicate import keep_apart
from tickets.services.send import send

pytestmark = pytest.mark.django_db
ANSWER = "Please take the second /v1 out of your base URL."
TOLD = {"request_id": "20260131094500123456789AbCdEfGh"}


@pytest.fixture
def pair():
    return make_ticket(VAGUE, told=TOLD), make_ticket("again nothing", told=TOLD)


def doubts(ticket, by):
    return [each.reason.en for each in answered_elsewhere(Ticket.objects.get(pk=ticket.pk), reader=by)]


def test_a_duplicate_that_nobody_answered_is_no_doubt(pair):
    assert doubts(pair[1], make_agent()) == []


def test_the_doubt_names_the_ticket_by_whom_and_when(pair):
    first, second = pair
    reply = send(first, by=make_agent(name="Mo Lan"), body=ANSWER)

    [said] = answered_elsewhere(Ticket.objects.get(pk=second.pk), reader=make_agent())

    when = f"{reply.created_at:%Y-%m-%d %H:%M}"
    assert said.is_doubt
    assert said.reason.en == f"Mo Lan answered #{first.number}, maybe a duplicate, on {when}."
    assert said.reason.zh == f"Mo Lan 已于 {when} 回复了疑似重复的工单 #{first.number}。"


def test_sending_is_held_back_with_nothing_stored_until_the_sender_is_sure(pair):
    first, second = pair
    agent = make_agent()
    send(first, by=agent, body=ANSWER)

    with pytest.raises(HeldBack):
        send(second, by=agent, body=ANSWER)
    assert not second.messages.filter(kind="reply").exists()
    send(second, by=agent, body=ANSWER, sure=["answered_elsewhere"])
    assert second.messages.filter(kind="reply").count() == 1


def test_who_was_asked_once_is_asked_again_only_for_a_newer_answer(pair):
    first, second = pair
    agent = make_agent()
    send(first, by=agent, body=ANSWER)
    send(second, by=agent, body=ANSWER, sure=["answered_elsewhere"])

    assert doubts(second, agent) == []
    send(first, by=agent, body="One more thing.", sure=["answered_elsewhere"])
    assert len(doubts(second, agent)) == 1


def test_an_answer_that_was_taken_back_is_none(pair):
    first, second = pair
    agent = make_agent()
    hold.recall(send(first, by=agent, body=ANSWER), by=agent)

    assert doubts(second, agent) == []


def test_what_is_kept_apart_or_not_to_be_seen_is_not_told(pair):
    first, second = pair
    agent, narrowed = make_agent(), make_agent(is_narrowed=True)
    send(first, by=agent, body=ANSWER)
    Ticket.objects.filter(pk=first.pk).update(team=Team.objects.create(name="Media"))

    assert narrowed.role == Role.AGENT
    assert doubts(second, narrowed) == []
    assert len(doubts(second, agent)) == 1
    keep_apart(first, second, by=agent)
    assert doubts(second, agent) == []
