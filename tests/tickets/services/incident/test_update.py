import pytest
from django.core import mail

from tests.factories import fake_key, make_engineer, make_ticket
from tests.incidents import CHINESE, ENGLISH, TEXTS, make_affected, make_incident, replies, tell, work_off
from tickets.models import Delivery, Job, Ticket
from tickets.services.chain import verify
from tickets.services.checks import HeldBack
from tickets.services.incident.reach import languages_of, reach_of
from tickets.services.incident.states import detach
from tickets.services.incident.update import (
    NothingToSend,
    objections_to_update,
    progress_of,
    send_to_the_rest,
    send_update,
    the_rest_of,
)
from tickets.services.merge import merge
from tickets.services.outcome import resolve

pytestmark = pytest.mark.django_db


def close(ticket: Ticket) -> None:
    resolve(
        ticket,
        by=make_engineer(),
        cause="unknown",
        plain="It was something else.",
        charged="no",
        retried="no",
        result="explained",
    )


def test_everybody_gets_it_once_in_the_own_thread_and_language():
    english, chinese = make_affected(1), make_affected(1, "zh-hans")
    incident = make_incident([*english, *chinese])

    update = tell(incident)
    work_off()

    assert (replies(english[0]), replies(chinese[0])) == ([ENGLISH], [CHINESE])
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        ticket.customer.email for ticket in (*english, *chinese)
    )
    assert [letter.subject.split()[0] for letter in mail.outbox] == [
        f"[#{ticket.number}]" for ticket in (*english, *chinese)
    ]
    assert progress_of([update])[update.pk].sent == 2
    told = Ticket.objects.get(pk=english[0].pk)
    assert told.events.filter(kind="incident_update").count() == 1
    assert verify(told) is None
    assert told.status == "open"
    assert told.desk_spoke_at is not None


def test_who_gets_nothing_is_listed_with_the_reason():
    gets, reads_chinese, closed = make_affected(3)
    merged = make_ticket(email=gets.customer.email)
    reads_chinese.language = "zh-hans"
    reads_chinese.save()
    incident = make_incident([gets, reads_chinese, closed, merged])
    close(closed)
    merge([merged], into=gets, by=make_engineer())

    reach = reach_of(incident, written=["en"])

    assert (reach.languages, reach.without_text) == ({"en": 1}, {"zh-hans": 1})
    assert reach.left_out == {"merged": 1, "resolved": 1}
    assert [ticket.pk for ticket in reach.receiving] == [gets.pk]
    assert {(ticket.pk, ticket.why) for ticket in reach.others} == {
        (reads_chinese.pk, "no_text"),
        (closed.pk, "resolved"),
        (merged.pk, "merged"),
    }
    assert languages_of(incident) == {"en", "zh-hans"}


def test_an_empty_text_means_no_update_in_that_language():
    english, chinese = make_affected(1), make_affected(1, "zh-hans")

    tell(make_incident([*english, *chinese]), texts={"en": ENGLISH, "zh-hans": " "})

    assert (replies(english[0]), replies(chinese[0])) == ([ENGLISH], [])


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"en": "Please send us your API key so that we can look."}, "asks_for_key"),
        ({"en": "Hello {customer_name}, we are on it."}, "placeholder"),
        ({"zh-hans": "Requests fail at the moment, we are looking into it."}, "other_language"),
        ({"en": "We will refund every failed request."}, "promises_money"),
        ({"zh-hans": "失败的请求会全部退款。"}, "promises_money"),
        ({"en": "Your queued task will be finished in two hours."}, "promises_time"),
        ({"en": "Please switch to route B until this is mended."}, "advises_route"),
        ({"zh-hans": "详情请见附件。"}, "no_attachment"),
    ],
)
def test_what_must_not_be_said_goes_to_nobody(texts, code):
    (ticket,) = make_affected(1)
    incident = make_incident([ticket])

    with pytest.raises(HeldBack) as held:
        send_update(incident, by=make_engineer(), state="identified", texts=texts)

    assert code in {objection.code for objection in held.value.objections}
    assert (incident.updates.count(), incident.state) == (0, "investigating")


def test_an_update_that_blames_is_doubted():
    held = objections_to_update(
        make_incident(), "identified", {"en": "You should have used the other model."}
    )

    assert [each.code for each in held["en"]] == ["blames"]
    assert all(each.is_doubt for each in held["en"])


def test_a_doubt_is_passed_by_who_is_sure():
    texts = {"zh-hans": "Requests fail at the moment, we are looking into it."}

    assert objections_to_update(make_incident(), "identified", texts, sure=["other_language"]) == {}


def test_a_route_may_be_named_once_it_is_known_to_be_the_fault():
    texts = {"en": "Please switch to route B until this is mended."}
    incident = make_incident(route="A")

    assert "en" in objections_to_update(incident, "investigating", texts)
    assert "en" not in objections_to_update(incident, "identified", texts)
    assert "en" in objections_to_update(make_incident(), "identified", texts)


def test_nothing_at_all_is_not_sent():
    with pytest.raises(NothingToSend):
        send_update(make_incident(), by=make_engineer(), state="identified", texts={"en": "  "})


def test_a_second_click_sends_nothing_more():
    (ticket,) = make_affected(1)
    incident = make_incident([ticket])

    assert tell(incident) == tell(incident)

    assert replies(ticket) == [ENGLISH]


def test_a_ticket_closed_before_its_turn_is_left_out_and_counted():
    (first, second) = make_affected(2)
    incident = make_incident([first, second])
    update = send_update(incident, by=make_engineer(), state="identified", texts=TEXTS)
    close(first)
    detach(second, by=make_engineer())
    work_off()

    progress = progress_of([update])[update.pk]
    assert (progress.sent, progress.left_out, progress.is_done) == (0, 2, True)


def test_what_fails_on_one_ticket_holds_nobody_up_and_can_be_sent_again():
    (first, second) = make_affected(2)
    update = send_update(make_incident([first, second]), by=make_engineer(), state="identified", texts=TEXTS)
    length = Ticket.objects.get(pk=first.pk).chain_length
    Ticket.objects.filter(pk=first.pk).update(chain_length=0)  # its chain takes no entry like this
    work_off()
    assert (replies(first), replies(second)) == ([], [ENGLISH])
    assert "IntegrityError" in Delivery.objects.get(ticket=first, state="failed").error

    Ticket.objects.filter(pk=first.pk).update(chain_length=length)
    assert the_rest_of(update) == 1
    assert send_to_the_rest(update) == 1
    work_off()

    assert (replies(first), replies(second)) == ([ENGLISH], [ENGLISH])
    assert (the_rest_of(update), send_to_the_rest(update)) == (0, 0)


def test_many_customers_are_many_short_jobs():
    incident = make_incident(make_affected(41))

    send_update(incident, by=make_engineer(), state="identified", texts=TEXTS)

    jobs = [job.args for job in Job.objects.filter(kind="deliver_update").order_by("pk")]
    assert [len(deliveries) for _, deliveries in jobs] == [20, 20, 1]


def test_a_key_in_an_update_is_not_sent():
    incident = make_incident()

    update = send_update(
        incident, by=make_engineer(), state="identified", texts={"en": f"We saw {fake_key()} fail."}
    )

    assert fake_key() not in update.text_en
