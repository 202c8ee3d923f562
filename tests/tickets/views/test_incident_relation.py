import pytest

from tests.factories import make_agent, make_engineer
from tests.incidents import make_affected, make_incident
from tickets.models import Incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def engineer(client):
    person = make_engineer(name="Jonas Lind")
    client.force_login(person)
    return person


def test_two_open_ones_about_the_same_are_offered_and_merged(client, engineer):
    one, other = make_incident(make_affected(1), title="One"), make_incident(title="Other")
    assert "Merge into it" in client.get(f"/incidents/{one.pk}/").content.decode()

    answer = client.post(f"/incidents/{one.pk}/merging/", {"other": other.pk})

    assert answer.url == f"/incidents/{other.pk}/"
    assert "merged “One” into it" in client.get(answer.url).content.decode()
    page = client.get(f"/incidents/{one.pk}/").content.decode()
    assert "It was merged into another incident, “Other”" in page
    assert "Write an update" not in page
    assert client.get(f"/incidents/{one.pk}/update/").url == f"/incidents/{one.pk}/"


def test_a_merge_is_taken_back_from_the_page(client, engineer):
    one, other = make_incident(make_affected(1)), make_incident()
    client.post(f"/incidents/{one.pk}/merging/", {"other": other.pk})

    client.post(f"/incidents/{one.pk}/unmerging/")

    assert Incident.objects.get(pk=one.pk).merged_into is None
    assert one.tickets.count() == 1


def test_a_pair_kept_apart_is_listed_and_refused_until_that_is_taken_back(client, engineer):
    one, other = make_incident(title="One"), make_incident(title="Other")

    client.post(f"/incidents/{one.pk}/apart/", {"other": other.pk})
    refused = client.post(f"/incidents/{one.pk}/merging/", {"other": other.pk})
    assert refused.status_code == 422
    assert "A person said that these two are kept apart." in refused.content.decode()
    assert "No longer keep apart from “Other”" in refused.content.decode()

    client.post(f"/incidents/{one.pk}/apart/", {"other": other.pk, "together": "1"})
    assert client.post(f"/incidents/{one.pk}/merging/", {"other": other.pk}).status_code == 302


def test_tickets_are_split_off(client, engineer):
    stays, goes = make_affected(2)
    incident = make_incident([stays, goes])

    answer = client.post(
        f"/incidents/{incident.pk}/splitting/",
        {"title": "Only images", "numbers": f"#{goes.number}"},
        follow=True,
    )

    assert "These tickets are an incident of their own now." in answer.content.decode()
    assert list(Incident.objects.get(title="Only images").tickets.all()) == [goes]


@pytest.mark.parametrize(
    ("path", "given", "words"),
    [
        ("merging", {"other": "99"}, "There is no incident with this number."),
        ("merging", {"other": "1e9"}, "Enter a whole number."),
        ("merging", {}, "This field is required."),
        ("apart", {"other": "99"}, "There is no incident with this number."),
        ("splitting", {"title": "", "numbers": "1"}, "This field is required."),
        ("splitting", {"title": "x", "numbers": "99999"}, "Not of this incident: #99999"),
        ("splitting", {"title": "x", "numbers": "all"}, "Write ticket numbers, such as 4127, 4119."),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(client, engineer, path, given, words):
    incident = make_incident(make_affected(1))

    answer = client.post(f"/incidents/{incident.pk}/{path}/", given)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_an_agent_merges_and_splits_nothing(client):
    one, other = make_incident(make_affected(1)), make_incident()
    client.force_login(make_agent())

    assert "relations" not in client.get(f"/incidents/{one.pk}/").content.decode()
    for path in ("merging", "unmerging", "apart", "splitting"):
        assert client.post(f"/incidents/{one.pk}/{path}/", {"other": other.pk}).status_code == 403
