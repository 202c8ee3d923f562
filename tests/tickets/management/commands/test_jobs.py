from io import StringIO

from django.core.management import call_command

from tickets.models import Job
from tickets.services import outbox


def printed_by(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("jobs", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_jobs_given_up_are_listed_and_can_be_tried_again(transactional_db: None):
    job = outbox.add("dance", "tango")
    outbox.drain({})

    given_up, total = printed_by()
    assert given_up.startswith(f"{job.pk}\t")
    assert given_up.endswith("dance ['tango']\tThere is no kind of job named 'dance'.")
    assert total == "0 waiting, 1 given up."

    assert printed_by("--try-again")[-1] == "1 waiting, 0 given up."
    assert Job.objects.open().get() == job
