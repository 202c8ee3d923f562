"""What a customer is asked for a missing fact, in the customer's words, and where to find it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# evidence field: question, help
QUESTIONS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "account": (_("Your account"), _("Its name or number at the gateway.")),
    "key_owner": (_("Whose key is it?"), _("The person or team. Never the key itself.")),
    "occurred_at": (_("When did it happen?"), _("Date, time and time zone of one failed call.")),
    "model": (_("Which model?"), _("As it stands in the request, such as gpt-4o.")),
    "endpoint": (_("Which address did you call?"), _("The path is enough, such as /v1/chat/completions.")),
    "http_status": (_("Which status code came back?"), _("A number such as 404 or 429.")),
    "raw_error": (
        _("What is the complete error?"),
        _("As text, from the first line to the last. Keys are masked."),
    ),
    "request_id": (_("Request id"), _("From the error text or the response headers.")),
    "task_id": (_("Task id"), _("From the answer when you started the task.")),
    "charged": (_("Was it charged?"), ""),
    "retries": (_("How often did you try again?"), _("A number; 0 if not at all.")),
}
