"""Signing in: passwords, limits, second factors, sessions."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from structlog.testing import capture_logs

from tests.factories import PASSWORD, make_admin, make_agent, make_engineer
from tickets.models import Person, Role
from tickets.services.second_factor import demand

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def sign_in(client: Client, person: Person, password: str = PASSWORD):
    return client.post(SIGN_IN, {"login": person.email, "password": password})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_weak_or_common_password_is_refused(client, agent):
    client.force_login(agent)
    for password in ("short", "password123456789"[:12], agent.email):
        answer = client.post(
            "/accounts/password/change/",
            {"oldpassword": PASSWORD, "password1": password, "password2": password},
        )
        assert answer.status_code == 200

    agent.refresh_from_db()
    assert agent.check_password(PASSWORD)


def test_attempts_are_limited_per_account_and_the_owner_gets_in_from_a_known_browser(agent):
    owner, stranger = Client(), Client(REMOTE_ADDR="203.0.113.9")
    assert sign_in(owner, agent).headers["Location"] == "/desk/"
    owner.post("/accounts/logout/")

    for _ in range(6):
        assert sign_in(stranger, agent, "wrong").status_code == 200
    refused = sign_in(stranger, agent)  # even the right password, from where it was never used

    assert "_auth_user_id" not in stranger.session
    assert refused.status_code == 429
    assert sign_in(owner, agent).headers["Location"] == "/desk/"


def test_attempts_are_limited_per_address_over_many_accounts():
    client = Client(REMOTE_ADDR="203.0.113.7")
    people = [make_agent() for _ in range(21)]
    for person in people[:20]:
        sign_in(client, person, "wrong")

    sign_in(client, people[20])

    assert "_auth_user_id" not in client.session


def test_a_failed_attempt_is_a_line_of_the_log_without_what_was_typed(agent):
    with capture_logs() as lines:
        sign_in(Client(REMOTE_ADDR="203.0.113.9"), agent, "wrong")
        Client().post(SIGN_IN, {"login": "my-password@typed-here.invalid", "password": "wrong"})

    failed = [line for line in lines if line["event"] == "sign_in_failed"]
    assert [(line["person"], line["address"]) for line in failed] == [
        (agent.pk, "203.0.113.9"),
        (None, "127.0.0.1"),
    ]
    assert "typed-here" not in str(lines)


def test_a_session_is_made_anew_at_signing_in_and_ends_after_two_weeks(client, agent, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = "chosenbysomebodyelse0000000000000"
    answer = sign_in(client, agent)

    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != "chosenbysomebodyelse0000000000000"
    assert int(cookie["max-age"]) == 14 * 24 * 3600
    before = cookie.value
    client.post("/accounts/logout/")
    assert sign_in(client, agent).cookies[settings.SESSION_COOKIE_NAME].value != before
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert old.get("/desk/").headers["Location"].startswith(SIGN_IN)  # signed out there


def test_a_reset_password_still_asks_for_the_second_factor(client, agent, mailoutbox):
    TOTP.activate(agent, generate_totp_secret())
    client.post("/accounts/password/reset/", {"email": agent.email})
    link = next(word for word in mailoutbox[0].body.split() if "/accounts/password/reset/key/" in word)
    form = client.get(urlsplit(link).path).headers["Location"]
    password = "another horse battery"
    client.post(form, {"password1": password, "password2": password})
    agent.refresh_from_db()
    assert agent.check_password(password)
    assert "_auth_user_id" not in client.session

    assert sign_in(client, agent, password).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/desk/").headers["Location"].startswith(SIGN_IN)


def test_a_known_browser_of_one_person_counts_for_no_other(agent):
    mine, other = Client(), make_agent()
    sign_in(mine, other)
    mine.post("/accounts/logout/")
    for _ in range(6):
        sign_in(Client(), agent, "wrong")

    sign_in(mine, agent)

    assert "_auth_user_id" not in mine.session


def test_with_an_app_the_password_alone_opens_nothing(client, agent):
    secret = generate_totp_secret()
    TOTP.activate(agent, secret)

    assert sign_in(client, agent).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/desk/").headers["Location"].startswith(SIGN_IN)
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    code = code_of(secret)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).headers["Location"] == "/desk/"

    again = Client()
    sign_in(again, agent)
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in again.session  # a code counts once


def test_the_secret_of_the_app_is_not_readable_in_the_database(agent):
    secret = generate_totp_secret()
    TOTP.activate(agent, secret)

    assert secret not in str(Authenticator.objects.get().data)


def test_a_recovery_code_counts_once(agent):
    TOTP.activate(agent, generate_totp_secret())
    code = RecoveryCodes.activate(agent).get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, agent)
        client.post("/accounts/2fa/authenticate/", {"code": code})

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_a_role_that_needs_a_second_factor_sees_nothing_before(client):
    engineer, agent = make_engineer(), make_agent()
    demand({Role.ENGINEER}, by=make_admin())
    client.force_login(Person.objects.get(pk=engineer.pk))

    assert client.get("/desk/").headers["Location"] == "/accounts/2fa/"
    assert client.post("/tickets/new/", {"text": "typed"}).status_code == 403
    assert client.get("/accounts/2fa/").status_code == 200

    TOTP.activate(engineer, generate_totp_secret())
    assert client.get("/desk/").status_code == 200
    client.force_login(Person.objects.get(pk=agent.pk))
    assert client.get("/desk/").status_code == 200


def test_setting_up_an_app_over_the_pages_settles_what_is_owed(client):
    engineer = make_engineer()
    demand({Role.ENGINEER}, by=make_admin())
    sign_in(client, engineer)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret

    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})

    assert answer.status_code == 302
    assert client.get("/desk/").status_code == 200
    client.post("/accounts/2fa/totp/deactivate/")
    assert client.get("/desk/").headers["Location"] == "/accounts/2fa/"


def test_a_session_is_listed_and_ended_from_another(agent):
    here, there = Client(HTTP_USER_AGENT="Here/1"), Client(HTTP_USER_AGENT="There/2")
    sign_in(here, agent)
    sign_in(there, agent)
    page = here.get("/accounts/sessions/").content.decode()
    assert "There/2" in page

    here.post("/accounts/sessions/")

    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


def test_changing_how_to_sign_in_asks_for_the_password_again(client, agent):
    sign_in(client, agent)
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    wrong = client.post(answer.headers["Location"], {"password": "wrong"})
    assert wrong.status_code == 200
    right = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert right.status_code == 302
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
