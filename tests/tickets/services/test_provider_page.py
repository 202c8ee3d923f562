"""A provider's status page is read again and again; what it says is noted, and incidents follow as admins set it."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_admin, make_engineer, make_ticket
from tests.incidents import DOWN
from tests.web_server import Answer, web_server
from tickets.models import AuditEntry, Incident, ProviderNotice, ProviderPage
from tickets.services import outbox
from tickets.services.incident.states import attach, open_incident, set_state
from tickets.services.provider_page import (
    address_of,
    ask_now,
    ask_when_due,
    remove_provider_page,
    save_provider_page,
)
from tickets.services.provider_status import provider_status
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
Opens, State = ProviderPage.Opens, Incident.State


class Status:
    """A page of the Statuspage kind with one trouble."""

    def __init__(self, server: Any) -> None:
        self.address, self.asked = server.address, server.asked
        self._server = server
        self.tells()

    def tells(self, status: str = "investigating", impact: str = "major", *, hours_ago: float = 1) -> None:
        created = timezone.now() - timedelta(hours=hours_ago)
        is_over = status == "resolved"
        trouble = {
            "id": "p31zjtct2jer",
            "name": "Elevated error rates",
            "status": status,
            "impact": impact,
            "created_at": created.isoformat(),
            "resolved_at": timezone.now().isoformat() if is_over else None,
            "shortlink": "https://stspg.invalid/p31",
            "incident_updates": [{"status": status, "body": "We are looking into it."}],
        }
        body = json.dumps({"page": {"name": "OpenAI"}, "incidents": [trouble]}).encode()
        self._server.answer = lambda _: Answer(body=body, headers={"Content-Type": "application/json"})

    def answers(self, answer: Answer) -> None:
        self._server.answer = lambda _: answer


@pytest.fixture
def status():
    with web_server() as server:
        yield Status(server)


def make_page(status: Status, **fields: Any) -> ProviderPage:
    about = {"provider": "openai", "is_on": True, "is_internal": True, "opens": Opens.MAJOR, **fields}
    page = ProviderPage(address=status.address, **about)
    save_provider_page(page, by=make_admin())
    return page


def read(page: ProviderPage) -> None:
    assert ask_now(page)
    outbox.drain(KINDS)


def history(incident: Incident) -> list[tuple[str, str]]:
    return list(incident.changes.values_list("kind", "state"))


def test_what_stands_there_is_noted(status):
    read(make_page(status, opens=Opens.NOTHING))

    notice = ProviderNotice.objects.get()
    assert (notice.provider, notice.title, notice.state, notice.impact, notice.by) == (
        "openai", "Elevated error rates", "investigating", "major", None,
    )  # fmt: skip
    assert not Incident.objects.exists()
    assert status.asked[0].path == "/api/v2/incidents.json"


def test_a_page_is_read_when_it_is_due_and_only_where_it_is_on(status):
    page = make_page(status, minutes=10)
    off = make_page(status, provider="azure", is_on=False)
    assert ask_when_due()
    assert not ask_when_due()
    outbox.drain(KINDS)

    page.refresh_from_db()
    assert len(status.asked) == 1
    assert page.due_at > timezone.now() + timedelta(minutes=9)
    assert page.read_at is not None
    assert not ask_now(off)


def test_a_major_trouble_opens_one_incident_that_goes_where_the_page_says(status):
    page = make_page(status)
    read(page)
    incident = Incident.objects.get()
    assert (incident.title, incident.provider, incident.state, incident.opened_by) == (
        "Elevated error rates", "openai", State.INVESTIGATING, None,
    )  # fmt: skip

    status.tells("identified")
    read(page)
    read(page)
    status.tells("resolved")
    read(page)

    incident = Incident.objects.get()
    assert incident.is_resolved
    assert history(incident) == [
        ("opened", ""),
        ("noticed", "investigating"),
        ("noticed", "identified"),
        ("state", "identified"),
        ("noticed", "resolved"),
        ("state", "resolved"),
    ]


def test_where_customers_wait_the_page_ends_nothing(status):
    page = make_page(status)
    read(page)
    incident = Incident.objects.get()
    attach([make_ticket()], incident, by=make_engineer())
    status.tells("resolved")
    read(page)

    incident.refresh_from_db()
    assert incident.state == State.MONITORING


def test_a_persons_word_on_the_state_stays(status):
    page = make_page(status)
    read(page)
    set_state(Incident.objects.get(), State.MONITORING, by=make_engineer())
    status.tells("identified")
    read(page)

    assert Incident.objects.get().state == State.MONITORING


@pytest.mark.parametrize(
    ("opens", "impact", "opened"),
    [
        (Opens.MAJOR, "critical", 1), (Opens.MAJOR, "minor", 0), (Opens.ANY, "minor", 1), (Opens.ANY, "none", 0),
        (Opens.NOTHING, "critical", 0),
    ],
)  # fmt: skip
def test_admins_set_which_troubles_open_one(status, opens, impact, opened):
    status.tells(impact=impact)
    read(make_page(status, opens=opens))

    assert Incident.objects.count() == opened


def test_what_is_over_or_old_opens_nothing(status):
    page = make_page(status)
    status.tells("resolved")
    read(page)
    status.tells("investigating", hours_ago=30)
    ProviderNotice.objects.all().delete()
    read(page)

    assert not Incident.objects.exists()


def test_an_incident_of_the_provider_is_told_instead_of_opening_a_second(status):
    ours = open_incident(by=make_engineer(), title="openai is down", provider="OpenAI")
    page = make_page(status)
    read(page)
    status.tells("resolved")
    read(page)

    ours.refresh_from_db()
    assert Incident.objects.count() == 1
    assert ours.state == State.INVESTIGATING
    assert history(ours)[1:] == [("noticed", "investigating"), ("noticed", "resolved")]


def test_an_incident_of_one_model_is_the_same_only_where_the_notice_names_it(status):
    open_incident(by=make_engineer(), title="whisper fails", provider="openai", model="whisper-1")
    read(make_page(status))

    assert Incident.objects.count() == 2


@pytest.mark.parametrize("answer", [Answer(500), Answer(body=b"<html>"), Answer(body=b'{"incidents": 7}')])
def test_a_page_that_cannot_be_read_says_so_and_waits_longer_each_time(status, answer):
    page = make_page(status, minutes=5)
    status.answers(answer)
    read(page)
    read(page)

    page.refresh_from_db()
    assert page.failures == 2
    assert page.error
    assert page.due_at > timezone.now() + timedelta(minutes=9)
    status.tells()
    read(page)
    page.refresh_from_db()
    assert (page.failures, page.error) == (0, "")


def test_without_leave_no_internal_address_is_called(status):
    page = make_page(status, is_internal=False)
    read(page)

    page.refresh_from_db()
    assert "https" in page.error
    assert status.asked == []


def test_the_engine_hears_what_the_provider_says_of_itself(status):
    ticket, known = make_ticket(), {"provider": "OpenAI", "model": "gpt-4o"}
    assert provider_status(ticket, known) == {}
    read(make_page(status, opens=Opens.NOTHING))

    told = provider_status(ticket, known)
    assert (told["provider"], told["told_by"], told["state"]) == ("openai", "notice", "outage")
    assert datetime.fromisoformat(told["since"]) == ProviderNotice.objects.get().published_at
    assert provider_status(ticket, {"provider": "azure"}) == {}
    ProviderNotice.objects.update(impact="minor")
    assert provider_status(ticket, known)["state"] == "degraded"
    ProviderNotice.objects.update(ended_at=timezone.now())
    assert provider_status(ticket, known) == {}


def test_the_verdict_card_says_who_told_of_it(client, status):
    read(make_page(status, opens=Opens.NOTHING))
    ticket = make_ticket(DOWN)
    client.force_login(make_engineer())

    assert "openai itself told of a trouble" in client.get(f"/tickets/{ticket.number}/").content.decode()


@pytest.mark.parametrize(
    ("given", "read_at"),
    [
        ("https://status.p.invalid", "https://status.p.invalid/api/v2/incidents.json"),
        ("https://status.p.invalid/de/?x=1", "https://status.p.invalid/de/api/v2/incidents.json"),
        ("https://p.invalid/own/incidents.json?key=1", "https://p.invalid/own/incidents.json?key=1"),
    ],
)
def test_the_address_that_programs_read(given, read_at):
    assert address_of(ProviderPage(address=given)) == read_at


def test_setting_and_removing_are_in_the_audit(status):
    page = make_page(status)
    page.minutes = 7
    save_provider_page(page, by=make_admin())
    remove_provider_page(page, by=make_admin())

    entries = AuditEntry.objects.filter(kind=AuditEntry.Kind.SETTING).order_by("pk")
    assert [entry.about.partition(" ")[0] for entry in entries] == ["provider_page"] * 3
    assert entries[1].after == {"minutes": 7}
