"""Single sign-on against a real provider program, by plain requests as a browser makes them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tests.factories import make_admin, make_agent
from tests.oidc_provider import CLIENT, SECRET, Provider, oidc_provider
from tickets.models import AuditEntry, Person, Role
from tickets.services.second_factor import demand
from triage.role_claims import ROLES, roles_in

pytestmark = pytest.mark.django_db
BEGIN = "/accounts/oidc/sso/login/"


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with oidc_provider() as provider:
        provider.claims = {
            "sub": "17",
            "email": "ana@desk.invalid",
            "email_verified": True,
            "name": "Ana Petrov",
            "groups": ["staff", "desk-engineers"],
        }
        use(provider, settings)
        yield provider


def use(provider: Provider, settings) -> None:
    settings.OIDC_ROLES = [("admin", "desk-admins"), ("engineer", "desk-engineers")]
    settings.OIDC_ISSUER = provider.issuer
    app = {
        "provider_id": "sso", "name": "Single sign-on", "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": provider.issuer},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def come(client: Client):
    """From the button to what the desk answers when the provider sends the browser back."""
    there = client.post(BEGIN).headers["Location"]
    back = urlsplit(httpx.get(there).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def test_somebody_new_comes_in_with_the_role_of_the_claim(client, provider):
    assert come(client).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200

    person = Person.objects.get()
    assert (person.email, person.name, person.role) == ("ana@desk.invalid", "Ana Petrov", "engineer")
    assert not person.has_usable_password()
    assert AuditEntry.objects.filter(kind="joined", actor="single sign-on").exists()


def test_somebody_known_is_found_by_the_confirmed_address_and_the_role_follows(client, provider):
    person = make_agent()
    provider.claims["email"] = person.email.upper()
    come(client)
    assert Person.objects.get().role == Role.ENGINEER

    provider.claims |= {"groups": ["desk-admins"], "email": "moved@desk.invalid"}
    assert (
        come(Client()).headers["Location"] == "/desk/"
    )  # the same account there, whatever its address is now
    assert [(each.pk, each.role) for each in Person.objects.all()] == [(person.pk, "admin")]


@pytest.mark.parametrize(
    "told", [{"groups": ["staff"]}, {"groups": None}, {"email_verified": False}, {"email": ""}]
)
def test_without_role_or_confirmed_address_nobody_comes_in(client, provider, told):
    make_agent()
    provider.claims |= told

    assert come(client).status_code == 403
    assert "_auth_user_id" not in client.session
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "forged", [{"aud": "another-desk"}, {"iss": "https://evil.invalid"}, {"exp": 1_000_000_000}]
)
def test_a_word_for_others_or_of_others_or_of_long_ago_signs_nobody_in(client, provider, forged):
    provider.claims |= forged

    come(client)

    assert "_auth_user_id" not in client.session
    assert not Person.objects.exists()


def test_an_unconfirmed_address_does_not_open_the_account_of_somebody_else(client, provider):
    person = make_agent()
    provider.claims |= {"email": person.email, "email_verified": "yes"}

    assert come(client).status_code == 403


def test_a_closed_account_stays_closed(client, provider):
    provider.claims["email"] = make_agent(is_active=False).email

    assert come(client).status_code == 403
    assert "_auth_user_id" not in client.session


def test_an_answer_nobody_asked_for_signs_nobody_in(client, provider):
    there = Client().post(BEGIN).headers["Location"]
    back = urlsplit(httpx.get(there).headers["Location"])

    client.get(f"{back.path}?{back.query}")  # another browser than the one that asked

    assert "_auth_user_id" not in client.session
    assert provider.refusals == []


def test_a_wrong_secret_is_said_on_a_page(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["secret"] = "another"

    page = come(client)

    assert "did not confirm" in page.content.decode()
    assert provider.refusals == ["wrong client"]


def test_the_button_is_there_only_where_a_provider_is(client, provider, settings):
    assert BEGIN in client.get("/accounts/login/").content.decode()
    settings.OIDC_ISSUER = ""
    assert BEGIN not in client.get("/accounts/login/").content.decode()


def test_roles_are_read_in_order_and_strictly():
    assert set(ROLES) == set(Role.values)
    assert roles_in("OIDC_ROLES", ["admin=a", " agent = b c "]) == [("admin", "a"), ("agent", "b c")]
    for wrong in ("owner=a", "admin", "admin="):
        with pytest.raises(ImproperlyConfigured):
            roles_in("OIDC_ROLES", [wrong])


def test_whatever_the_provider_says_of_strength_a_demanded_factor_is_asked_for_here(client, provider):
    demand({Role.ENGINEER}, by=make_admin())
    provider.claims |= {"amr": ["pwd", "mfa"], "acr": "3"}

    come(client)

    assert "/accounts/2fa/" in client.get("/desk/").headers["Location"]
