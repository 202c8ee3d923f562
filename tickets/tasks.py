"""Every kind of job, and what Celery may ask a worker to do. A task gets ids, loads, calls one service."""

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
    outbox.sweep(KINDS, seconds=settings.OUTBOX_SWEEP_SECONDS * 4)
