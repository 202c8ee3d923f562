"""What COPY reads is what was given."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection

from tickets.services.failure.copying import as_copied
from tickets.services.failure.writing import copy_in

ROWS = [
    ("plain", 1, datetime(2026, 1, 31, 6, 5, 1, 20, tzinfo=UTC), True, Decimal("0.25")),
    ("tab\there\nand \\N a line\r\\", None, datetime(2026, 1, 31, tzinfo=UTC), None, None),
    ("", 0, datetime(2026, 1, 31, tzinfo=UTC), False, Decimal("1.000000")),
    ("中文 \\t", -1, datetime(2026, 1, 31, tzinfo=UTC), True, Decimal(0)),
]


def test_a_line_for_each_row():
    assert as_copied([("a", 1), ("b\\", None)]) == "a\t1\nb\\\\\t\\N\n"


@pytest.mark.django_db
def test_postgresql_reads_it_as_it_was():
    if connection.vendor != "postgresql":
        pytest.skip("COPY is PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copied (a text, b int, c timestamptz, d bool, e numeric) ON COMMIT DROP"
        )
        copy_in("copied", list("abcde"), ROWS)
        cursor.execute("SELECT * FROM copied")

        assert cursor.fetchall() == ROWS
