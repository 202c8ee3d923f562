"""Telling an anchor to somebody outside, so that a copy stands where nobody of the desk can change it."""

import json

import httpx
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from tickets.models import Anchor

from .anchor import document_of, head_of
from .mail.sending import deliver
from .outbox import TryAgain

SECONDS = 20
LONGEST_LETTER = (
    2_000_000  # bytes of the attached document; a longer one is left out, its head stands in the text
)


def mail_anchor(number: int, *, idempotency_key: str) -> None:
    anchor = Anchor.objects.get(number=number)
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Anchor %(number)d of %(day)s") % {"number": anchor.number, "day": anchor.day}
        words = _("Keep this letter: it shows whether evidence of the desk was written anew later on.")
    head = json.dumps(head_of(anchor), indent=2)
    letter = EmailMessage(
        subject=subject,
        body=f"{words}\n\n{head}\n",
        to=settings.ANCHOR_MAIL_TO,
        headers={"Message-ID": f"<anchor.{anchor.number}@triage-desk>", "Auto-Submitted": "auto-generated"},
    )
    document = json.dumps(document_of(anchor)).encode()
    if len(document) <= LONGEST_LETTER:
        letter.attach(f"anchor-{anchor.number}.json", document, "application/json")
    deliver(letter)


def post_anchor(number: int, *, idempotency_key: str) -> None:
    anchor = Anchor.objects.get(number=number)
    try:
        answer = httpx.post(
            settings.ANCHOR_POST_URL,
            json=document_of(anchor),
            headers={"Idempotency-Key": idempotency_key},
            timeout=SECONDS,
        )
    except httpx.HTTPError as problem:
        raise TryAgain(f"{type(problem).__name__}: {problem}") from problem
    if answer.status_code >= 400:
        raise TryAgain(f"The receiver of anchors answered {answer.status_code}.")
