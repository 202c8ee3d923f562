"""No request, sensible or not, makes any door fail. tests/performance/fuzz_doors.py asks many more."""

import json
from random import Random

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.doors import any_call, routes_of
from tests.factories import make_admin, make_billing, make_engineer, make_ticket
from tickets.models import Scope
from tickets.services.token import create_token
from triage.limit import Limit
from triage.wsgi import application

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Skipped test cases with unsupported payload"),
]
api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def open_doors(settings):
    settings.LIMITS = {door: Limit(10**9, 600) for door in settings.LIMITS}


@pytest.mark.parametrize("who", ["stranger", "admin", "engineer", "billing"])
def test_random_requests(who):
    ticket = make_ticket()
    client = Client(raise_request_exception=False)
    if who != "stranger":
        client.force_login({"admin": make_admin, "engineer": make_engineer, "billing": make_billing}[who]())
    session = client.cookies.get("sessionid")
    routes = [*routes_of(), f"/t/{ticket.follow_up_token}/", f"/t/{ticket.follow_up_token}/messages/"]
    routes = [route for route in routes if "logout" not in route]
    tokens = [create_token(name="any", scopes=list(Scope))[1], "guess"]

    @settings(max_examples=50, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**40))
    def ask(seed: int) -> None:
        call = any_call(Random(seed), routes, tokens)
        answer = call.on(client)
        if session is not None:
            client.cookies["sessionid"] = session.value
        assert answer.status_code < 500, call

    ask()


@api.parametrize()
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_its_description(case, db):
    token = create_token(name="any", scopes=list(Scope))[1]
    body = case.body if isinstance(case.body, bytes) else json.dumps(case.body, default=str).encode()

    answer = Client(raise_request_exception=False).generic(
        case.method,
        case.formatted_path,
        body,
        "application/json",
        headers={"Authorization": f"Bearer {token}"},
    )

    assert answer.status_code < 500


@pytest.mark.parametrize(
    "back", ["resolved", "#1", "", "https://elsewhere.invalid/", "//elsewhere.invalid", "/\\elsewhere"]
)
def test_the_language_leads_back_to_an_own_address_or_home(client, back):
    answer = client.post("/language/", {"language": "zh-hans", "next": back})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
