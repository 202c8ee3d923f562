import pytest

from tests.factories import make_admin, make_ticket
from tickets.models import AuditEntry
from tickets.services.anchor import anchor_chains, document_of

pytestmark = pytest.mark.django_db


def test_an_admin_carries_an_anchor_away_and_that_is_noted(client):
    make_ticket()
    anchor = anchor_chains("2026-01-31")
    client.force_login(make_admin())

    page = client.get("/curation/anchors/").content.decode()
    answer = client.get("/curation/anchors/1.json")

    assert "anchor-1.json" in page
    assert anchor.hash in page
    assert answer.json() == document_of(anchor)
    assert AuditEntry.objects.filter(kind="export", about="anchor-1.json").count() == 1


def test_the_list_takes_the_same_statements_for_any_number_and_is_paged(client, django_assert_num_queries):
    client.force_login(make_admin())
    for day in range(1, 4):
        anchor_chains(f"2026-01-0{day}")
        client.get("/curation/anchors/")
        if day != 2:
            with django_assert_num_queries(5):
                client.get("/curation/anchors/")
    for day in range(4, 29):
        anchor_chains(f"2026-01-{day:02}")
    for day in range(1, 29):
        anchor_chains(f"2026-02-{day:02}")

    first = client.get("/curation/anchors/")
    second = client.get("/curation/anchors/" + first.context["next"])

    assert [len(page.context["anchors"]) for page in (first, second)] == [50, 6]
