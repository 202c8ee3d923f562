"""Reporting failures over HTTP: forms of the body, limits, what is answered."""

import gzip
import json
import zlib
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.failures import make_row
from tickets.models import Failure, Scope
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client):
    _, secret = create_token(name="gateway", scopes=[Scope.FAILURES])

    def send(body, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(
            "/api/v1/failures",
            data,
            content_type=headers.pop("content_type", "application/json"),
            headers={"Authorization": f"Bearer {secret}", **headers},
        )

    return send


def error_of(answer):
    return (answer.status_code, answer.json()["error"]["code"], answer.json()["error"]["message"])


def ndjson(*rows):
    return b"\n".join(json.dumps(row).encode() for row in rows)


def test_an_array_is_taken_in_and_counts_once(send):
    rows = [make_row(), make_row(), {"source_id": "x"}]
    first, again = send(rows), send(rows)

    missing = [{"index": 2, "error": "occurred_at is missing."}]
    assert (first.status_code, first.json()) == (
        202,
        {"accepted": 2, "duplicates": 0, "rejected": missing},
    )
    assert again.json() == {"accepted": 0, "duplicates": 2, "rejected": missing}


@pytest.mark.parametrize("content_type", ["application/x-ndjson", "application/json", "text/plain"])
def test_lines_are_taken_in_whatever_they_are_called(send, content_type):
    body = ndjson(make_row(), make_row()) + b"\n\n{oops\n"

    assert send(body, content_type=content_type).json() == {
        "accepted": 2,
        "duplicates": 0,
        "rejected": [{"index": 2, "error": "This line is no JSON."}],
    }


def test_gzip_is_unpacked_with_or_without_the_header(send):
    first, second = gzip.compress(json.dumps([make_row()]).encode()), gzip.compress(ndjson(make_row()))
    in_two = gzip.compress(ndjson(make_row()) + b"\n") + gzip.compress(ndjson(make_row()))

    assert send(first, **{"Content-Encoding": "gzip"}).json()["accepted"] == 1
    assert send(second).json()["accepted"] == 1
    assert send(in_two).json()["accepted"] == 2


def test_a_gzip_bomb_is_refused_early(send):
    bomb = zlib.compressobj(9, wbits=31)
    body = bomb.compress(b" " * 200_000_000) + bomb.flush()

    assert error_of(send(body)) == (
        413,
        "too_large",
        "A call may bring up to 32 MB, unpacked. Send fewer rows at once.",
    )


def test_many_bombs_in_a_row_are_one(send):
    assert send(gzip.compress(b" " * 10_000_000) * 8).status_code == 413


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The body is empty."),
        (b" \n ", "The body is empty."),
        (b"[{", "The body is neither a JSON array nor one JSON object a line."),
        (b"[" * 100_000, "The body is neither a JSON array nor one JSON object a line."),
        (gzip.compress(b"[]", mtime=0)[:-9], "The body ends in the middle of its gzip."),
        (b"\x1f\x8b and then none", "The body begins like gzip, but cannot be unpacked."),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_whole(send, body, message):
    assert error_of(send(body)) == (400, "bad_request", message)


def test_another_encoding_is_refused(send):
    assert error_of(send(b"[]", **{"Content-Encoding": "br"}))[0:2] == (415, "encoding")


def test_no_more_than_ten_thousand_rows(send):
    message = "A call may bring up to 10,000 rows; this one has 10,001."

    assert error_of(send([1] * 10_001)) == (413, "too_large", message)
    assert error_of(send(b"1\n" * 10_001)) == (413, "too_large", message)


def test_an_empty_array_is_no_mistake(send):
    assert send([]).json() == {"accepted": 0, "duplicates": 0, "rejected": []}


def test_who_reports_too_much_is_told_when_to_come_again(send, settings):
    settings.FAILURES_PER_MINUTE = 3

    assert send([make_row(), make_row()]).status_code == 202
    assert send([make_row(), make_row()]).status_code == 202
    refused = send([make_row()])
    assert error_of(refused)[:2] == (429, "too_many")
    assert 0 < int(refused["Retry-After"]) <= 60
    assert Failure.objects.count() == 4


def test_a_token_for_something_else_may_not_report(client):
    _, secret = create_token(name="other", scopes=[Scope.TICKETS])
    answer = client.post(
        "/api/v1/failures",
        "[]",
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )

    assert answer.status_code == 403


def test_a_row_of_tomorrow_finds_its_place(send):
    assert send([make_row(occurred_at=timezone.now() + timedelta(hours=23))]).json()["accepted"] == 1
