import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_engineer, make_ticket
from tickets.models import Escalation, Incident, Ticket
from tickets.services.escalation import escalate
from tickets.services.review import accept, ask_back, standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engineer(client):
    person = make_engineer(name="Jonas Lind")
    client.force_login(person)
    return person


@pytest.fixture
def agent():
    return make_agent(name="Ana Petrov")


def make_escalation(by, text=VAGUE, **fields):
    escalation = escalate(make_ticket(text), by=by, reason="It is new to us.")
    Escalation.objects.filter(pk=escalation.pk).update(**fields) if fields else None
    return Escalation.objects.get(pk=escalation.pk)


def decide(client, escalation, decision, **fields):
    given = {"decision": decision, "seen": standing_of(escalation), "view": "gate", **fields}
    return client.post(f"/review/{escalation.pk}/decision/", given)


def test_the_longest_overdue_comes_first_and_is_marked(client, engineer, agent):
    now = timezone.now()
    later = make_escalation(agent, review_at=now + timedelta(hours=1))
    never = make_escalation(agent, review_at=None)
    late = make_escalation(agent, review_at=now - timedelta(hours=2))

    page = client.get("/review/")

    assert [row.pk for row in page.context["queue"].rows] == [late.pk, later.pk, never.pk]
    assert "late by 2 h" in page.content.decode()
    assert page.context["overdue_reviews"] == 1


def test_an_engineer_takes_one_and_finds_it_under_mine(client, engineer, agent):
    escalation = make_escalation(agent)

    answer = decide(client, escalation, "accept")

    assert answer.headers["Location"] == f"/review/{escalation.pk}/?view=gate"
    rows = client.get("/review/?view=mine").context["queue"].rows
    assert [row.owner for row in rows] == [engineer]


def test_after_a_decision_the_next_one_is_shown(client, engineer, agent):
    now = timezone.now()
    first = make_escalation(agent, review_at=now + timedelta(hours=1))
    second = make_escalation(agent, review_at=now + timedelta(hours=2))

    answer = decide(client, first, "decline", answer="Their own proxy answers.")
    assert answer.headers["Location"] == f"/review/{second.pk}/?view=gate"

    answer = decide(client, second, "decline", answer="Their own proxy answers.")
    assert answer.headers["Location"] == "/review/?view=gate"
    assert "Nothing waits for a decision." in client.get("/review/").content.decode()


@pytest.mark.parametrize(
    ("decision", "fields", "message"),
    [
        ("known", {"answer": "kept words"}, "Choose the incident, or write the number of the ticket."),
        ("known", {"number": "#99999", "answer": "kept words"}, "There is no ticket with this number."),
        ("need_evidence", {}, "Say what is needed: an empty bounce helps nobody."),
        ("decline", {}, "Say why, and what the agent can do instead."),
    ],
)
def test_a_decision_without_its_words_is_refused(client, engineer, agent, decision, fields, message):
    escalation = make_escalation(agent)

    page = decide(client, escalation, decision, **fields)

    assert page.status_code == 422
    assert message in page.content.decode()
    assert fields.get("answer", "") in page.content.decode()
    assert Escalation.objects.get().closed_at is None


def test_known_from_an_incident(client, engineer, agent):
    escalation = make_escalation(agent)
    incident = Incident.objects.create(title="gpt-4o answers 503")

    decide(client, escalation, "known", incident=incident.pk, answer="We write when it ends.")

    assert Ticket.objects.get().incident == incident


def test_known_from_a_ticket(client, engineer, agent):
    escalation, other = make_escalation(agent), make_ticket()

    decide(client, escalation, "known", number=f"#{other.number}")

    page = client.get(f"/tickets/{escalation.ticket_id}/").content.decode()
    assert f"Jonas Lind: known from #{other.number}" in page


def test_what_is_missing_can_be_ticked(client, engineer, agent):
    escalation = make_escalation(agent)
    shown = client.get(f"/review/{escalation.pk}/").context["ask_form"]
    assert "request_id" in dict(shown.fields["fields_needed"].choices)

    decide(client, escalation, "need_evidence", fields_needed=["request_id", "model"])

    assert Escalation.objects.get().state == "asked"
    assert "Request id" in escalation.ticket.messages.get(kind="note").body


def test_what_was_decided_meanwhile_is_told(client, engineer, agent):
    escalation = make_escalation(agent)
    seen = standing_of(escalation)
    accept(escalation, by=make_engineer(name="Wei Zhang"))

    given = {"decision": "decline", "answer": "no", "seen": seen}
    page = client.post(f"/review/{escalation.pk}/decision/", given, follow=True)

    assert "Decided meanwhile by Wei Zhang: taken. Nothing was done." in page.content.decode()
    assert Escalation.objects.get().closed_at is None


def test_the_agent_brings_it_back_from_the_ticket(client, engineer, agent):
    escalation = make_escalation(agent)
    ask_back(escalation, by=engineer, answer="Which key?")
    client.force_login(agent)
    assert "The evidence is there" in client.get(f"/tickets/{escalation.ticket_id}/").content.decode()

    answer = client.post(f"/review/{escalation.pk}/returning/", {"ticket": "1"})

    assert answer.headers["Location"] == f"/tickets/{escalation.ticket_id}/"
    assert Escalation.objects.get().state == "waiting"


def test_a_review_point_is_set(client, engineer, agent):
    escalation = make_escalation(agent)
    at = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)

    client.post(f"/review/{escalation.pk}/review-point/", {"at": at.strftime("%Y-%m-%dT%H:%M")})

    assert Escalation.objects.get().review_at == at


def test_the_queue_is_paged_by_key(client, engineer, agent, monkeypatch):
    monkeypatch.setattr("tickets.views.review.SIZE", 2)
    now = timezone.now()
    points = [now, now, None, now + timedelta(hours=1), None]
    made = [make_escalation(agent, review_at=point).pk for point in points]

    seen, address = [], "/review/"
    while address:
        page = client.get(address)
        queue = page.context["queue"]
        seen += [row.pk for row in queue.rows]
        address = queue.after and f"/review/?after={queue.after.replace('+', '%2B')}"

    assert seen == [made[0], made[1], made[3], made[2], made[4]]
    assert len(client.get("/review/?after=nonsense").context["queue"].rows) == 2


def test_the_packet_is_saved_as_json_and_as_a_page(client, engineer, agent):
    escalation = make_escalation(agent)

    saved = client.get(f"/review/{escalation.pk}/packet.json")
    page = client.get(f"/review/{escalation.pk}/packet.html")

    assert json.loads(saved.content)["ticket"]["number"] == escalation.ticket_id
    assert "attachment" in saved.headers["Content-Disposition"]
    assert "attachment" in page.headers["Content-Disposition"]
    assert "It is new to us." in page.content.decode()
    assert "max-width: 48rem" in page.content.decode()


def test_the_text_for_the_provider_in_both_languages(client, engineer, agent):
    escalation = make_escalation(agent)

    assert (
        "requests to your API fail" in client.get(f"/review/{escalation.pk}/provider-text/").content.decode()
    )
    chinese = client.get(f"/review/{escalation.pk}/provider-text/?language=zh-hans").content.decode()
    assert 'lang="zh-Hans"' in chinese


def test_an_agent_reads_and_decides_nothing(client, agent):
    escalation = make_escalation(agent)
    client.force_login(agent)

    assert "I take it" not in client.get(f"/review/{escalation.pk}/").content.decode()
    assert decide(client, escalation, "accept").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_the_same_however_many_there_are(
    client, engineer, agent, django_assert_num_queries, count
):
    text = "gpt-4o: HTTP 503 from the upstream since noon"
    make_ticket(text)
    for _ in range(count):
        make_escalation(agent, text=text)
    client.get("/review/")

    with django_assert_num_queries(18):
        client.get("/review/")
