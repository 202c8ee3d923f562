import pytest

from tests.factories import make_engineer
from tests.incidents import make_affected, make_incident, tell
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery():
    (ticket,) = make_affected(1)
    update = tell(make_incident([ticket]), state="resolved", texts={"en": "Requests to gpt-4o work again."})
    return update.deliveries.get()


@pytest.fixture
def at(delivery):
    return f"/t/{delivery.ticket.follow_up_token}/working/{delivery.update_id}/"


def test_looking_at_the_question_answers_nothing(client, delivery, at):
    page = client.get(f"{at}?answer=yes")

    assert page.status_code == 200
    assert "Yes, it works again" in page.content.decode()
    assert Delivery.objects.get().answer == ""


def test_a_yes_leads_to_the_own_page_which_says_how_it_ended(client, delivery, at):
    page = client.post(at, {"answer": "yes"}, follow=True).content.decode()

    assert "you told us that it works again" in page
    assert "Is it working again?" not in page


def test_the_own_page_asks_until_it_is_answered(client, delivery, at):
    own = f"/t/{delivery.ticket.follow_up_token}/"
    assert "Is it working again?" in client.get(own).content.decode()

    client.post(at, {"answer": "no", "text": "Still 503."})

    page = client.get(own).content.decode()
    assert "Is it working again?" not in page
    assert "Still 503." in page
    assert Ticket.objects.get().status == "open"


def test_the_incident_counts_the_answers(client, delivery, at):
    client.post(at, {"answer": "no"})
    client.force_login(make_engineer())

    page = client.get(f"/incidents/{delivery.update.incident_id}/").content.decode()

    assert "0 yes" in page
    assert "1 no" in page


@pytest.mark.parametrize("given", [{}, {"answer": "maybe"}, {"answer": ""}])
def test_anything_else_is_asked_again(client, delivery, at, given):
    assert client.post(at, {**given, "text": "x"}).status_code == 422
    assert Delivery.objects.get().answer == ""


def test_nobody_answers_for_another_ticket(client, delivery, at):
    (other,) = make_affected(1)

    for path in (
        f"/t/{other.follow_up_token}/working/{delivery.update_id}/",
        at.replace("/working/", "/working/9"),
    ):
        assert client.post(path, {"answer": "yes"}).status_code == 404
