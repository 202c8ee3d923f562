"""Every address of the product × every role: who gets in. An address that is not listed here fails the test."""

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.factories import make_admin, make_agent, make_billing, make_engineer, make_ticket
from tests.tickets.services.test_rule_set import OWN
from tickets.models import (
    AssignmentRule,
    Backtest,
    BusinessCalendar,
    CannedReply,
    CannedReplyVersion,
    Charge,
    Compensation,
    Escalation,
    FaqEntry,
    FaqText,
    FaqVersion,
    FruitlessSearch,
    GatewayModel,
    InboundMail,
    Incident,
    IncidentUpdate,
    Macro,
    ProviderNotice,
    RuleEntry,
    RuleSet,
    SavedView,
    SlaPolicy,
    Team,
    Ticket,
)
from tickets.services import reply_version
from tickets.services.faq_content import content_of

pytestmark = pytest.mark.django_db

IN, SIGN_IN, NO, MOVED, UNFIT, MISSING = 200, "sign in", 403, 302, 422, 404
# By name: method, body, and the answers for stranger, agent, engineer, billing, admin.
DESK = {
    "inbox": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "live": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "ticket_live": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "saved_view_new": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "saved_view_preview": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "saved_view": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "saved_view_deletion": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "selection": ("post", {}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "change": ("post", {}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "jump": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "columns": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "density": ("post", {}, (SIGN_IN, MOVED, MOVED, MOVED, MOVED)),
    "undoing": ("post", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "ticket": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "ticket_new": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "evidence": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "evidence_request": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "evidence_paste": ("post", {"text": "429"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "file": ("get", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "picture": ("get", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "context": ("get", {}, (SIGN_IN, MOVED, MOVED, MOVED, MOVED)),
    "checklist": ("post", {"words": "look"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "verdict": ("post", {"right": "1"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "verdict_rules": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "message": ("post", {"kind": "note", "body": "seen"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "recall": ("post", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "draft": ("post", {"kind": "note", "body": "seen"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "draft_files": ("post", {"kind": "reply"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "draft_file_deletion": ("post", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "replies": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "canned_replies": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "canned_reply_new": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "canned_reply": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "canned_reply_offering": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "canned_reply_version": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "macros": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "macro_new": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "macro": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "macro_retiring": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "rules": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "rule": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "rule_new": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "rule_edit": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "rule_place": ("post", {"do": "up"}, (SIGN_IN, NO, NO, NO, MOVED)),
    "rule_trial": ("post", {"trial": "429"}, (SIGN_IN, IN, IN, NO, IN)),
    "rules_import": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "rule_sets": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "rule_set_new": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "rule_set": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "rule_set_state": ("post", {"to": "tested"}, (SIGN_IN, NO, NO, NO, MOVED)),
    "rule_set_export": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "rule_case": ("get", {}, (SIGN_IN, NO, NO, NO, MISSING)),
    "backtest_new": ("post", {"days": "30"}, (SIGN_IN, NO, NO, NO, MOVED)),
    "backtest": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "backtest_cancelling": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "ticket_articles": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "ticket_macros": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "macro_run": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "macro_undoing": ("post", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "assignment": ("post", {}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "ticket_team": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "teams": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "team_new": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "team": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "team_deletion": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "snooze": ("post", {"choice": "reply"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "waking": ("post", {}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "escalation": ("post", {"reason": "look"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "escalation_card": ("get", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "escalation_words": ("post", {"reason": "it is slow"}, (SIGN_IN, IN, IN, NO, IN)),
    "outcome": ("post", {}, (SIGN_IN, UNFIT, UNFIT, NO, UNFIT)),
    "reopening": ("post", {}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "bundle": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "merging": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "merge_undoing": ("post", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "split_undoing": ("post", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "splitting": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "kept_apart": ("post", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "tags": ("post", {"tags": "a-tag"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "failures": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "failure_rows": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "charges": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "charge_totals": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "charges_export": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "charges_import": ("get", {}, (SIGN_IN, NO, IN, IN, IN)),
    "charge": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "charge_aside": ("post", {"because": "it gave a result"}, (SIGN_IN, NO, NO, MOVED, MOVED)),
    "compensations": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "compensation_new": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "compensation": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "compensation_approval": ("post", {}, (SIGN_IN, NO, NO, MOVED, MOVED)),
    "compensation_refusal": ("post", {}, (SIGN_IN, NO, NO, UNFIT, UNFIT)),
    "compensation_outcome": ("post", {}, (SIGN_IN, NO, NO, UNFIT, UNFIT)),
    "compensation_withdrawal": ("post", {}, (SIGN_IN, NO, NO, NO, NO)),  # somebody else's
    "ledger": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "ledger_tickets": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "provider_timeline": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "notices": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "notices_page": ("post", {"provider": "openai", "text": "[]"}, (SIGN_IN, NO, MOVED, NO, MOVED)),
    "notice": ("get", {}, (SIGN_IN, NO, IN, NO, IN)),
    "notice_deletion": ("post", {}, (SIGN_IN, NO, MOVED, NO, MOVED)),
    "compensation_limits": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "incidents": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "incident_new": ("get", {}, (SIGN_IN, NO, IN, NO, IN)),
    "incident": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "incident_state": ("post", {"state": "identified"}, (SIGN_IN, NO, MOVED, NO, MOVED)),
    "incident_tickets": ("post", {"numbers": "1"}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "incident_merging": ("post", {"other": "1"}, (SIGN_IN, NO, UNFIT, NO, UNFIT)),
    "incident_unmerging": ("post", {}, (SIGN_IN, NO, MOVED, NO, MOVED)),
    "incident_apart": ("post", {"other": "1"}, (SIGN_IN, NO, MOVED, NO, MOVED)),
    "incident_splitting": ("post", {}, (SIGN_IN, NO, UNFIT, NO, UNFIT)),
    "incident_update": ("get", {}, (SIGN_IN, NO, IN, NO, IN)),
    "incident_progress": ("get", {}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "incident_rest": ("post", {}, (SIGN_IN, NO, MOVED, NO, MOVED)),
    "preferences": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "models": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "model_new": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "model": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "model_deletion": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "models_import": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "models_export": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "inbound_mails": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "inbound_mail": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "inbound_mail_trying": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "away": ("post", {"back": "1"}, (SIGN_IN, MOVED, MOVED, MOVED, MOVED)),
    "work": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "work_person": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "assignment_rule_new": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "assignment_rule": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "assignment_rule_deletion": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "calendar_new": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "calendar": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "calendar_deletion": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "policy_new": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "status_page": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "correlation": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "policy": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "policy_deletion": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "review": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "rota": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "rota_week": ("post", {}, (SIGN_IN, NO, MOVED, NO, MOVED)),
    "review_escalation": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "review_decision": ("post", {"decision": "accept"}, (SIGN_IN, NO, MOVED, NO, MOVED)),
    "review_point": ("post", {"at": "2026"}, (SIGN_IN, NO, UNFIT, NO, UNFIT)),
    "review_returning": ("post", {}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "packet_json": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "packet_page": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "provider_text": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "people": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "person": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "person_state": ("post", {"do": "sign_out"}, (SIGN_IN, NO, NO, NO, MOVED)),
    "second_factors": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "invitation_withdrawal": ("post", {}, (SIGN_IN, NO, NO, NO, MISSING)),
    "audit": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "audit_export": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "retention": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "customers": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "customer": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "customer_export": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "customer_erasure": ("post", {}, (SIGN_IN, NO, NO, NO, UNFIT)),
    "person_export": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "person_erasure": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "anchors": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "anchor_export": ("get", {}, (SIGN_IN, NO, NO, NO, MISSING)),
    "saved": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "saved_attempts": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "searches": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "search_draft": ("post", {}, (SIGN_IN, MOVED, MOVED, NO, MOVED)),
    "search_aside": ("post", {}, (SIGN_IN, NO, NO, NO, MOVED)),
    "articles": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "curation": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),
    "candidates": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "candidate_draft": ("post", {}, (SIGN_IN, MISSING, MISSING, NO, MISSING)),
    "candidate_addition": ("post", {}, (SIGN_IN, NO, NO, NO, MISSING)),
    "candidate_aside": ("post", {}, (SIGN_IN, NO, NO, NO, MISSING)),
    "faq_entry_new": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "faq_entry": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "faq_entry_words": ("get", {}, (SIGN_IN, NO, NO, NO, IN)),  # a draft of somebody else
    "faq_entry_preview": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "faq_entry_step": ("post", {"do": "submit"}, (SIGN_IN, NO, NO, NO, MOVED)),
    "faq_entry_version": ("get", {}, (SIGN_IN, IN, IN, NO, IN)),
    "keys": ("get", {}, (SIGN_IN, IN, IN, IN, IN)),
    "single_keys": ("post", {}, (SIGN_IN, MOVED, MOVED, MOVED, MOVED)),
}
TOOLS = {"tools", "tool_request", "tool_base_url", "tool_model_name", "tool_safe_request", "tool_pacing"}
OPEN_TO_ALL = {
    "vote",
    "vote_zh",
    "report_reads",
    "report_solved",
    "faq",
    "article",
    "article_zh",
    "article_text",
    "article_text_zh",
    "faq_zh",
    "feed",
    "feed_zh",
    "sitemap",
    "llms",
    "robots",
    "article_by_code",
    *TOOLS,
    "home",
    "report",
    "follow_up",
    "follow_up_message",
    "follow_up_file",
    "working_again",
    "status",
    "status_zh",
    "status_json",
    "status_json_zh",
    "status_unresolved",
    "status_feed",
    "status_feed_zh",
    "invitation",
    "language",
    "healthz",
    "signing_key",
}
ROLES = ("stranger", "agent", "engineer", "billing", "admin")
MAKE = {"agent": make_agent, "engineer": make_engineer, "billing": make_billing, "admin": make_admin}


@pytest.mark.parametrize("name", DESK)
def test_who_gets_in(name):
    """Each role finds everything as it was before the others came."""
    ticket = make_ticket()
    make_others(ticket)
    at = address(name, ticket)
    method, body, answers = DESK[name]
    for role, expected in zip(ROLES, answers, strict=True):
        with transaction.atomic():
            client = Client()
            if role in MAKE:
                client.force_login(MAKE[role]())
            answer = getattr(client, method)(at, body)
            transaction.set_rollback(True)
        if expected == SIGN_IN and method == "post":  # the typed text is kept
            assert (answer.status_code, answer.templates[0].name) == (403, "errors/expired.html"), role
        elif expected == SIGN_IN:
            assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (
                302,
                "/accounts/login/",
            ), role
        else:
            assert answer.status_code == expected, role


@pytest.mark.parametrize("name", DESK)
def test_no_other_method_and_no_fragment_lets_anybody_else_in(client, name):
    """Who is refused is refused whatever they send; who only reads changes nothing."""
    ticket = make_ticket()
    make_others(ticket)
    at = address(name, ticket)
    _, body, answers = DESK[name]
    for role, expected in zip(ROLES, answers, strict=True):
        refused = expected in (SIGN_IN, NO)
        if not (refused or role == "billing"):
            continue
        if role in MAKE:
            client.force_login(MAKE[role]())
        for method in ("get", "head", "post", "put", "delete", "options"):
            for headers in ({}, {"HX-Request": "true", "HX-Target": "main"}):
                answer = getattr(client, method)(at, body, headers=headers)
                assert answer.status_code < 500, (role, method, headers)
                if refused:
                    assert answer.status_code in (302, 403, 405), (role, method, headers)
                    assert answer.headers.get("Location", "/accounts/").startswith("/accounts/")
        assert ticket.events.count() == ticket.chain_length, role


def test_every_address_is_listed():
    named = {pattern.name for pattern in own_patterns()}

    assert named == set(DESK) | OPEN_TO_ALL


def test_a_retired_person_sees_nothing():
    person = make_agent(is_active=False)
    make_ticket()

    assert not Ticket.objects.visible_to(person).exists()


def test_billing_sees_charges_and_no_evidence(client):
    ticket = make_ticket("my request failed 404 Invalid URL", told={"charged": True})
    client.force_login(make_billing())

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Invalid URL" not in page.replace(ticket.subject, "")
    assert "sees charges" in page


def test_billing_does_not_read_evidence_in_the_history(client):
    ticket = make_ticket()
    client.force_login(make_agent())
    client.post(f"/tickets/{ticket.number}/evidence/model/", {"value": "model-that-nobody-else-names"})
    client.force_login(make_billing())

    assert "model-that-nobody-else-names" not in client.get(f"/tickets/{ticket.number}/").content.decode()


# The library's pages: who a stranger is taken for. Nothing here shows a ticket.
ACCOUNT_OPEN = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    None,
}  # fmt: skip
ACCOUNT_SIGNED_IN = {
    "account_reauthenticate": "/accounts/reauthenticate/",
    "account_email": "/accounts/email/",
    "account_change_password": "/accounts/password/change/",
    "account_set_password": "/accounts/password/set/",
    "mfa_index": "/accounts/2fa/",
    "mfa_authenticate": "/accounts/2fa/authenticate/",
    "mfa_reauthenticate": "/accounts/2fa/reauthenticate/",
    "mfa_activate_totp": "/accounts/2fa/totp/activate/",
    "mfa_deactivate_totp": "/accounts/2fa/totp/deactivate/",
    "mfa_view_recovery_codes": "/accounts/2fa/recovery-codes/",
    "mfa_generate_recovery_codes": "/accounts/2fa/recovery-codes/generate/",
    "mfa_download_recovery_codes": "/accounts/2fa/recovery-codes/download/",
    "mfa_list_webauthn": "/accounts/2fa/webauthn/",
    "mfa_add_webauthn": "/accounts/2fa/webauthn/add/",
    "mfa_reauthenticate_webauthn": "/accounts/2fa/webauthn/reauthenticate/",
    "mfa_remove_webauthn": "/accounts/2fa/webauthn/keys/1/remove/",
    "mfa_edit_webauthn": "/accounts/2fa/webauthn/keys/1/edit/",
    "usersessions_list": "/accounts/sessions/",
    "socialaccount_connections": "/accounts/3rdparty/",
}


def test_every_account_page_is_listed():
    named = {pattern.name for route, pattern in all_patterns() if route.startswith("accounts/")}

    assert named == ACCOUNT_OPEN | set(ACCOUNT_SIGNED_IN)


@pytest.mark.parametrize("path", ACCOUNT_SIGNED_IN.values())
def test_a_stranger_changes_no_way_to_sign_in(client, path):
    for method in ("get", "post"):
        answer = getattr(client, method)(path, follow=True)

        assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def make_others(ticket):
    """What the addresses name beside the ticket; each is another person's."""
    SavedView.objects.create(pk=1, owner=make_agent(), is_shared=True, name="of another agent")
    GatewayModel.objects.create(pk=1, name="demo-1")
    InboundMail.objects.create(pk=1, state=InboundMail.State.APPENDED)
    incident = Incident.objects.create(pk=1, title="everything fails")
    IncidentUpdate.objects.create(pk=1, incident=incident, state="identified", text_en="We are looking.")
    AssignmentRule.objects.create(pk=1, name="everything")
    Escalation.objects.create(pk=1, ticket=make_ticket(), by=make_agent(), reason="look")
    calendar = BusinessCalendar.objects.create(pk=1, name="day and night", always_open=True)
    SlaPolicy.objects.create(pk=1, name="everything", calendar=calendar)
    entry = FaqEntry.objects.create(pk=1, slug="draft")
    FaqText.objects.create(entry=entry, language="en", title="A draft")
    FaqVersion.objects.create(entry=entry, number=1, content=content_of(entry))
    Team.objects.create(pk=1, name="Asia")
    FruitlessSearch.objects.create(pk=1, language="en", words="zebra crossing")
    ProviderNotice.objects.create(pk=1, provider="openai", title="errors", published_at=timezone.now())
    compensation = Compensation.objects.create(
        pk=1, amount=1, currency="USD", reason="no result", proposed_by=make_agent()
    )
    Charge.objects.create(
        pk=1, key="request:r1", request_id="r1", occurred_at=timezone.now(), due=1, currency="USD"
    )
    Charge.objects.create(
        pk=2, key="request:r2", occurred_at=timezone.now(), state="proposed", compensation=compensation
    )
    reply = CannedReply.objects.create(pk=1, slug="look-again", cause="unknown")
    CannedReplyVersion.objects.create(reply=reply, number=1, content=reply_version.content_of(reply))
    Macro.objects.create(pk=1, slug="confirm", name="Confirm", actions=["confirm"])
    base = RuleSet.objects.create(number=2, version="built in", is_built_in=True, state="retired")
    rule_set = RuleSet.objects.create(number=1, version="draft", base=base)
    RuleEntry.objects.create(rule_set=rule_set, rule="own-teapot", kind="own", written=OWN, position=1)
    Backtest.objects.create(pk=1, rule_set=rule_set, digest="of its rules")
    with connection.cursor() as cursor:  # the next ones get other numbers
        numbered = [Escalation, SavedView, Macro, Backtest, Team]
        for statement in connection.ops.sequence_reset_sql(no_style(), numbered):
            cursor.execute(statement)


def address(name, ticket):
    number = ticket.number
    return {
        "inbox": "/desk/",
        "live": "/desk/live/",
        "ticket_live": f"/tickets/{number}/live/",
        "rules": "/curation/rules/",
        "rule": "/curation/rules/one/own-teapot/",
        "rule_new": "/curation/rules/new/",
        "rule_edit": "/curation/rules/one/own-teapot/text/",
        "rule_place": "/curation/rules/one/own-teapot/place/",
        "rule_trial": "/curation/rules/trial/",
        "rules_import": "/curation/rules/import/",
        "rule_sets": "/curation/rules/sets/",
        "rule_set_new": "/curation/rules/sets/new/",
        "rule_set": "/curation/rules/sets/1/",
        "rule_set_state": "/curation/rules/sets/1/state/",
        "rule_set_export": "/curation/rules/sets/1/rules.yaml",
        "rule_case": f"/tickets/{number}/verdict/test-case/",
        "backtest_new": "/curation/rules/sets/1/backtests/",
        "backtest": "/curation/rules/backtests/1/",
        "backtest_cancelling": "/curation/rules/backtests/1/cancelling/",
        "saved_view_new": "/desk/views/",
        "saved_view_preview": "/desk/views/preview/",
        "saved_view": "/desk/views/1/",
        "saved_view_deletion": "/desk/views/1/deletion/",
        "selection": "/desk/selection/",
        "change": "/desk/changes/confirm/",
        "jump": "/desk/jump/",
        "columns": "/desk/columns/",
        "density": "/desk/density/",
        "undoing": "/desk/changes/1/undoing/",  # somebody else's, or none: not found
        "ticket": f"/tickets/{number}/",
        "ticket_new": "/tickets/new/",
        "evidence": f"/tickets/{number}/evidence/model/",
        "evidence_paste": f"/tickets/{number}/evidence/",
        "file": "/files/1/error.log",
        "picture": "/pictures/1/shot.png",
        "evidence_request": f"/tickets/{number}/evidence-request/",
        "context": f"/tickets/{number}/context/history/",
        "checklist": f"/tickets/{number}/checklist/",
        "verdict": f"/tickets/{number}/verdict/",
        "verdict_rules": f"/tickets/{number}/verdict/rules/",
        "message": f"/tickets/{number}/messages/",
        "recall": f"/tickets/{number}/messages/1/recall/",  # somebody else's, or none: not found
        "draft": f"/tickets/{number}/draft/",
        "draft_files": f"/tickets/{number}/draft/files/",
        "draft_file_deletion": f"/tickets/{number}/draft/files/1/deletion/",  # not one's own: not found
        "replies": f"/tickets/{number}/replies/",
        "canned_replies": "/curation/replies/",
        "canned_reply_new": "/curation/replies/new/",
        "canned_reply": "/curation/replies/1/",
        "canned_reply_offering": "/curation/replies/1/offering/",
        "canned_reply_version": "/curation/replies/1/versions/1/",
        "macros": "/curation/macros/",
        "macro_new": "/curation/macros/new/",
        "macro": "/curation/macros/1/",
        "macro_retiring": "/curation/macros/1/retiring/",
        "ticket_articles": f"/tickets/{number}/articles/",
        "ticket_macros": f"/tickets/{number}/macros/",
        "macro_run": f"/tickets/{number}/macros/1/",
        "macro_undoing": "/macro-runs/1/undoing/",  # somebody else's, or none: not found
        "assignment": f"/tickets/{number}/assignment/",
        "ticket_team": f"/tickets/{number}/team/",
        "teams": "/curation/teams/",
        "team_new": "/curation/teams/new/",
        "team": "/curation/teams/1/",
        "team_deletion": "/curation/teams/1/deletion/",
        "snooze": f"/tickets/{number}/snooze/",
        "waking": f"/tickets/{number}/waking/",
        "escalation": f"/tickets/{number}/escalation/",
        "escalation_card": f"/tickets/{number}/escalation/card/",
        "escalation_words": f"/tickets/{number}/escalation/words/",
        "outcome": f"/tickets/{number}/outcome/",
        "reopening": f"/tickets/{number}/reopening/",
        "bundle": f"/tickets/{number}/bundle.zip",
        "merging": "/desk/merging/",
        "merge_undoing": "/merges/1/undoing/",
        "split_undoing": "/splits/1/undoing/",
        "splitting": f"/tickets/{number}/messages/{ticket.messages.get().pk}/splitting/",
        "kept_apart": f"/tickets/{number}/apart/999999/",
        "tags": f"/tickets/{number}/tags/",
        "saved": "/curation/saved/",
        "saved_attempts": "/curation/saved/attempts/",
        "searches": "/curation/searches/",
        "search_draft": "/curation/searches/1/draft/",
        "search_aside": "/curation/searches/1/setting-aside/",
        "articles": "/curation/articles/",
        "curation": "/curation/articles/settings/",
        "candidates": "/curation/articles/candidates/",
        "candidate_draft": "/curation/articles/candidates/draft/",
        "candidate_addition": "/curation/articles/candidates/addition/",
        "candidate_aside": "/curation/articles/candidates/setting-aside/",
        "faq_entry_new": "/curation/articles/new/",
        "faq_entry": "/curation/articles/1/",
        "faq_entry_words": "/curation/articles/1/words/",
        "faq_entry_preview": "/curation/articles/1/preview/en/",
        "faq_entry_step": "/curation/articles/1/step/",
        "faq_entry_version": "/curation/articles/1/versions/1/",
        "failures": "/failures/",
        "failure_rows": "/failures/rows/",
        "charges": "/charges/",
        "charge_totals": "/charges/totals/",
        "charges_export": "/charges/charges.csv",
        "charges_import": "/charges/import/",
        "charge": "/charges/1/",
        "charge_aside": "/charges/1/aside/",
        "compensations": "/compensations/",
        "compensation_new": "/compensations/new/?charge=1",
        "compensation": "/compensations/1/",
        "compensation_approval": "/compensations/1/approval/",
        "compensation_refusal": "/compensations/1/refusal/",
        "compensation_outcome": "/compensations/1/outcome/",
        "compensation_withdrawal": "/compensations/1/withdrawal/",
        "ledger": "/ledger/",
        "ledger_tickets": "/ledger/tickets/?provider=openai&since=2026-01-01T00:00Z&until=2026-01-02T00:00Z",
        "provider_timeline": "/ledger/timeline/?provider=openai",
        "notices": "/ledger/notices/",
        "notices_page": "/ledger/notices/page/",
        "notice": "/ledger/notices/1/",
        "notice_deletion": "/ledger/notices/1/deletion/",
        "compensation_limits": "/curation/compensation/",
        "incidents": "/incidents/",
        "incident_new": "/incidents/new/",
        "incident": "/incidents/1/",
        "incident_state": "/incidents/1/state/",
        "incident_merging": "/incidents/1/merging/",
        "incident_unmerging": "/incidents/1/unmerging/",
        "incident_apart": "/incidents/1/apart/",
        "incident_splitting": "/incidents/1/splitting/",
        "incident_update": "/incidents/1/update/",
        "incident_progress": "/incidents/1/updates/1/",
        "incident_rest": "/incidents/1/updates/1/rest/",
        "incident_tickets": "/incidents/1/tickets/",
        "preferences": "/preferences/",
        "models": "/curation/models/",
        "model_new": "/curation/models/new/",
        "model": "/curation/models/1/",
        "model_deletion": "/curation/models/1/deletion/",
        "models_import": "/curation/models/import/",
        "models_export": "/curation/models/export/",
        "inbound_mails": "/curation/mail/",
        "inbound_mail": "/curation/mail/1/",
        "inbound_mail_trying": "/curation/mail/1/trying/",
        "away": "/preferences/away/",
        "work": "/curation/work/",
        "work_person": f"/curation/work/people/{SavedView.objects.get().owner_id}/",
        "assignment_rule_new": "/curation/work/assignment/new/",
        "assignment_rule": "/curation/work/assignment/1/",
        "assignment_rule_deletion": "/curation/work/assignment/1/deletion/",
        "calendar_new": "/curation/work/calendars/new/",
        "calendar": "/curation/work/calendars/1/",
        "calendar_deletion": "/curation/work/calendars/1/deletion/",
        "policy_new": "/curation/work/levels/new/",
        "status_page": "/curation/status-page/",
        "correlation": "/curation/correlation/",
        "policy": "/curation/work/levels/1/",
        "policy_deletion": "/curation/work/levels/1/deletion/",
        "review": "/review/",
        "rota": "/review/rota/",
        "rota_week": "/review/rota/weeks/",
        "review_escalation": "/review/1/",
        "review_decision": "/review/1/decision/",
        "review_point": "/review/1/review-point/",
        "review_returning": "/review/1/returning/",
        "packet_json": "/review/1/packet.json",
        "packet_page": "/review/1/packet.html",
        "provider_text": "/review/1/provider-text/",
        "people": "/curation/people/",
        "person": f"/curation/people/{SavedView.objects.get(pk=1).owner_id}/",
        "person_state": f"/curation/people/{SavedView.objects.get(pk=1).owner_id}/state/",
        "second_factors": "/curation/people/factors/",
        "invitation_withdrawal": "/curation/people/invitations/1/withdrawal/",
        "audit": "/curation/audit/",
        "audit_export": "/curation/audit/audit.csv",
        "retention": "/curation/retention/",
        "customers": "/curation/customers/",
        "customer": f"/curation/customers/{ticket.customer_id}/",
        "customer_export": f"/curation/customers/{ticket.customer_id}/data.zip",
        "customer_erasure": f"/curation/customers/{ticket.customer_id}/erasure/",
        "person_export": f"/curation/people/{SavedView.objects.get().owner_id}/data.zip",
        "person_erasure": f"/curation/people/{SavedView.objects.get().owner_id}/erasure/",
        "anchors": "/curation/anchors/",
        "anchor_export": "/curation/anchors/1.json",
        "keys": "/desk/keys/",
        "single_keys": "/preferences/keys/",
    }[name]


def own_patterns():
    """Our own addresses: neither the library's account pages nor the API, which has its own tests."""
    return (pattern for route, pattern in all_patterns() if not route.startswith(("accounts/", "api/")))


def all_patterns(patterns=None, inside=""):
    """Every address with its route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = inside + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern
