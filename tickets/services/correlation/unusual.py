"""Whether a count is out of the ordinary, over enough accounts, and for long enough not to be a blip."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from .tally import Step, steps_of_accounts
from .thresholds import Thresholds

MOST_STEPS = 4  # of one account that count: whoever retries without end weighs no more than that
LOUDEST = 3  # accounts that are left out when the surprise is measured
DOUBT = 1.3  # by how much a baseline may lag behind the rhythm of the day
OWN = 1.8  # customers' own errors weigh so much less
MIDDLE = 0.7  # the time between the 15th and the 85th percentile is what must last
WIDER = 0.84  # the same where hardly anything is usual: surer of few, but it bears no strays
HARDLY = 0.03  # share of the usual in what was counted
PURE = 0.1  # share of the usual in what was counted, up to which the times tell of the unusual alone
LOUDEST_SECONDS = 150  # else what remains without its loudest part must still be unusual
REMAINDER = 7.0  # nats


@dataclass(frozen=True, slots=True)
class View:
    """How long to look back, and what is asked of what is seen there."""

    seconds: float
    times: float  # the usual at least
    lasting: float  # seconds
    doubt: float = DOUBT
    most_steps: int = MOST_STEPS
    is_patient: bool = False  # measured against what was usual before all that is looked at


@dataclass(frozen=True, slots=True)
class Look:
    """What one view of a scope shows."""

    accounts: int
    failures: int
    counted: float
    expected: float
    surprise: float
    since: int
    view: View


def look(steps: Sequence[Step], expected: float, view: View, *, is_own: bool) -> Look:
    """`expected` is what the baseline says for as long a time."""
    per_account = steps_of_accounts(steps)
    weights = sorted(min(count, view.most_steps) for count in per_account.values())
    counted = float(sum(weights))
    quiet = float(sum(weights[: -LOUDEST or None]))
    if is_own:
        quiet = expected + (quiet - expected) / OWN
    return Look(
        accounts=len(per_account),
        failures=sum(failures for _, _, failures in steps),
        counted=counted,
        expected=expected,
        surprise=surprise(quiet, expected * view.doubt + 0.4) if quiet > expected else 0.0,
        since=steps[0][0] if steps else 0,
        view=view,
    )


def is_unusual(look: Look, thresholds: Thresholds, *, is_own: bool) -> bool:
    share = OWN if is_own else 1.0
    return (
        look.accounts >= thresholds.accounts * share
        and look.failures >= thresholds.failures
        and look.counted >= look.view.times * look.expected
        and look.surprise >= thresholds.surprise
    )


def surprise(count: float, expected: float) -> float:
    """Nats of the Chernoff bound on a Poisson count of at least `count`."""
    return count * log(count / expected) - count + expected if count > expected else 0.0


def lasting(steps: Sequence[Step], seen: Look, step_seconds: float) -> float:
    """For how long it went on, in seconds; 0 where one loud moment amid the usual makes all of it."""
    if seen.expected > PURE * seen.counted and not _goes_on(steps, seen, step_seconds):
        return 0.0
    loud = {account for account, _ in steps_of_accounts(steps).most_common(LOUDEST)}
    counts = [(number, sum(account not in loud for account in accounts)) for number, accounts, _ in steps]
    total = sum(count for _, count in counts)
    middle = WIDER if seen.expected <= HARDLY * seen.counted else MIDDLE
    early, late = (_moment_of(counts, total * (1 + part) / 2) for part in (-middle, middle))
    return (late - early) * step_seconds / middle


def _moment_of(counts: Sequence[tuple[int, int]], share: float) -> float:
    """When so many had passed, in steps. Within a step they come evenly."""
    passed = 0
    for number, count in counts:
        if count and passed + count >= share:
            return number + (share - passed) / count
        passed += count
    return 0.0


def _goes_on(steps: Sequence[Step], seen: Look, step_seconds: float) -> bool:
    """Whether the rest is unusual as well, without the loudest moment."""
    width = int(LOUDEST_SECONDS / step_seconds)
    counts = {number: len(accounts) for number, accounts, _ in steps}
    loudest = max(counts, key=lambda at: sum(counts.get(at + later, 0) for later in range(width)))
    rest = [step for step in steps if not loudest <= step[0] < loudest + width]
    usual = seen.expected * (1 - LOUDEST_SECONDS / seen.view.seconds)
    return look(rest, usual, seen.view, is_own=False).surprise >= REMAINDER
