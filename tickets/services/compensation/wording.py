"""What the customer is told of the outcome, to begin with: in the language of the ticket, filled from the charges."""

from django.utils.translation import gettext, ngettext, override

from tickets.models import Compensation


def credited_words(compensation: Compensation) -> str:
    """`{reference}` is filled when it is sent."""
    with override(_language(compensation)):
        count = compensation.charges.count()
        what = ngettext(
            "We have credited %(sum)s to your account for a request that was charged and gave no result.",
            "We have credited %(sum)s to your account for %(count)d requests that were charged and gave no result.",
            count,
        ) % {"sum": compensation, "count": count}
        rest = gettext("The reference of the credit is {reference}. You do not have to do anything.")
        return f"{gettext('Hello,')}\n\n{what} {rest}"


def declined_words(compensation: Compensation) -> str:
    """`{because}` is filled when it is sent."""
    with override(_language(compensation)):
        what = gettext(
            "We have checked the charge that you told us of. It stands, and no credit follows from it."
        )
        rest = gettext("The reason: {because}")
        return f"{gettext('Hello,')}\n\n{what} {rest}"


def _language(compensation: Compensation) -> str:
    return compensation.ticket.language if compensation.ticket else "en"
