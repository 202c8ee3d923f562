"""The desk of test_everything_killed.py, seen from its own database: `prepare` fills it, `check` looks at the end."""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "triage.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import Sum  # noqa: E402

from tests.factories import make_engineer  # noqa: E402
from tests.incidents import TEXTS  # noqa: E402
from tests.tickets.test_update_killed import everybody_has_it_once, make_many_affected  # noqa: E402
from tickets.models import Failure, FailureAccount, FailureCount, Job, Scope  # noqa: E402
from tickets.services.incident.update import send_update  # noqa: E402
from tickets.services.token import create_token  # noqa: E402


def prepare() -> None:
    """Prints the secret with which a gateway reports."""
    call_command("migrate", verbosity=0)
    _, secret = create_token(name="gateway", scopes=[Scope.FAILURES])
    send_update(make_many_affected(), by=make_engineer(), state="identified", texts=TEXTS)
    print(secret)


def check(acknowledged: str) -> None:
    """Every row that was accepted is there once and counted once; every customer has the update once."""
    expected = sorted(Path(acknowledged).read_text().split())
    assert sorted(Failure.objects.values_list("source_id", flat=True)) == expected
    for counted in (FailureCount, FailureAccount):
        assert counted.objects.aggregate(all=Sum("failures"))["all"] == len(expected)
    assert list(Job.objects.failed()) == []
    everybody_has_it_once(settings.DATA_DIR / "mail")


if __name__ == "__main__":
    asked, *arguments = sys.argv[1:]
    if asked == "prepare":
        prepare()
    else:
        check(*arguments)
