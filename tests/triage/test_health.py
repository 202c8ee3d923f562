from typing import Any

from django.test import Client


def test_a_process_that_reaches_its_database_is_well(client: Client, db: None, settings: Any):
    settings.REDIS_URL = ""
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


def test_pages_go_on_while_redis_is_away(client: Client, db: None, settings: Any):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "away"})
