"""Letters to people of the desk, in their language and zone."""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.utils import timezone, translation

from tickets.models import Person

from .mail.sending import deliver


def write_to(person: Person, key: str, words: Callable[[], tuple[str, list[str]]]) -> None:
    """Send what `words` says, subject and paragraphs, in the reader's language. `key` names the letter: sent twice,
    it has the same Message-ID.
    """
    with translation.override(person.language), timezone.override(person.time_zone):
        subject, paragraphs = words()
    name = "".join(letter if letter.isalnum() else "." for letter in key)
    deliver(
        EmailMessage(
            subject=" ".join(subject.split()),
            body="\n\n".join(filter(None, paragraphs)) + "\n",
            to=[person.email],
            headers={"Message-ID": f"<{name}@triage-desk>", "Auto-Submitted": "auto-generated"},
        )
    )
