"""A draft tried on stored tickets, whole: rows read, judged where it matters, counted, flips written. Beside it the
bare engine on the same texts, in turn with the jobs of the back-test. The back-test uses a second core where there is
one, the bare engine does not.

Every ticket has a text of its own. The draft adds a rule, changes the one that fires most, and switches five off.
"""

import random
from time import perf_counter
from typing import TYPE_CHECKING

from tests.performance.desk import SIZES, start_django
from tests.performance.measured import Measured

if TYPE_CHECKING:
    from tickets.models import Backtest, Person, RuleSet

BARE = 200  # diagnoses between two jobs
TEXTS = 2_000  # of the newest tickets, for the bare engine
OWN = """\
id: own-overloaded-words
cause: upstream.overloaded
strength: likely
when:
  all:
    - text: {matches: 'overloaded|too busy|负载'}
    - http_status: {in: [429, 503]}
because:
  en: The provider says that it has more requests than it can take.
  zh: 供应商说明请求过多，暂时无法处理。
source: bench
fires_on:
  - 'HTTP 503 {"error":{"message":"The model is overloaded"}}'
quiet_on:
  - HTTP 500 internal error
"""


def measure(size: str) -> Measured:
    database = start_django()
    from django.db import connection

    from tests.performance import desk_data

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        desk_data.load(SIZES[size])
        return _measure(Measured("backtest", size, database))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _measure(measured: Measured) -> Measured:
    from tickets.models import Person, Role, Verdict
    from tickets.services import backtest
    from triage.engine import diagnose

    admin = Person.objects.create_user("admin@bench.invalid", name="Admin", role=Role.ADMIN)
    draft = _draft(admin)
    texts = list(Verdict.objects.order_by("-pk").values_list("text", flat=True)[:TEXTS])
    dice = random.Random(7)
    diagnose(texts[0])
    test = backtest.ask(draft, by=admin, most=SIZES[measured.size])
    jobs: list[float] = []
    bare: list[float] = []
    while test.is_open:
        started = perf_counter()
        backtest.go_on(test.pk)
        jobs.append(perf_counter() - started)
        for text in dice.sample(texts, BARE):
            started = perf_counter()
            diagnose(text)
            bare.append(perf_counter() - started)
        test.refresh_from_db()
    return _report(measured, test, jobs, bare)


def _report(measured: Measured, test: "Backtest", jobs: list[float], bare: list[float]) -> Measured:
    from tickets.services.second_judge import cores

    took, alone = sum(jobs), sum(bare) / len(bare)
    measured.figures["tickets"] = test.done
    measured.figures["tickets_per_s"] = test.done / took
    measured.figures["whole_s"] = took
    measured.figures["computing_s"] = test.figures[
        "seconds"
    ]  # of processor time; other work beside it costs none
    measured.figures["cores"] = cores()
    measured.figures["jobs"] = len(jobs)
    measured.figures["ticket_us"] = took / test.done * 1e6
    measured.figures["engine_us"] = alone * 1e6
    measured.figures["judged_whole"] = test.figures["judged"]
    measured.figures["flips"] = test.flips
    measured.ratios["to_engine"] = took / test.done / alone
    return measured


def _draft(admin: "Person") -> "RuleSet":
    from django.db.models import Count

    from tickets.models import RuleFiring
    from tickets.services.catalogue import catalogue
    from tickets.services.rule.drafting import begin_draft, save_rule, switch_off
    from triage.engine.catalogue.written import as_yaml, raw_of, read_written

    draft = begin_draft(by=admin)
    fired = RuleFiring.objects.values_list("rule").annotate(n=Count("pk")).order_by("-n", "rule")
    rules = {rule.id: rule for rule in catalogue().rule_set.rules}
    most, *others = [rule for rule, _count in fired[:31] if rule in rules]  # words count as fired too
    changed = rules[most]
    for text in (OWN, as_yaml({**raw_of(changed), "strength": "hint"})):
        rule = read_written(text).rule
        if rule is None:
            raise ValueError(text)
        save_rule(draft, rule, text, by=admin)
    for rule_id in others[::5][:5]:
        switch_off(draft, rule_id, by=admin)
    return draft
