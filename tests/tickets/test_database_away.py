"""A real web process whose database is not there: it says so, and keeps for people what they typed."""

from http.cookiejar import CookieJar
from pathlib import Path

import httpx
import pytest

from tests.plumbing import product_environment, program, wait_until
from tests.tickets.management.commands.test_run import free_port


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    data: Path = tmp_path_factory.mktemp("data")
    port = free_port()
    env = product_environment(
        DJANGO_SETTINGS_MODULE="tests.settings",  # spares collecting the static files
        TEST_DATABASE_URL=f"sqlite:///{data}/gone/desk.sqlite3",
        TEST_REDIS_URL="",
        PORT=str(port),
    )
    with (
        program("-m", "gunicorn", "-c", "python:triage.server", "triage.wsgi", env=env),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, cookies=CookieJar()) as client,
    ):
        wait_until(lambda: _listens(client), seconds=30)
        yield client


def _listens(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code == 503
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("address", ["/", "/desk/", "/tickets/1/", "/accounts/login/"])
def test_pages_say_that_the_desk_is_away(desk: httpx.Client, address: str):
    answer = desk.get(address, headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "The desk is away for a moment" in answer.text


def test_what_was_typed_comes_back_to_be_sent_again(desk: httpx.Client):
    token = "a" * 32
    form = {
        "text": "every call fails since noon",
        "email": "dev@client.invalid",
        "csrfmiddlewaretoken": token,
    }
    answer = desk.post(
        "/report/", data=form, headers={"Cookie": f"csrftoken={token}", "Accept-Language": "zh"}
    )

    assert answer.status_code == 503
    assert "every call fails since noon" in answer.text
    assert 'action="/report/"' in answer.text
    assert "稍候" in answer.text


def test_programs_get_the_one_shape_of_errors(desk: httpx.Client):
    answer = desk.post("/api/v1/failures", json=[], headers={"Authorization": "Bearer unknown"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["error"]["code"] == "away"
