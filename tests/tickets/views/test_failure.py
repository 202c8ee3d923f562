from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import fake_key, make_engineer
from tests.failures import make_row, make_token
from tickets.services.failure.storing import store

pytestmark = pytest.mark.django_db
ROOM = "/failures/"


@pytest.fixture(autouse=True)
def engineer(client):
    client.force_login(make_engineer())


def report(*rows):
    stored = store(rows, token=make_token())
    assert not stored.rejected


def ago(**time):
    return timezone.now() - timedelta(**time)


def groups(page):
    return [(group.model, group.failures, group.accounts) for group, _ in page.context["groups"]]


def test_failures_are_counted_by_provider_model_and_error(client):
    report(*[make_row(account=account) for account in ("a", "b", "b", "")], make_row(model="o3"))

    page = client.get(ROOM)
    assert groups(page) == [("gpt-4o", 4, 2), ("o3", 1, 1)]
    assert page.context["plot"]["total"] == 5
    assert "the engine is currently overloaded" in page.content.decode()


def test_the_address_narrows_by_time_and_kind(client):
    report(make_row(), make_row(model="o3", occurred_at=ago(hours=3)), make_row(provider="azure"))

    assert groups(client.get(ROOM, {"hours": "1"})) == [("gpt-4o", 1, 1), ("gpt-4o", 1, 1)]
    assert groups(client.get(ROOM, {"model": "o3"})) == [("o3", 1, 1)]
    assert groups(client.get(ROOM, {"provider": "azure", "hours": "24"})) == [("gpt-4o", 1, 1)]
    assert groups(client.get(ROOM, {"hours": "1'", "fingerprint": "*", "page": "x"})) == groups(
        client.get(ROOM)
    )


def test_every_number_leads_to_its_rows(client):
    report(make_row(account="acme"), make_row(raw_error="Another error altogether", account="bolt"))
    [(_, address)] = [each for each in client.get(ROOM).context["groups"] if "another" in each[0].words]

    assert [row.account for row in client.get(address).context["rows"]] == ["bolt"]


def test_rows_are_paged_newest_first_without_a_gap(client):
    at = ago(minutes=9)
    report(
        *[
            make_row(account=f"{number:03}", occurred_at=at - timedelta(seconds=number // 3))
            for number in range(120)
        ]
    )

    seen, query = [], ""
    while True:
        page = client.get(f"{ROOM}rows/{query}")
        seen += [row.occurred_at for row in page.context["rows"]]
        query = page.context["next"]
        if not query:
            break

    assert len(seen) == 120
    assert seen == sorted(seen, reverse=True)
    assert client.get(f"{ROOM}rows/?after=nonsense").status_code == 200


def test_more_kinds_than_a_page_holds_are_on_the_next(client):
    report(*[make_row(model=f"m-{number}") for number in range(60)])
    first = client.get(ROOM)

    assert len(groups(first)) == 50
    assert len(groups(client.get(ROOM + first.context["next"]))) == 10


def test_a_row_is_shown_masked(client):
    report(make_row(raw_error=f"refused: {fake_key()} <b>", http_status=401))
    text = client.get(f"{ROOM}rows/").content.decode()

    assert "Q7f3Q7f3" not in text
    assert "&lt;b&gt;" in text


@pytest.mark.parametrize("path", [ROOM, f"{ROOM}rows/"])
@pytest.mark.parametrize("count", [1, 3])
def test_statements_are_fixed(client, path, count, django_assert_max_num_queries):
    report(*[make_row(model=f"m{number}") for number in range(count)])

    with django_assert_max_num_queries(11):
        client.get(path)
