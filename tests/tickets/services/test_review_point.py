from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_agent, make_engineer, make_ticket
from tickets.models import Escalation
from tickets.services import outbox
from tickets.services.escalation import complete, escalate
from tickets.services.review_point import note_overdue_reviews
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agent():
    return make_agent(language="en")


def make_overdue(by, **fields):
    escalation = escalate(make_ticket(), by=by, reason="It is new to us.")
    past = timezone.now() - timedelta(minutes=5)
    Escalation.objects.filter(pk=escalation.pk).update(review_at=past, **fields)
    return Escalation.objects.get(pk=escalation.pk)


def test_a_review_point_that_is_over_is_told_once(agent, mailoutbox):
    escalation = make_overdue(agent)

    assert (note_overdue_reviews(), note_overdue_reviews()) == (1, 0)
    outbox.drain(KINDS)

    assert escalation.ticket.events.filter(kind="review_overdue").count() == 1
    (letter,) = mailoutbox
    assert letter.to == [agent.email]
    assert letter.subject.startswith(f"Review overdue: #{escalation.ticket_id}")
    assert f"/tickets/{escalation.ticket_id}/" in letter.body


def test_the_owner_is_told_in_their_own_zone(agent, mailoutbox):
    owner = make_engineer(language="zh-hans", time_zone="Asia/Shanghai")
    make_overdue(agent, owner=owner)
    note_overdue_reviews()
    outbox.drain(KINDS)

    (letter,) = mailoutbox
    assert letter.to == [owner.email]
    assert "CST" in letter.body


def test_a_new_review_point_is_told_again_when_it_is_over(agent, mailoutbox):
    escalation = make_overdue(agent)
    note_overdue_reviews()
    complete(escalation, by=agent, card={"review_at": timezone.now() + timedelta(hours=1)})
    assert note_overdue_reviews() == 0

    Escalation.objects.update(review_at=timezone.now() - timedelta(seconds=1))
    assert note_overdue_reviews() == 1


def test_no_letter_goes_out_about_a_point_that_was_moved(agent, mailoutbox):
    escalation = make_overdue(agent)
    note_overdue_reviews()
    complete(escalation, by=agent, card={"review_at": timezone.now() + timedelta(hours=1)})
    outbox.drain(KINDS)

    assert mailoutbox == []


def test_a_closed_escalation_is_not_overdue(agent):
    escalation = make_overdue(agent, closed_at=timezone.now())

    assert (escalation.is_overdue, note_overdue_reviews()) == (False, 0)
