"""The second process says what this one would, and nothing is lost when it is gone."""

from collections.abc import Iterator

import pytest

from tests.factories import make_admin, make_ticket
from tests.performance import texts
from tests.tickets.services.rule.test_set import OWN, TEAPOT, activated, keep_own
from tickets.models import Backtest, BacktestFlip, Verdict
from tickets.services import backtest, second_judge
from tickets.services.backtest import ask, go_on
from tickets.services.backtest_piece import Piece, Tried, judge_piece, read_piece
from tickets.services.backtest_sides import sides_of
from tickets.services.kept_signals import Offered
from tickets.services.rule.drafting import begin_draft
from tickets.services.second_judge import SecondJudge
from tickets.services.second_judge_kept import Lent
from triage.engine.sides import Both

pytestmark = pytest.mark.django_db
SECONDS_TO_START = 60


@pytest.fixture
def test() -> Backtest:
    """Verdicts of two versions, one of them ours, and a draft that changes many."""
    admin = make_admin()
    for at in range(12):
        make_ticket(texts.text(300, seed=7_000 + at) + (TEAPOT if at % 3 == 0 else ""))
    activated(admin, make_admin())
    for at in range(12):
        make_ticket(texts.text(300, seed=8_000 + at) + (TEAPOT if at % 3 == 0 else ""))
    draft = begin_draft(by=admin)
    keep_own(draft, admin, OWN.replace("matches: 'teapot'", "matches: 'teapot|overloaded|invalid'"))
    return ask(draft, by=admin)


@pytest.fixture
def started(test: Backtest) -> Iterator[SecondJudge]:
    judge = SecondJudge(sides_of(test), Offered.now().values)
    assert judge.ready.wait(SECONDS_TO_START)
    yield judge
    judge.end()


def whole(test: Backtest) -> Piece:
    piece = read_piece(test, after=test.position, size=100)
    assert piece is not None
    return piece


def alone(test: Backtest) -> list[tuple[Tried, Both]]:
    piece = whole(test)
    return judge_piece(piece, sides_of(test), Offered.now(), None, given=0)


def test_it_finds_what_one_process_finds(test: Backtest, started: SecondJudge) -> None:
    piece = whole(test)

    given = started.give(piece.texts)
    found = judge_piece(piece, started.sides, Offered.now(), started, given=given)

    assert given == int(24 * second_judge.SHARE)
    assert found == alone(test)
    assert any(both.may_differ for _, both in found)
    assert started.take_seconds() > 0


def test_what_was_kept_in_no_known_form_is_read_here(test: Backtest, started: SecondJudge) -> None:
    Verdict.objects.update(signals={})
    piece = whole(test)

    found = judge_piece(piece, started.sides, Offered.now(), started, given=started.give(piece.texts))

    assert found == alone(test)


def test_when_it_is_killed_amid_a_piece_the_piece_is_judged_here(
    test: Backtest, started: SecondJudge
) -> None:
    piece = whole(test)
    given = started.give(piece.texts)
    started._process.kill()
    started._process.wait()

    found = judge_piece(piece, started.sides, Offered.now(), started, given=given)
    given_then = started.give(piece.texts)

    assert found == alone(test)
    assert judge_piece(piece, started.sides, Offered.now(), started, given=given_then) == found


def test_a_whole_back_test_with_two_processes(
    test: Backtest, started: SecondJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AtOnce:
        """One that is ready already, whatever is asked."""

        def __init__(self, *asked: object, **more: object) -> None: ...

        def __enter__(self) -> Lent:
            return Lent(started)

        def __exit__(self, *raised: object) -> None: ...

    monkeypatch.setattr(backtest, "second_judge", AtOnce)
    monkeypatch.setattr(backtest, "AT_A_TIME", 5)
    go_on(test.pk)
    test.refresh_from_db()
    flips = set(BacktestFlip.objects.values_list("ticket", "cause_before", "cause_after"))
    monkeypatch.undo()

    once_more = ask(test.rule_set, by=make_admin())
    go_on(once_more.pk)
    once_more.refresh_from_db()

    assert (test.state, test.done) == ("done", 24)
    assert flips == set(
        BacktestFlip.objects.filter(backtest=once_more).values_list("ticket", "cause_before", "cause_after")
    )
    assert flips
    kept, again = ({**each.figures, "seconds": 0} for each in (test, once_more))
    assert kept == again


def test_an_answer_that_nobody_waited_for_is_not_taken_for_the_next_one(
    test: Backtest, started: SecondJudge
) -> None:
    piece = whole(test)
    first, last = piece.texts[:12], piece.texts[12:]
    started.give(first)
    given = started.give(last)

    alone = [started.sides.judge_kept(judged, Offered.now().values) for judged in last[:given]]
    assert list(started.take()) == alone
    assert alone != [started.sides.judge_kept(judged, Offered.now().values) for judged in first[: len(alone)]]


def test_it_ends_when_whoever_asks_is_gone(test: Backtest, started: SecondJudge) -> None:
    assert started._process.stdin is not None
    started._process.stdin.close()

    assert started._process.wait(timeout=10) == 0
