"""Every answer, whatever it is, tells the browser the same rules."""

import pytest

from tests.addresses import address, make_others
from tests.factories import PASSWORD, make_admin, make_ticket
from tests.permission_table import DESK

pytestmark = pytest.mark.django_db
OPEN = (
    "/",
    "/faq",
    "/tools/request/",
    "/accounts/login/",
    "/no/such/page",
    "/healthz",
    "/api/v1/openapi.json",
)
RULES = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", OPEN)
def test_what_anybody_may_ask_for(client, path):
    expect_rules(client.get(path))


def test_the_desk(client):
    ticket = make_ticket()
    make_others(ticket)
    for name in DESK:
        expect_rules(client.get(address(name, ticket)))  # a stranger
    client.force_login(make_admin())

    for name in DESK:
        answer = client.get(address(name, ticket))
        expect_rules(answer)
        assert "private" in answer.headers["Cache-Control"], name


def test_refusals(client):
    expect_rules(client.post("/report/", headers={"Host": "desk.invalid"}))
    expect_rules(client.post("/api/v1/triage", "{", content_type="application/json"))
    client.handler.enforce_csrf_checks = True
    refused = client.post("/report/", {"text": "429"})
    assert refused.status_code == 403
    expect_rules(refused)


def test_the_own_page_of_a_customer_stays_out_of_shared_caches(client):
    answer = client.get(f"/t/{make_ticket().follow_up_token}/")

    expect_rules(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_cookies_are_for_the_server_and_this_site_only(client, agent):
    client.post("/accounts/login/", {"login": agent.email, "password": PASSWORD})
    client.get("/accounts/logout/")
    client.post("/language/", {"language": "zh-hans"})

    assert set(client.cookies) == {"sessionid", "csrftoken", "django_language", "known_browser"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Lax",
            "/",
            "",
        )


def expect_rules(answer) -> None:
    assert {name: answer.headers.get(name) for name in RULES} == RULES
    assert "camera=()" in answer.headers["Permissions-Policy"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
