import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import PASSWORD, make_admin, make_agent, make_engineer
from tickets.models import AuditEntry, Invitation, Job, Person
from tickets.services import outbox
from tickets.services.invitation import address_of, invite_first_admin
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
NEW = {"email": "new@desk.invalid", "name": "New Person", "role": "engineer", "language": "zh-hans"}
GOOD = "a good long password"


@pytest.fixture
def as_admin(client, admin) -> Client:
    client.force_login(admin)
    return client


def path_of(invitation: Invitation) -> str:
    return f"/invitation/{invitation.token}/"


def test_somebody_is_invited_by_letter_and_joins_once(as_admin, mailoutbox, settings):
    assert as_admin.post("/curation/people/", NEW).status_code == 302
    outbox.run(Job.objects.get(kind="mail_invitation").pk, KINDS)
    letter = mailoutbox[0]
    path = re.findall(r"/invitation/\S+", letter.body)[0]
    assert letter.to == ["new@desk.invalid"]

    stranger = Client()
    assert "工程师" in stranger.get(path).content.decode()
    assert stranger.post(path, {"name": "新人", "password": "short"}).status_code == 422
    assert stranger.post(path, {"name": "新人", "password": GOOD}).headers["Location"] == "/desk/"
    assert stranger.get("/desk/").status_code == 200

    person = Person.objects.get(email="new@desk.invalid")
    assert (person.role, person.language, person.check_password(GOOD)) == ("engineer", "zh-hans", True)
    assert Client().post(path, {"name": "again", "password": GOOD}).status_code == 404


def test_a_link_ends_when_withdrawn_late_forged_or_followed_by_another(as_admin):
    as_admin.post("/curation/people/", NEW)
    first = Invitation.objects.get()
    as_admin.post("/curation/people/", NEW)
    second = Invitation.objects.latest("pk")
    assert Client().get(path_of(first)).status_code == 404
    assert Client().get(path_of(second)).status_code == 200
    assert Client().get(path_of(second)[:-2] + "x/").status_code == 404
    assert Client().get("/invitation/1/").status_code == 404

    Invitation.objects.filter(pk=second.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(path_of(second)).status_code == 404
    as_admin.post("/curation/people/", NEW)
    third = Invitation.objects.latest("pk")
    as_admin.post(f"/curation/people/invitations/{third.pk}/withdrawal/")
    assert Client().get(path_of(third)).status_code == 404


def test_an_address_that_is_taken_is_refused(as_admin):
    taken = make_agent()
    answer = as_admin.post("/curation/people/", {**NEW, "email": taken.email.upper()})

    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_the_first_admin_comes_by_the_last_printed_link():
    first, second = invite_first_admin(), invite_first_admin()
    assert address_of(second).endswith(path_of(second))
    assert Client().get(path_of(first)).status_code == 404

    join = {"email": "boss@desk.invalid", "name": "Boss", "password": GOOD}
    assert Client().post(path_of(second), join).headers["Location"] == "/desk/"
    assert Person.objects.get().role == "admin"


def test_a_role_is_changed_and_the_last_admin_stays(as_admin, admin):
    agent = make_agent()
    as_admin.post(f"/curation/people/{agent.pk}/", {"role": "billing"})
    assert Person.objects.get(pk=agent.pk).role == "billing"

    assert as_admin.post(f"/curation/people/{admin.pk}/", {"role": "agent"}).status_code == 422
    as_admin.post(f"/curation/people/{admin.pk}/state/", {"do": "retire"})
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == ("admin", True)

    make_admin()
    assert as_admin.post(f"/curation/people/{admin.pk}/", {"role": "agent"}).status_code == 302


def test_closing_an_account_ends_its_sessions(as_admin):
    agent, there = make_agent(), Client()
    there.post("/accounts/login/", {"login": agent.email, "password": PASSWORD})
    assert there.get("/desk/").status_code == 200

    as_admin.post(f"/curation/people/{agent.pk}/state/", {"do": "retire"})

    assert there.get("/desk/").status_code == 302
    again = Client()
    again.post("/accounts/login/", {"login": agent.email, "password": PASSWORD})
    assert "_auth_user_id" not in again.session
    as_admin.post(f"/curation/people/{agent.pk}/state/", {"do": "reinstate"})
    again.post("/accounts/login/", {"login": agent.email, "password": PASSWORD})
    assert "_auth_user_id" in again.session


def test_an_admin_signs_somebody_out_and_takes_lost_factors_away(as_admin):
    engineer = make_engineer()
    TOTP.activate(engineer, generate_totp_secret())
    as_admin.post("/curation/people/factors/", {"roles": ["engineer", "admin"]})
    assert not Person.objects.get(pk=engineer.pk).owes_second_factor

    admin_owes = as_admin.get("/curation/people/")
    assert admin_owes.headers["Location"] == "/accounts/2fa/"  # the admin's own role needs one too
    Person.objects.filter(role="admin").update(owes_second_factor=False)
    as_admin.post(f"/curation/people/{engineer.pk}/state/", {"do": "factors"})

    assert not Authenticator.objects.filter(user=engineer).exists()
    assert Person.objects.get(pk=engineer.pk).owes_second_factor
    kinds = set(AuditEntry.objects.values_list("kind", flat=True))
    assert {"factors_demanded", "factors_removed"} <= kinds


def test_the_page_costs_the_same_for_one_and_three(as_admin):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert as_admin.get("/curation/people/").status_code == 200
        return len(caught)

    queries()
    first = queries()
    for _ in range(3):
        make_agent()

    assert queries() == first <= 25
