"""The second process lives from one job of a back-test to the next, and no longer."""

from collections.abc import Iterator

import pytest

from tests.factories import make_admin, make_ticket
from tests.performance import texts
from tests.plumbing import wait_until
from tests.tickets.services.rule.test_set import OWN, TEAPOT, activated, keep_own
from tickets.models import Backtest, BacktestFlip, Person, RuleSet
from tickets.services import backtest, second_judge_kept
from tickets.services.backtest import ask, cancel, go_on
from tickets.services.backtest_sides import sides_of
from tickets.services.kept_signals import Offered
from tickets.services.rule.drafting import begin_draft
from tickets.services.second_judge import SecondJudge

pytestmark = pytest.mark.django_db
SECONDS_TO_START = 60
TICKETS = 24


@pytest.fixture(autouse=True)
def short_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each job ends after eight tickets, and any back-test is worth a second process."""
    monkeypatch.setattr(backtest, "AT_A_TIME", 8)
    monkeypatch.setattr(backtest, "SECONDS", 0.0)
    monkeypatch.setattr(second_judge_kept, "FEWEST", 0)
    monkeypatch.setattr(second_judge_kept, "cores", lambda: 2)
    yield
    if judge := kept():
        judge.end()
    second_judge_kept._kept._judge = None


@pytest.fixture
def test(admin: Person) -> Backtest:
    for at in range(TICKETS):
        make_ticket(texts.text(300, seed=7_000 + at) + (TEAPOT if at % 3 == 0 else ""))
        if at == TICKETS // 2:
            activated(admin, make_admin())
    return ask(drafted(admin), by=admin)


def drafted(admin: Person, words: str = "teapot|overloaded|invalid") -> RuleSet:
    draft = begin_draft(by=admin)
    keep_own(draft, admin, OWN.replace("matches: 'teapot'", f"matches: '{words}'"))
    return draft


def kept() -> SecondJudge | None:
    return second_judge_kept._kept._judge


def kept_and_ready() -> SecondJudge:
    judge = kept()
    assert judge is not None
    assert judge.ready.wait(SECONDS_TO_START)
    return judge


def is_gone(judge: SecondJudge) -> bool:
    return judge._process.poll() is not None


def test_the_next_job_asks_the_same_process_and_finds_the_same(
    test: Backtest, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    go_on(test.pk)
    assert kept() is judge
    assert judge._number == 1
    go_on(test.pk)
    alone = ask(test.rule_set, by=admin)
    monkeypatch.setattr(second_judge_kept, "FEWEST", TICKETS + 1)
    while alone.is_open:
        go_on(alone.pk)
        alone.refresh_from_db()
    test.refresh_from_db()

    assert (test.state, test.done, alone.done) == ("done", TICKETS, TICKETS)
    assert {**test.figures, "seconds": 0} == {**alone.figures, "seconds": 0}
    assert flips_of(test) == flips_of(alone) != []


def flips_of(test: Backtest) -> list[tuple[int, str, str]]:
    flips = BacktestFlip.objects.filter(backtest=test).order_by("ticket")
    return list(flips.values_list("ticket", "cause_before", "cause_after"))


def test_it_ends_with_the_back_test(test: Backtest) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    go_on(test.pk)
    go_on(test.pk)

    assert kept() is None
    assert is_gone(judge)


def test_it_ends_when_the_back_test_was_cancelled_between_two_jobs(test: Backtest) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    cancel(test)
    go_on(test.pk)

    assert kept() is None
    assert is_gone(judge)


def test_it_ends_when_the_back_test_is_cancelled_amid_a_job(
    test: Backtest, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    read = backtest.read_piece

    def cancelled_meanwhile(*asked: object, **more: object) -> object:
        cancel(test)
        return read(*asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(backtest, "read_piece", cancelled_meanwhile)
    go_on(test.pk)
    test.refresh_from_db()

    assert (test.state, test.done) == ("cancelled", 8)
    assert kept() is None
    assert is_gone(judge)


def test_it_ends_when_the_draft_changes(test: Backtest, admin: Person) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    keep_own(test.rule_set, admin, OWN.replace("sure", "likely"))
    go_on(test.pk)
    test.refresh_from_db()

    assert test.state == "failed"
    assert is_gone(judge)


def test_it_ends_when_a_job_breaks_off(test: Backtest, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on(test.pk)
    judge = kept_and_ready()

    def broken(*asked: object, **more: object) -> object:
        raise ConnectionError

    monkeypatch.setattr(backtest, "read_piece", broken)
    with pytest.raises(ConnectionError):
        go_on(test.pk)

    assert kept() is None
    assert is_gone(judge)


def test_it_ends_by_itself_when_no_job_follows(test: Backtest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_judge_kept, "IDLE_SECONDS", 1.0)
    go_on(test.pk)
    judge = kept()
    assert judge is not None
    wait_until(lambda: is_gone(judge), seconds=10)

    assert kept() is None


def test_another_back_test_never_asks_it(test: Backtest, admin: Person) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    other = ask(drafted(admin, "teapot"), by=admin)
    go_on(other.pk)

    assert is_gone(judge)
    assert kept() is not judge


def test_other_rules_never_ask_it(test: Backtest, admin: Person) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    other = ask(drafted(admin, "teapot"), by=admin)
    with second_judge_kept.second_judge(
        test.pk, sides_of(other), Offered.now().values, tickets=TICKETS
    ) as lent:
        assert lent.judge is not judge

    assert is_gone(judge)


def test_other_models_offered_meanwhile_end_it(test: Backtest) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    offered = {"context.models": ("a model that is new",)}
    with second_judge_kept.second_judge(test.pk, sides_of(test), offered, tickets=TICKETS) as lent:
        assert lent.judge is not judge

    assert is_gone(judge)


def test_one_that_died_meanwhile_is_replaced(test: Backtest) -> None:
    go_on(test.pk)
    judge = kept_and_ready()
    judge._process.kill()
    judge._process.wait()
    go_on(test.pk)

    assert kept() not in (judge, None)


def test_it_is_not_started_for_little_or_on_one_core(test: Backtest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_judge_kept, "FEWEST", 2_000)
    sides, values = sides_of(test), Offered.now().values
    with second_judge_kept.second_judge(test.pk, sides, values, tickets=1_999) as lent:
        assert lent.judge is None
    monkeypatch.setattr(second_judge_kept, "cores", lambda: 1)
    with second_judge_kept.second_judge(test.pk, sides, values, tickets=1_000_000) as lent:
        assert lent.judge is None


def test_it_ends_with_the_job_even_while_it_starts(test: Backtest) -> None:
    values = Offered.now().values
    with second_judge_kept.second_judge(test.pk, sides_of(test), values, tickets=1_000_000) as lent:
        assert lent.judge is not None
        assert lent.judge.give([]) == 0

    assert is_gone(lent.judge)
