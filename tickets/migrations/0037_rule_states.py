"""Which rule set was active is a state now; what fired before is counted from the verdicts that stand."""

from typing import Any

from django.db import migrations

AT_A_TIME = 500


def tell_states(apps: Any, editor: Any) -> None:
    sets = apps.get_model("tickets", "RuleSet").objects
    sets.filter(is_active=True).update(state="active")
    sets.exclude(is_active=True).update(state="retired")


def count_firings(apps: Any, editor: Any) -> None:
    verdict, firing = (apps.get_model("tickets", name) for name in ("Verdict", "RuleFiring"))
    tickets = apps.get_model("tickets", "Ticket").objects.order_by("number")
    last = -1
    while numbers := list(tickets.filter(number__gt=last).values_list("number", flat=True)[:AT_A_TIME]):
        last = numbers[-1]
        judged: dict[int, Any] = {}
        words: dict[int, str] = {}
        rows = verdict.objects.filter(ticket__in=numbers).order_by("created_at", "pk")
        for row in rows.only("ticket_id", "by_id", "cause", "trace", "is_current"):
            if row.by_id is None and isinstance(row.trace, dict):
                judged[row.ticket_id] = row
            if row.by_id is not None and row.is_current:
                words[row.ticket_id] = row.cause
        made = {
            (fired["id"], number): firing(
                rule=fired["id"],
                cause=fired["cause"],
                ticket_id=number,
                verdict=row,
                is_silenced=bool(fired.get("silenced_by")),
                outcome=_outcome(fired, words.get(number)),
            )
            for number, row in judged.items()
            for fired in row.trace.get("fired", ())
        }
        firing.objects.bulk_create(made.values(), ignore_conflicts=True)


def _outcome(fired: dict[str, Any], cause: str | None) -> str:
    if cause is None or fired.get("silenced_by"):
        return ""
    return "agreed" if fired["cause"] == cause else "overruled"


class Migration(migrations.Migration):
    dependencies = [("tickets", "0036_rule_lab")]
    operations = [
        migrations.RunPython(tell_states, migrations.RunPython.noop),
        migrations.RunPython(count_firings, migrations.RunPython.noop),
    ]
