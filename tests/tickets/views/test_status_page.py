import pytest

from tests.factories import make_engineer
from tests.incidents import ENGLISH, make_incident
from tickets.models import AuditEntry, IncidentUpdate, StatusPage

pytestmark = pytest.mark.django_db


def test_an_admin_switches_it_on_and_the_audit_says_so(client, admin):
    client.force_login(admin)

    client.post("/curation/status-page/", {"is_on": "on", "name": "Acme API"})
    client.post("/curation/status-page/", {"is_on": "on", "name": "Acme API"})

    page = StatusPage.objects.get()
    assert (page.is_on, page.name) == (True, "Acme API")
    entry = AuditEntry.objects.get(kind="setting")
    assert (entry.by, entry.before, entry.after) == (
        admin,
        {"is_on": False, "name": ""},
        {"is_on": True, "name": "Acme API"},
    )
    assert "/status/api/v2/summary.json" in client.get("/curation/status-page/").content.decode()


def test_a_name_that_is_too_long_is_refused(client, admin):
    client.force_login(admin)

    assert client.post("/curation/status-page/", {"is_on": "on", "name": "x" * 81}).status_code == 422
    assert not StatusPage.objects.exists()


@pytest.mark.parametrize("is_on", [True, False])
def test_an_update_is_published_only_where_there_is_a_page(client, is_on):
    client.force_login(make_engineer())
    StatusPage.objects.create(pk=1, is_on=is_on)
    at = f"/incidents/{make_incident().pk}/update/"

    assert ("Also on the public status page" in client.get(at).content.decode()) == is_on
    client.post(at, {"state": "identified", "text_en": ENGLISH, "is_public": "on", "do": "send"})

    assert IncidentUpdate.objects.get().is_public == is_on


def test_an_update_can_be_kept_off_the_page(client):
    client.force_login(make_engineer())
    StatusPage.objects.create(pk=1, is_on=True)

    client.post(
        f"/incidents/{make_incident().pk}/update/", {"state": "identified", "text_en": ENGLISH, "do": "send"}
    )

    assert not IncidentUpdate.objects.get().is_public
