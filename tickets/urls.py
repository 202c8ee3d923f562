from django.urls import path

from tickets.api import api
from tickets.views import (
    arrivals,
    assignment,
    change,
    checklist,
    context,
    escalation,
    evidence,
    evidence_request,
    faq,
    follow_up,
    gateway_model,
    inbound_mail,
    inbox,
    incident,
    merge,
    message,
    outcome,
    preference,
    report,
    saved_view,
    selection,
    snooze,
    split,
    tag,
    ticket,
    tools,
    verdict,
)

help_centre = [
    path("", report.home, name="home"),
    path("report/", report.create, name="report"),
    path("faq", faq.index, name="faq"),
    path("faq/<slug:slug>", faq.show, name="article"),
    path("zh/faq/<slug:slug>", faq.show, {"language": "zh-hans"}, name="article_zh"),
    path("e/<str:code>", faq.by_code, name="article_by_code"),
    path("t/<slug:token>/", follow_up.show, name="follow_up"),
    path("t/<slug:token>/messages/", follow_up.create_message, name="follow_up_message"),
    path("language/", preference.language, name="language"),
]

desk = [
    path("desk/", inbox.show, name="inbox"),
    path("desk/arrivals/", arrivals.show, name="arrivals"),
    path("desk/views/", saved_view.create, name="saved_view_new"),
    path("desk/views/preview/", saved_view.preview, name="saved_view_preview"),
    path("desk/views/<int:pk>/", saved_view.show, name="saved_view"),
    path("desk/views/<int:pk>/deletion/", saved_view.delete, name="saved_view_deletion"),
    path("desk/selection/", selection.create, name="selection"),
    path("desk/changes/", change.create, name="changes"),
    path("desk/changes/<int:pk>/undoing/", change.undoing, name="undoing"),
    path("desk/merging/", merge.create, name="merging"),
    path("merges/<int:pk>/undoing/", merge.undoing, name="merge_undoing"),
    path("splits/<int:pk>/undoing/", split.undoing, name="split_undoing"),
    path("tickets/<int:number>/messages/<int:message>/splitting/", split.create, name="splitting"),
    path("tickets/<int:number>/apart/<int:other>/", merge.apart, name="kept_apart"),
    path("tickets/new/", ticket.create, name="ticket_new"),
    path("tickets/<int:number>/", ticket.show, name="ticket"),
    path("tickets/<int:number>/evidence/<slug:field>/", evidence.show, name="evidence"),
    path("tickets/<int:number>/evidence-request/", evidence_request.create, name="evidence_request"),
    path("tickets/<int:number>/context/<slug:tab>/", context.show, name="context"),
    path("tickets/<int:number>/checklist/", checklist.create, name="checklist"),
    path("tickets/<int:number>/verdict/", verdict.create, name="verdict"),
    path("tickets/<int:number>/verdict/rules/", verdict.rules, name="verdict_rules"),
    path("tickets/<int:number>/messages/", message.create, name="message"),
    path("tickets/<int:number>/assignment/", assignment.create, name="assignment"),
    path("tickets/<int:number>/snooze/", snooze.create, name="snooze"),
    path("tickets/<int:number>/waking/", snooze.waking, name="waking"),
    path("tickets/<int:number>/escalation/", escalation.create, name="escalation"),
    path("tickets/<int:number>/outcome/", outcome.create, name="outcome"),
    path("tickets/<int:number>/reopening/", outcome.reopen, name="reopening"),
    path("tickets/<int:number>/tags/", tag.create, name="tags"),
    path("incidents/", incident.index, name="incidents"),
    path("incidents/new/", incident.create, name="incident_new"),
    path("incidents/<int:pk>/", incident.show, name="incident"),
    path("incidents/<int:pk>/state/", incident.state, name="incident_state"),
    path("incidents/<int:pk>/tickets/", incident.tickets, name="incident_tickets"),
    path("preferences/", preference.show, name="preferences"),
]

public_tools = [
    path("tools/", tools.index.show, name="tools"),
    path("tools/request/", tools.request.show, name="tool_request"),
    path("tools/base-url/", tools.base_url.show, name="tool_base_url"),
    path("tools/model-name/", tools.model_name.show, name="tool_model_name"),
    path("tools/safe-request/", tools.safe_request.show, name="tool_safe_request"),
    path("tools/pacing/", tools.pacing.show, name="tool_pacing"),
]

models = [
    path("curation/models/", gateway_model.index, name="models"),
    path("curation/models/new/", gateway_model.create, name="model_new"),
    path("curation/models/import/", gateway_model.bring, name="models_import"),
    path("curation/models/export/", gateway_model.export, name="models_export"),
    path("curation/models/<int:pk>/", gateway_model.show, name="model"),
    path("curation/models/<int:pk>/deletion/", gateway_model.delete, name="model_deletion"),
]

mail = [
    path("curation/mail/", inbound_mail.index, name="inbound_mails"),
    path("curation/mail/<int:pk>/", inbound_mail.show, name="inbound_mail"),
    path("curation/mail/<int:pk>/trying/", inbound_mail.trying, name="inbound_mail_trying"),
]

urlpatterns = [*help_centre, *public_tools, *desk, *models, *mail, path("api/v1/", api.urls)]
