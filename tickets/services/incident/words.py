"""First words for an update, so that nobody begins with an empty page at a bad moment."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from tickets.models import Incident, Language

State = Incident.State


def first_words(incident: Incident, state: str) -> Mapping[str, str]:
    """By language. They name the model or the provider and never the incident's own title, which is the desk's."""
    texts = {}
    for language in Language.values:
        with translation.override(language):
            texts[language] = _words(incident.model or incident.provider, state)
    return texts


def _words(subject: str, state: str) -> str:
    about = {"subject": subject or _("our gateway")}
    match state:
        case State.IDENTIFIED:
            return (
                _(
                    "We know why requests to %(subject)s fail and are working on it. "
                    "Nothing needs to be changed on your side."
                )
                % about
            )
        case State.MONITORING:
            return (
                _(
                    "Requests to %(subject)s go through again. We keep watching, and tell you when it is over for good."
                )
                % about
            )
        case State.RESOLVED:
            return (
                _(
                    "Requests to %(subject)s work again. Please try once more with the same request; "
                    "nothing needs to be changed on your side."
                )
                % about
            )
        case _:
            return (
                _(
                    "Requests to %(subject)s fail at the moment. We are looking into it and will "
                    "write again as soon as we know more."
                )
                % about
            )
