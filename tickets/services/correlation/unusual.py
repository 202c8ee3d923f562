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
PURE = 0.1  # share of the usual in what was counted, up to which the times tell of the unusual alone
LOUDEST_SECONDS = 150  # else what remains without its loudest part must still be unusual
REMAINDER = 7.0  # nats


@dataclass(frozen=True, slots=True)
class Look:
    """What one window of a scope shows."""

    accounts: int
    failures: int
    counted: float
    expected: float
    surprise: float
    since: int
    window: float


def look(steps: Sequence[Step], expected: float, *, is_own: bool, window: float) -> Look:
    """`expected` is what the baseline says for as long a window."""
    per_account = steps_of_accounts(steps)
    weights = sorted(min(count, MOST_STEPS) for count in per_account.values())
    counted = float(sum(weights))
    quiet = float(sum(weights[: -LOUDEST or None]))
    if is_own:
        quiet = expected + (quiet - expected) / OWN
    return Look(
        accounts=len(per_account),
        failures=sum(failures for _, _, failures in steps),
        counted=counted,
        expected=expected,
        surprise=surprise(quiet, expected * DOUBT + 0.4) if quiet > expected else 0.0,
        since=steps[0][0] if steps else 0,
        window=window,
    )


def is_unusual(look: Look, thresholds: Thresholds, *, is_own: bool) -> bool:
    share = OWN if is_own else 1.0
    return (
        look.accounts >= thresholds.accounts * share
        and look.failures >= thresholds.failures
        and look.counted >= thresholds.times * look.expected
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
    early, late, passed = None, 0, 0
    for number, count in counts:
        passed += count
        if early is None and passed > total * (1 - MIDDLE) / 2:
            early = number
        late = number
        if passed >= total * (1 + MIDDLE) / 2:
            break
    return (late - early) * step_seconds / MIDDLE if early is not None else 0.0


def _goes_on(steps: Sequence[Step], seen: Look, step_seconds: float) -> bool:
    """Whether the rest is unusual as well, without the loudest moment."""
    width = int(LOUDEST_SECONDS / step_seconds)
    counts = {number: len(accounts) for number, accounts, _ in steps}
    loudest = max(counts, key=lambda at: sum(counts.get(at + later, 0) for later in range(width)))
    rest = [step for step in steps if not loudest <= step[0] < loudest + width]
    usual = seen.expected * (1 - LOUDEST_SECONDS / seen.window)
    return look(rest, usual, is_own=False, window=seen.window).surprise >= REMAINDER
