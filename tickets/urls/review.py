"""The review: escalations, money taken for nothing, the provider ledger."""

from django.urls import path

from tickets.views import (
    charge,
    charge_import,
    compensation,
    compensation_limit,
    ledger,
    notice,
    packet,
    probe,
    provider_timeline,
    review,
    review_decision,
    rota,
)

review_room = [
    path("review/", review.index, name="review"),
    path("review/rota/", rota.show, name="rota"),
    path("review/rota/weeks/", rota.week, name="rota_week"),
    path("review/<int:pk>/", review.show, name="review_escalation"),
    path("review/<int:pk>/decision/", review_decision.create, name="review_decision"),
    path("review/<int:pk>/review-point/", review_decision.point, name="review_point"),
    path("review/<int:pk>/returning/", review_decision.returning, name="review_returning"),
    path("review/<int:pk>/packet.json", packet.as_json, name="packet_json"),
    path("review/<int:pk>/packet.html", packet.as_page, name="packet_page"),
    path("review/<int:pk>/provider-text/", packet.for_provider, name="provider_text"),
]

money = [
    path("charges/", charge.index, name="charges"),
    path("charges/totals/", charge.totals, name="charge_totals"),
    path("charges/charges.csv", charge.export, name="charges_export"),
    path("charges/import/", charge_import.create, name="charges_import"),
    path("charges/<int:pk>/", charge.show, name="charge"),
    path("charges/<int:pk>/aside/", charge.aside, name="charge_aside"),
    path("compensations/", compensation.index, name="compensations"),
    path("compensations/new/", compensation.create, name="compensation_new"),
    path("compensations/<int:pk>/", compensation.show, name="compensation"),
    path("compensations/<int:pk>/approval/", compensation.approval, name="compensation_approval"),
    path("compensations/<int:pk>/refusal/", compensation.refusal, name="compensation_refusal"),
    path("compensations/<int:pk>/outcome/", compensation.outcome, name="compensation_outcome"),
    path("compensations/<int:pk>/withdrawal/", compensation.withdrawal, name="compensation_withdrawal"),
    path("ledger/", ledger.index, name="ledger"),
    path("ledger/tickets/", ledger.tickets, name="ledger_tickets"),
    path("ledger/timeline/", provider_timeline.show, name="provider_timeline"),
    path("ledger/probes/", probe.index, name="probes"),
    path("ledger/probes/new/", probe.create, name="probe_new"),
    path("ledger/probes/<int:pk>/", probe.show, name="probe"),
    path("ledger/probes/<int:pk>/sending/", probe.send, name="probe_sending"),
    path("ledger/probes/<int:pk>/deletion/", probe.delete, name="probe_deletion"),
    path("ledger/notices/", notice.index, name="notices"),
    path("ledger/notices/page/", notice.read, name="notices_page"),
    path("ledger/notices/<int:pk>/", notice.show, name="notice"),
    path("ledger/notices/<int:pk>/deletion/", notice.delete, name="notice_deletion"),
    path("curation/compensation/", compensation_limit.show, name="compensation_limits"),
]

urlpatterns = [*review_room, *money]
