"""Ask all doors many random questions: `python -m tests.performance.fuzz_doors [CALLS] [SEED]`.

Works in a test database that is thrown away. Prints each call that was answered with 500, and a last line of JSON.
"""

import json
import os
import sys
import time
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
WHO = ("stranger", "agent", "engineer", "billing", "admin")


def main(calls: int, seed: int) -> int:
    import django
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    django.setup()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return _ask(calls, seed)
    finally:
        teardown_databases(databases, verbosity=0)


def _ask(calls: int, seed: int) -> int:
    from django.conf import settings
    from django.db import transaction
    from django.test import Client

    from tests.doors import any_call, routes_of
    from tests.factories import make_person, make_ticket
    from tickets.models import Role, Scope
    from tickets.services.token import create_token
    from triage.limit import Limit

    settings.LIMITS = {door: Limit(10**9, 600) for door in settings.LIMITS}
    tickets = [make_ticket() for _ in range(3)]
    token = tickets[0].follow_up_token
    routes = [
        route for route in [*routes_of(), f"/t/{token}/", f"/t/{token}/messages/"] if "logout" not in route
    ]
    tokens = [create_token(name="any", scopes=list(Scope))[1], "guess"]
    people = {who: None if who == "stranger" else make_person(Role(who)) for who in WHO}
    random, failures, begun = Random(seed), 0, time.monotonic()
    for number in range(calls):
        if number % 200 == 0:
            clients = {who: Client(raise_request_exception=False) for who in WHO}
            for who, person in people.items():
                if person is not None:
                    clients[who].force_login(person)
        who = random.choice(WHO)
        call = any_call(random, routes, tokens)
        with transaction.atomic():  # so that the desk stays as it is, and the day is not spent on writing
            answer = call.on(clients[who])
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            failures += 1
            print(f"{who}: {call}"[:600], flush=True)
    seconds = time.monotonic() - begun
    print(json.dumps({"calls": calls, "failures": failures, "calls_per_s": round(calls / seconds, 1)}))
    return 1 if failures else 0


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:3]]
    sys.exit(main(*(given + [100_000, 1][len(given) :])))
