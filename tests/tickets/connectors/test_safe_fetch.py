"""A page that somebody named is read within bounds, and never leads into the own network."""

import time

import pytest

from tests.web_server import Answer, WebServer, web_server
from tickets.connectors.safe_fetch import NotFetched, _is_public, fetch


@pytest.fixture
def server():
    with web_server() as server:
        yield server


def test_an_internal_page_is_read_where_that_is_allowed(server: WebServer):
    server.answer = lambda _: Answer(body=b'{"incidents": []}')

    assert fetch(f"{server.address}/x", internal=True) == b'{"incidents": []}'


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "10.0.0.1"]
)
def test_nothing_internal_is_called_otherwise(host: str):
    with pytest.raises(NotFetched, match="internal network"):
        fetch(f"https://{host}:9/")


@pytest.mark.parametrize(
    "address", ["http://example.com/", "ftp://example.com/", "file:///etc/passwd", "https:///x"]
)
def test_only_https_is_read(address: str):
    with pytest.raises(NotFetched):
        fetch(address)


def test_an_address_with_a_password_in_it_is_refused():
    with pytest.raises(NotFetched, match="password"):
        fetch("https://me:secret@example.com/")


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "192.168.1.1", "100.64.0.1", "fd00::1", "2002:7f00:1::", "224.0.0.1"]
)
def test_what_is_not_public(address: str):
    assert not _is_public(address)


def test_a_public_address_is():
    assert _is_public("9.9.9.9")


def test_redirects_are_followed_and_not_for_ever(server: WebServer):
    server.answer = lambda asked: (
        Answer(body=b"here")
        if asked.path == "/3"
        else Answer(302, headers={"Location": f"/{len(server.asked)}"})
    )
    assert fetch(f"{server.address}/", internal=True) == b"here"

    server.answer = lambda _: Answer(302, headers={"Location": "/again"})
    with pytest.raises(NotFetched, match="from one address to the next"):
        fetch(f"{server.address}/", internal=True)


def test_a_redirect_is_held_to_the_same_rules(server: WebServer):
    server.answer = lambda _: Answer(302, headers={"Location": "file:///etc/passwd"})

    with pytest.raises(NotFetched, match="https"):
        fetch(f"{server.address}/", internal=True)


def test_too_large_a_page_is_given_up(server: WebServer):
    server.answer = lambda _: Answer(body=b"x" * 5000)

    with pytest.raises(NotFetched, match="more than"):
        fetch(f"{server.address}/", internal=True, most_bytes=4000)


def test_a_page_that_takes_too_long_is_given_up(server: WebServer):
    def slowly(_: object) -> Answer:
        time.sleep(1)
        return Answer()

    server.answer = slowly
    with pytest.raises(NotFetched, match="in time"):
        fetch(f"{server.address}/", internal=True, seconds=0.2)


@pytest.mark.parametrize(
    "answer", [Answer(404), Answer(500), Answer(headers={"Content-Encoding": "gzip"}, body=b"\x1f\x8b")]
)
def test_any_other_answer_is_none(server: WebServer, answer: Answer):
    server.answer = lambda _: answer

    with pytest.raises(NotFetched):
        fetch(f"{server.address}/", internal=True)


def test_nobody_there_is_said(server: WebServer):
    with pytest.raises(NotFetched, match="cannot be reached"):
        fetch("http://127.0.0.1:1/", internal=True)
