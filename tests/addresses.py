"""A working address for each name in the permission table, and the records that stand behind them."""

from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from tests.factories import make_agent, make_ticket
from tests.tickets.services.rule.test_set import OWN
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
    MacroVersion,
    Probe,
    ProviderNotice,
    ProviderPage,
    RuleEntry,
    RuleSet,
    SavedView,
    SlaPolicy,
    Team,
)
from tickets.services import reply_version
from tickets.services.faq.content import content_of
from tickets.services.macro import version as macro_version


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
    Probe.objects.create(pk=1, provider="openai", model="gpt-4o", address="https://gateway.invalid/v1")
    ProviderPage.objects.create(pk=1, provider="openai", address="https://status.openai.invalid")
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
    macro = Macro.objects.create(pk=1, slug="confirm", name="Confirm", actions=["confirm"])
    MacroVersion.objects.create(macro=macro, number=1, content=macro_version.content_of(macro))
    base = RuleSet.objects.create(number=2, version="built in", is_built_in=True, state="retired")
    rule_set = RuleSet.objects.create(number=1, version="draft", base=base)
    RuleEntry.objects.create(rule_set=rule_set, rule="own-teapot", kind="own", written=OWN, position=1)
    Backtest.objects.create(pk=1, rule_set=rule_set, digest="of its rules")
    with connection.cursor() as cursor:  # the next ones get other numbers
        numbered = [Escalation, FaqEntry, SavedView, Macro, Backtest, Team]
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
        "macro_version": "/curation/macros/1/versions/1/",
        "macro_retiring": "/curation/macros/1/retiring/",
        "ticket_articles": f"/tickets/{number}/articles/",
        "mentions": f"/tickets/{number}/mentions/",
        "ticket_macros": f"/tickets/{number}/macros/",
        "macro_run": f"/tickets/{number}/macros/1/",
        "macro_undoing": "/macro-runs/1/undoing/",  # somebody else's, or none: not found
        "assignment": f"/tickets/{number}/assignment/",
        "ticket_team": f"/tickets/{number}/team/",
        "ticket_account": f"/tickets/{number}/account/",
        "teams": "/curation/teams/",
        "team_new": "/curation/teams/new/",
        "team": "/curation/teams/1/",
        "team_deletion": "/curation/teams/1/deletion/",
        "ticket_status": f"/tickets/{ticket.number}/status/",
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
        "probes": "/ledger/probes/",
        "probe_new": "/ledger/probes/new/",
        "probe": "/ledger/probes/1/",
        "probe_sending": "/ledger/probes/1/sending/",
        "probe_deletion": "/ledger/probes/1/deletion/",
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
        "provider_pages": "/curation/provider-pages/",
        "provider_page_new": "/curation/provider-pages/new/",
        "provider_page": "/curation/provider-pages/1/",
        "provider_page_reading": "/curation/provider-pages/1/reading/",
        "provider_page_deletion": "/curation/provider-pages/1/deletion/",
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
