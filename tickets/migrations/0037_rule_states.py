"""Which rule set was active is a state now; what fired before is counted from the verdicts that stand.

The counting is one statement of the database: a million verdicts are read there, and none of them here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations

COUNT = """
INSERT INTO tickets_rulefiring (rule, cause, ticket_id, verdict_id, is_silenced, outcome)
SELECT rule, cause, ticket_id, verdict_id, is_silenced,
       CASE WHEN decided IS NULL OR is_silenced THEN '' WHEN cause = decided THEN 'agreed' ELSE 'overruled' END
FROM (
    SELECT {rule} AS rule, {cause} AS cause, judged.ticket_id, judged.id AS verdict_id,
           {silenced_by} IS NOT NULL AND {silenced_by} <> '' AS is_silenced, word.cause AS decided
    FROM (
        SELECT id, row_number() OVER (PARTITION BY ticket_id ORDER BY created_at DESC, id DESC) AS age
        FROM tickets_verdict WHERE by_id IS NULL
    ) newest
    JOIN tickets_verdict judged ON judged.id = newest.id
    LEFT JOIN tickets_verdict word
        ON word.ticket_id = judged.ticket_id AND word.by_id IS NOT NULL AND word.is_current
    CROSS JOIN {fired}
    WHERE newest.age = 1
) firing
WHERE rule IS NOT NULL
ON CONFLICT DO NOTHING
"""
IN_SQLITE = {
    "rule": "json_extract(fired.value, '$.id')",
    "cause": "json_extract(fired.value, '$.cause')",
    "silenced_by": "json_extract(fired.value, '$.silenced_by')",
    "fired": "json_each(judged.trace, '$.fired') fired",
}
IN_POSTGRESQL = {
    "rule": "fired.id",
    "cause": "fired.cause",
    "silenced_by": "fired.silenced_by",
    "fired": "LATERAL jsonb_to_recordset(nullif(judged.trace -> 'fired', 'null'))"
    " AS fired(id text, cause text, silenced_by text)",
}
REFERENCES = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = 'tickets_rulefiring'::regclass AND contype = 'f'
"""


def tell_states(apps: Any, editor: Any) -> None:
    sets = apps.get_model("tickets", "RuleSet").objects
    sets.filter(is_active=True).update(state="active")
    sets.exclude(is_active=True).update(state="retired")


def count_firings(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        if editor.connection.vendor == "postgresql":
            with _references_checked_at_once(cursor):
                cursor.execute(COUNT.format(**IN_POSTGRESQL))
        else:
            cursor.execute(COUNT.format(**IN_SQLITE))


@contextmanager
def _references_checked_at_once(cursor: Any) -> Iterator[None]:
    """PostgreSQL looks every new row up by itself at the end, for longer than the rest takes; added again, a constraint
    is checked for the whole table.
    """
    cursor.execute(REFERENCES)
    constraints = cursor.fetchall()
    for name, _definition in constraints:
        cursor.execute(f'ALTER TABLE tickets_rulefiring DROP CONSTRAINT "{name}"')
    yield
    for name, definition in constraints:
        cursor.execute(f'ALTER TABLE tickets_rulefiring ADD CONSTRAINT "{name}" {definition}')


class Migration(migrations.Migration):
    dependencies = [("tickets", "0036_rule_lab")]
    operations = [
        migrations.RunPython(tell_states, migrations.RunPython.noop),
        migrations.RunPython(count_firings, migrations.RunPython.noop),
    ]
