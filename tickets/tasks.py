"""Every kind of job, and what Celery may ask a worker to do. A task gets ids, loads, calls one service."""

import time

from django.conf import settings

from tickets.services import (
    anchor,
    anchor_telling,
    assignment,
    backtest,
    clock,
    customer_account,
    escalation_mail,
    hold,
    invitation,
    mention,
    outbox,
    probe,
    provider_page,
    report_attempt,
    review_point,
    rota,
    snooze,
)
from tickets.services.charge import gathering, of_ticket
from tickets.services.correlation import live
from tickets.services.failure import keeping
from tickets.services.faq import recheck_telling as faq_recheck_telling
from tickets.services.incident import covering as incident_covering
from tickets.services.incident import delivery as incident_delivery
from tickets.services.mail import fetching as mail_fetching
from tickets.services.mail import sending as mail
from tickets.services.outbox import Kind
from tickets.services.privacy import erasure, retention
from triage.celery import app

KINDS: outbox.Kinds = {
    "anchor_chains": Kind(anchor.anchor_chains),
    "backtest": Kind(backtest.go_on, outside=True),  # in pieces, each written in a transaction of its own
    "charge_of_ticket": Kind(of_ticket.state_charge),
    "correlate": Kind(live.correlate, outside=True),  # reads for long; what it opens is one transaction
    "deliver_update": Kind(incident_delivery.deliver_update),
    "estimate_charges": Kind(gathering.estimate_anew),
    "erase_customer": Kind(erasure.erase_customer, outside=True),  # ticket by ticket
    "fetch_mail": Kind(mail_fetching.fetch_mail, outside=True),
    "follow_account": Kind(customer_account.follow_account),
    "forget_attempts": Kind(report_attempt.forget_attempts, outside=True),
    "forget_failures": Kind(keeping.forget_failures, outside=True),  # piece by piece, not in one transaction
    "gather_charges": Kind(gathering.gather_waiting),
    "judge_covered": Kind(incident_covering.judge_covered),
    "mail_anchor": Kind(anchor_telling.mail_anchor, outside=True),
    "mail_escalation": Kind(escalation_mail.mail_escalation, outside=True),
    "mail_mention": Kind(mention.mail_mention, outside=True),
    "mail_invitation": Kind(invitation.mail_invitation, outside=True),
    "mail_rechecks": Kind(faq_recheck_telling.mail_rechecks, outside=True),
    "mail_reply": Kind(mail.mail_reply, outside=True),
    "mail_review_point": Kind(review_point.mail_review_point, outside=True),
    "note_rechecks": Kind(faq_recheck_telling.note_rechecks),
    "post_anchor": Kind(anchor_telling.post_anchor, outside=True),
    "read_provider_page": Kind(provider_page.read_provider_page, outside=True),
    "restate_open": Kind(clock.restate_open),
    "send_probe": Kind(probe.send_probe, outside=True),
    "release_reply": Kind(hold.release),
    "sweep_retention": Kind(retention.sweep_retention, outside=True),  # piece by piece
    "wake_of_incident": Kind(snooze.wake_of_incident),
    "wake_snoozed": Kind(snooze.wake_when_due),
}


@app.task(name="tickets.run_job")
def run_job(job_id: int) -> None:
    outbox.run(job_id, KINDS)


@app.task(name="tickets.sweep")
def sweep() -> None:
    make_rounds()
    end = time.monotonic() + 4 * settings.OUTBOX_SWEEP_SECONDS
    outbox.sweep(KINDS, stop=lambda: time.monotonic() > end)


def make_rounds() -> None:
    """What every worker looks for between jobs. Done by two at once, it happens once."""
    snooze.wake_overdue()
    assignment.assign_waiting()
    clock.note_breaches()
    rota.start_week()
    review_point.note_overdue_reviews()
    mail_fetching.ask_when_due()
    provider_page.ask_when_due()
    probe.ask_when_due()
    keeping.ask_daily()
    anchor.ask_daily()
    report_attempt.ask_daily()
    faq_recheck_telling.ask_daily()
    retention.ask_daily()
    live.ask_each_minute()
    gathering.ask_when_waiting()
