import pytest

from tests.factories import make_admin, make_agent, make_engineer, make_ticket
from tests.incidents import CHINESE, ENGLISH, make_affected, make_incident, replies, tell, work_off
from tickets.models import Incident, IncidentUpdate
from tickets.services.checks import mark_of
from tickets.services.incident.states import attach

pytestmark = pytest.mark.django_db


@pytest.fixture
def engineer(client):
    person = make_engineer(name="Jonas Lind")
    client.force_login(person)
    return person


def test_it_begins_with_words_in_both_languages(client, engineer):
    incident = make_incident()

    page = client.get(f"/incidents/{incident.pk}/update/?state=resolved").content.decode()

    assert "Requests to gpt-4o work again." in page
    assert 'value="resolved" id="id_state_3" checked' in page


def test_a_preview_says_who_gets_it_and_sends_nothing(client, engineer):
    incident = make_incident([*make_affected(2), *make_affected(1, "zh-hans")])

    page = client.post(f"/incidents/{incident.pk}/update/", {"state": "identified", "text_en": ENGLISH})

    told = page.content.decode()
    assert page.status_code == 200
    assert "Send to 2 customers" in told
    assert "1 customer reads 简体中文 and would not get it" in told
    assert IncidentUpdate.objects.count() == 0


def test_sending_sets_the_state_and_shows_how_far_it_has_come(client, engineer):
    tickets = [*make_affected(2), *make_affected(1, "zh-hans")]
    incident = make_incident(tickets)

    answer = client.post(
        f"/incidents/{incident.pk}/update/",
        {"state": "identified", "text_en": ENGLISH, "text_zh": CHINESE, "do": "send"},
        follow=True,
    )
    assert "0 of 3 sent" in answer.content.decode()
    work_off()

    page = client.get(f"/incidents/{incident.pk}/").content.decode()
    assert "3 customers have it" in page
    assert "every 2s" not in page
    assert Incident.objects.get().state == "identified"
    assert [replies(ticket) for ticket in tickets] == [[ENGLISH], [ENGLISH], [CHINESE]]


def test_a_doubt_speaks_of_the_texts_that_were_shown(client, engineer):
    incident = make_incident(make_affected(1))
    address = f"/incidents/{incident.pk}/update/"
    given = {"state": "identified", "text_en": f"{ENGLISH} The report is attached.", "do": "send"}
    sure = {"sure": "no_attachment", "sure_of": mark_of(given["text_en"])}

    first = client.post(address, given).content.decode()

    assert f'name="sure_of" value="{sure["sure_of"]}"' in first
    other = {**given, "text_en": f"{ENGLISH} Please find the whole report attached."}
    assert client.post(address, {**other, **sure}).status_code == 422
    assert client.post(address, {**given, **sure}).status_code == 302


def test_what_must_not_be_said_is_shown_beside_its_text(client, engineer):
    incident = make_incident(make_affected(1))

    answer = client.post(
        f"/incidents/{incident.pk}/update/",
        {"state": "identified", "text_en": "Send us your API key, please.", "do": "send"},
    )

    assert answer.status_code == 422
    assert "Send to 1 customer" not in answer.content.decode()
    assert IncidentUpdate.objects.count() == 0


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"state": "identified"},
        {"state": "over", "text_en": "x"},
        {"state": "identified", "text_en": "x" * 9000},
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_reason(client, engineer, given):
    answer = client.post(f"/incidents/{make_incident().pk}/update/", {**given, "do": "send"})

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()


def test_progress_is_a_fragment_until_all_is_sent(client, engineer):
    incident = make_incident(make_affected(1))
    update = tell(incident)
    at = f"/incidents/{incident.pk}/updates/{update.pk}/"

    assert "1 customer has it" in client.get(at, headers={"HX-Request": "true"}).content.decode()
    assert client.get(at).url == f"/incidents/{incident.pk}/"
    assert client.get(f"/incidents/{make_incident().pk}/updates/{update.pk}/").status_code == 404


def test_tickets_attached_since_are_offered_the_latest_update(client, engineer):
    late = make_affected(1)
    incident = make_incident(make_affected(1))
    update = tell(incident)
    client.post(f"/incidents/{incident.pk}/tickets/", {"numbers": late[0].number})
    late[0].refresh_from_db()
    assert "1 affected customer has not got it." in client.get(f"/incidents/{incident.pk}/").content.decode()

    answer = client.post(f"/incidents/{incident.pk}/updates/{update.pk}/rest/", follow=True)
    work_off()

    assert "Sent to 1 more customer." in answer.content.decode()
    assert replies(late[0]) == [ENGLISH]


def test_an_agent_reads_updates_and_sends_none(client):
    incident = make_incident(make_affected(1))
    update = tell(incident)
    client.force_login(make_agent())

    page = client.get(f"/incidents/{incident.pk}/").content.decode()

    assert "1 customer has it" in page
    assert "Write an update" not in page
    assert client.post(f"/incidents/{incident.pk}/update/", {"state": "identified"}).status_code == 403
    assert client.post(f"/incidents/{incident.pk}/updates/{update.pk}/rest/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_for_any_number_of_updates(client, django_assert_num_queries, count):
    client.force_login(make_admin())
    incident = make_incident(make_affected(count))
    for number in range(count):
        tell(incident, texts={"en": f"Update {number}: we are looking into it."})

    with django_assert_num_queries(17):
        client.get(f"/incidents/{incident.pk}/")
    with django_assert_num_queries(10):
        client.post(f"/incidents/{incident.pk}/update/", {"state": "identified", "text_en": ENGLISH})


def test_the_ticket_says_why_it_was_judged_anew(client, engineer):
    text = "openai.APIConnectionError: Connection error.\nPOST https://api.openai.com/v1/chat/completions"
    ticket = make_ticket(text)
    attach([ticket], make_incident(provider="openai", model=""), by=engineer)
    work_off()

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Judged anew, because the incident “gpt-4o is down” covers it. Before that the rules said:" in page
