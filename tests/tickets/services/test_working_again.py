import pytest
from django.core import mail

from tests.factories import make_engineer
from tests.incidents import TEXTS, make_affected, make_incident, replies, tell, work_off
from tickets.models import Delivery, Outcome, Ticket
from tickets.services.chain import verify
from tickets.services.merge import merge
from tickets.services.message import receive
from tickets.services.outcome import resolve
from tickets.services.snooze import snooze
from tickets.services.working_again import answer, asked_of

pytestmark = pytest.mark.django_db
OVER = {"en": "Requests to gpt-4o work again.", "zh-hans": "对 gpt-4o 的请求已恢复正常。"}


def end(*tickets: Ticket) -> list[Delivery]:
    update = tell(make_incident(tickets), state="resolved", texts=OVER)
    return list(update.deliveries.order_by("pk"))


def state_of(ticket: Ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).status


def kinds(ticket: Ticket) -> list[str]:
    return list(ticket.events.order_by("position").values_list("kind", flat=True))


def test_the_end_asks_everybody_and_waits_for_them():
    english, chinese, asleep = make_affected(1)[0], make_affected(1, "zh-hans")[0], make_affected(1)[0]
    incident = make_incident([english, chinese, asleep])
    snooze(asleep, by=make_engineer(), until="incident")

    tell(incident, state="resolved", texts=OVER)

    assert {state_of(ticket) for ticket in (english, chinese, asleep)} == {"waiting"}
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    link = f"/t/{english.follow_up_token}/working/{incident.updates.get().pk}/?answer="
    assert f"{link}yes" in letters[english.customer.email]
    assert f"{link}no" in letters[english.customer.email]
    assert "恢复正常了吗" in letters[chinese.customer.email]


def test_an_update_before_the_end_asks_nothing():
    (ticket,) = make_affected(1)
    tell(make_incident([ticket]), texts=TEXTS)

    assert asked_of(ticket) is None
    assert "/working/" not in mail.outbox[0].body


def test_yes_resolves_that_ticket_only_and_once():
    mine, other = make_affected(2)
    delivery, _ = end(mine, other)

    answer(delivery, "yes")
    answer(delivery, "yes")

    assert (state_of(mine), state_of(other)) == ("resolved", "waiting")
    outcome = Outcome.objects.get()
    assert (outcome.ticket, outcome.by, outcome.result, outcome.retried) == (
        mine,
        None,
        "provider_recovered",
        "yes",
    )
    assert kinds(mine)[-2:] == ["working_again", "resolved"]
    assert verify(Ticket.objects.get(pk=mine.pk)) is None


def test_no_opens_that_ticket_only_and_once():
    mine, other = make_affected(2)
    delivery, _ = end(mine, other)

    answer(delivery, "no", text="HTTP/1.1 401 Unauthorized")
    answer(delivery, "no", text="HTTP/1.1 401 Unauthorized")

    assert (state_of(mine), state_of(other)) == ("open", "waiting")
    last = mine.messages.filter(kind="customer").last()
    assert last.body == "It still does not work.\n\nHTTP/1.1 401 Unauthorized"
    assert mine.messages.filter(kind="customer").count() == 2
    assert "working_again" in kinds(mine)


def test_who_thinks_again_is_heard():
    (ticket,) = make_affected(1)
    (delivery,) = end(ticket)

    answer(delivery, "yes")
    answer(delivery, "no")
    assert state_of(ticket) == "open"
    answer(delivery, "yes")

    assert state_of(ticket) == "resolved"


def test_a_no_opens_what_the_desk_has_resolved_meanwhile():
    (ticket,) = make_affected(1)
    (delivery,) = end(ticket)
    resolve(
        Ticket.objects.get(pk=ticket.pk),
        by=make_engineer(),
        cause="upstream.error",
        plain="It was the provider.",
        charged="no",
        retried="no",
        result="provider_recovered",
    )

    answer(delivery, "yes")
    assert Outcome.objects.count() == 1
    answer(delivery, "no")

    assert state_of(ticket) == "open"


def test_a_merged_ticket_opens_its_survivor_and_does_not_resolve_it():
    (survivor,) = make_affected(1)
    (merged,) = make_affected(1)
    Ticket.objects.filter(pk=merged.pk).update(customer=survivor.customer)
    delivery = end(survivor, merged)[1]
    merge([Ticket.objects.get(pk=merged.pk)], into=survivor, by=make_engineer())

    answer(delivery, "yes")
    assert state_of(survivor) == "waiting"
    answer(delivery, "no")

    assert state_of(survivor) == "open"


def test_who_joined_and_wrote_since_is_asked_as_well():
    incident = make_incident()
    (late,) = make_affected(1)
    assert late.incident == incident
    receive(late, text="And now?", source=Ticket.Source.FORM)

    tell(incident, state="resolved", texts=OVER)
    work_off()

    assert replies(late) == [OVER["en"]]
