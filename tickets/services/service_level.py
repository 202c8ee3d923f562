"""The service levels that a new desk begins with. An admin changes them; they are never brought back."""

from django.db import transaction

from tickets.models import BusinessCalendar, SlaPolicy, VerdictChoice

HOUR = 60  # minutes
FIRST = (
    # name, in Chinese, verdict, first reply, next reply, solution
    ("Provider incident", "服务商事件", VerdictChoice.PROVIDER_INCIDENT, HOUR, 4 * HOUR, 24 * HOUR),
    ("Standard", "标准", "", 4 * HOUR, 8 * HOUR, 72 * HOUR),
)


@transaction.atomic
def set_up() -> None:
    """Once, on a desk that has no calendar yet."""
    if BusinessCalendar.objects.exists():
        return
    calendar = BusinessCalendar.objects.create(name="24/7", always_open=True)
    SlaPolicy.objects.bulk_create(
        SlaPolicy(
            name=name,
            name_zh=name_zh,
            position=position,
            verdict=verdict,
            calendar=calendar,
            first_reply=first,
            next_reply=following,
            solve=solve,
        )
        for position, (name, name_zh, verdict, first, following, solve) in enumerate(FIRST)
    )
