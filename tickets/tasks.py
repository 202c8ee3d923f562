"""Every kind of job, and what Celery may ask a worker to do. A task gets ids, loads, calls one service."""

import time

from django.conf import settings

from tickets.services import mail, outbox
from tickets.services.outbox import Kind
from triage.celery import app

KINDS: outbox.Kinds = {
    "mail_reply": Kind(mail.mail_reply, outside=True),
}


@app.task(name="tickets.run_job")
def run_job(job_id: int) -> None:
    outbox.run(job_id, KINDS)


@app.task(name="tickets.sweep")
def sweep() -> None:
    end = time.monotonic() + 4 * settings.OUTBOX_SWEEP_SECONDS
    outbox.sweep(KINDS, stop=lambda: time.monotonic() > end)
