import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import PASSWORD, make_admin, make_agent, make_ticket
from tests.mails import a_mail
from tickets.models import AuditEntry, GatewayModel, InboundMail
from tickets.models.append_only import AppendOnly
from tickets.services.audit import note
from tickets.services.escalation import escalate
from tickets.services.gateway_model import save_model
from tickets.services.inbound_mail import receive_mail
from tickets.services.macro.version import NOTHING, create_macro, offer, save_macro

pytestmark = pytest.mark.django_db
Kind = AuditEntry.Kind


def text_of(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def test_an_entry_is_written_once(admin):
    entry = note(Kind.SETTING, by=admin, about="retention", before={"days": 30}, after={"days": 90})

    entry.about = "something else"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.update(about="")
    with pytest.raises(AppendOnly):
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.get().about == "retention"


def test_who_what_from_where_before_and_after(client, admin):
    agent = make_agent()
    client.force_login(admin)

    client.post(f"/curation/people/{agent.pk}/", {"role": "engineer"}, REMOTE_ADDR="203.0.113.5")

    entry = AuditEntry.objects.filter(kind=Kind.ROLE).get()
    assert (entry.by, entry.actor, entry.address, entry.about) == (
        admin,
        admin.email,
        "203.0.113.5",
        agent.email,
    )
    assert (entry.before, entry.after) == ({"role": "agent"}, {"role": "engineer"})


def test_the_address_behind_proxies_is_the_one_that_ours_saw(client, admin, settings):
    settings.PROXIES = 1
    agent = make_agent()
    client.force_login(admin)

    client.post(
        f"/curation/people/{agent.pk}/", {"role": "engineer"},
        headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.5"},
    )  # fmt: skip

    assert AuditEntry.objects.filter(kind=Kind.ROLE).get().address == "203.0.113.5"


def test_the_list_of_models_and_its_export_leave_entries(client, admin):
    save_model(GatewayModel(name="demo-1"), by=admin)
    client.force_login(admin)
    client.get("/curation/models/export/")

    kinds = [entry.kind for entry in AuditEntry.objects.exclude(kind=Kind.SIGNED_IN)]
    assert kinds == [Kind.EXPORT, Kind.MODELS]


def test_the_page_searches_by_words_kind_and_day(client, admin):
    note(Kind.SETTING, by=admin, about="retention")
    note(Kind.EXPORT, by="manage.py somewhere", about="tickets.csv")
    client.force_login(admin)

    def found(query: str) -> list[str]:
        return [
            entry.about for entry in client.get(f"/curation/audit/?{query}").context["entries"] if entry.about
        ]

    assert found("q=RETENTION") == ["retention"]
    assert found("q=somewhere") == ["tickets.csv"]
    assert found("kind=export") == ["tickets.csv"]
    assert found("since=2999-01-01") == []
    assert found("since=nonsense&kind=nothing")[1:] == ["tickets.csv", "retention"]


def test_pages_follow_each_other_without_gap(client, admin):
    for number in range(120):
        note(Kind.SETTING, by=admin, about=f"{number:03}")
    client.force_login(admin)
    seen, address = [], "?kind=setting"
    while address:
        page = client.get(f"/curation/audit/{address}")
        seen += [entry.about for entry in page.context["entries"]]
        address = page.context["next"]

    assert seen == [f"{number:03}" for number in reversed(range(120))]


def test_it_costs_the_same_for_one_and_three(client, admin):
    client.force_login(admin)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get("/curation/audit/").status_code == 200
        return len(caught)

    queries()  # what a first page loads once
    first = queries()
    for number in range(3):
        note(Kind.SETTING, by=make_admin(), about=str(number))

    assert queries() == first <= 25


def test_both_files_hold_what_the_filters_find(client, admin):
    note(Kind.SETTING, by=admin, about="=HYPERLINK(1)", after={"days": 90})
    note(Kind.TOKEN, by=admin, about="other")
    client.force_login(admin)

    lines = text_of(client.get("/curation/audit/audit.ndjson?kind=setting")).splitlines()
    rows = list(csv.DictReader(io.StringIO(text_of(client.get("/curation/audit/audit.csv?kind=setting")))))

    assert [(row["about"], row["after"]) for row in map(json.loads, lines)] == [
        ("=HYPERLINK(1)", {"days": 90})
    ]
    assert [(row["about"], json.loads(row["after"])) for row in rows] == [("'=HYPERLINK(1)", {"days": 90})]
    exports = AuditEntry.objects.filter(kind=Kind.EXPORT)
    assert [(entry.about, entry.after) for entry in exports] == [
        ("audit.csv", {"kind": "setting"}),
        ("audit.ndjson", {"kind": "setting"}),
    ]


def test_signing_in_and_changing_the_password_leave_entries(client):
    agent = make_agent()
    client.post("/accounts/login/", {"login": agent.email, "password": PASSWORD})
    new = "another good horse"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert [entry.kind for entry in AuditEntry.objects.filter(by=agent)] == [Kind.PASSWORD, Kind.SIGNED_IN]


def test_reading_a_mails_source_a_customers_page_and_a_packet_is_noted(client, admin):
    ticket = make_ticket()
    escalation = escalate(ticket, by=admin, reason="look")
    mail = receive_mail(a_mail(), way=InboundMail.Way.PIPE)
    client.force_login(admin)

    client.get(f"/curation/mail/{mail.pk}/")
    client.get(f"/curation/customers/{ticket.customer_id}/")
    for form in ("json", "html"):
        client.get(f"/review/{escalation.pk}/packet.{form}")

    noted = AuditEntry.objects.filter(kind__in=(Kind.READ, Kind.EXPORT)).order_by("pk")
    assert [(entry.kind, entry.about) for entry in noted] == [
        ("read", f"mail {mail.pk}"),
        ("read", f"customer {ticket.customer_id}"),
        ("export", f"escalation-{ticket.pk}.json"),
        ("export", f"escalation-{ticket.pk}.html"),
    ]


def test_a_macro_for_everybody_is_noted_an_own_one_is_not(admin):
    own, ours = (
        {**NOTHING, "actions": ["confirm"], "texts": {"en": {"name": name}}} for name in ("mine", "ours")
    )
    shared = {**ours, "scope": "all"}
    mine, kept = create_macro(own, by=admin), create_macro(shared, by=admin)
    save_macro(kept, {**shared, "texts": {"en": {"name": "ours now"}}}, by=admin)
    for macro in (kept, mine):
        offer(macro, by=admin, is_active=False)

    about = AuditEntry.objects.filter(kind=Kind.SETTING).order_by("pk").values_list("about", flat=True)
    assert list(about) == ["macro ours", "macro ours now", "macro ours now"]
