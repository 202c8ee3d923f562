import pytest

from tests.factories import make_admin
from tests.tickets.services.test_retention import closed_ticket
from tickets.services.privacy.retention import days_kept

pytestmark = pytest.mark.django_db
FIELDS = ("texts", "attachments", "failures", "mail_source", "mail_ledger", "audit")


def test_an_admin_counts_first_and_saves_then(client):
    closed_ticket(31)
    client.force_login(make_admin())
    typed = {**dict.fromkeys(FIELDS, ""), "texts": "30"}

    counted = client.post("/curation/retention/", {**typed, "do": "count"})
    assert days_kept()["texts"] is None
    assert [count for field, count, _ in counted.context["rows"] if field.name == "texts"] == [1]

    client.post("/curation/retention/", {**typed, "do": "save"})
    assert (days_kept()["texts"], days_kept()["failures"]) == (30, None)


@pytest.mark.parametrize("days", ["0", "-3", "soon", "99999999"])
def test_what_is_no_number_of_days_is_told(client, days):
    client.force_login(make_admin())

    answer = client.post("/curation/retention/", {"texts": days, "do": "save"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["texts"]
    assert days_kept()["texts"] is None


def test_the_page_takes_a_bounded_number_of_statements(client, django_assert_max_num_queries):
    client.force_login(make_admin())
    client.get("/curation/retention/")
    with django_assert_max_num_queries(12):
        client.get("/curation/retention/")
