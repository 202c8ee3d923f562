"""What is counted. A cell is one error of one model on one route of one provider; a scope is a sum over cells."""

from collections import Counter, deque
from collections.abc import Iterable
from itertools import chain

from .baseline import BLOCK, Baseline
from .place import Place

MOST_ACCOUNTS = 256  # remembered for one step: more would not make it more of an incident
MOST_OF_WEAK = 60.0  # pairs of account and step that are usual in a block
TOGETHER = 10  # steps that are kept as one when they are old
Step = tuple[int, tuple[int, ...], int]  # its number, the accounts (once for each step in it), the failures


class Window:
    """The last steps: who failed in each, and how often."""

    __slots__ = ("recent", "steps")

    def __init__(self) -> None:
        self.steps: deque[Step] = deque()
        self.recent = 0  # pairs of account and step

    def add(self, step: int, accounts: Iterable[int], failures: int) -> int:
        kept = tuple(accounts)[:MOST_ACCOUNTS]
        self.steps.append((step, kept, failures))
        self.recent += len(kept)
        return len(kept)

    def forget_before(self, step: int) -> None:
        while self.steps and self.steps[0][0] < step:
            self.recent -= len(self.steps.popleft()[1])

    def since(self, step: int) -> list[Step]:
        return [entry for entry in self.steps if entry[0] >= step]


class Scope(Window):
    """One sum over cells, with its baseline. `place` says over which."""

    __slots__ = (
        "accounts",
        "baseline",
        "block",
        "cells",
        "count",
        "covered",
        "earlier",
        "failures",
        "is_own",
        "place",
    )

    def __init__(self, place: Place, baseline: Baseline, *, is_own: bool) -> None:
        super().__init__()
        self.place = place
        self.baseline = baseline
        self.is_own = is_own
        self.earlier: deque[Step] = deque()  # steps before the last ones
        self.cells = 0  # that are counted in it
        self.accounts: set[int] = set()  # of the step that is being counted
        self.failures = 0
        self.block = -1
        self.count = 0
        self.covered = False

    def forget(self, oldest: int, recent: int, block: int) -> None:
        """Steps before `oldest`. Those before `recent` are kept together where little is usual."""
        while self.steps and self.steps[0][0] < recent:
            step = self.steps[0]
            self.forget_before(step[0] + 1)
            if self.is_weak(block):
                self._keep(*step)
        while self.earlier and self.earlier[0][0] < oldest:
            self.earlier.popleft()

    def is_weak(self, block: int) -> bool:
        """Whether something small that goes on could be told from the usual. Customers' own errors come in waves."""
        return not self.is_own and self.usual(block, BLOCK) <= MOST_OF_WEAK

    def _keep(self, step: int, accounts: tuple[int, ...], failures: int) -> None:
        first = step - step % TOGETHER
        if self.earlier and self.earlier[-1][0] == first:
            _, before, failed = self.earlier.pop()
            accounts, failures = before + accounts, failed + failures
        self.earlier.append((first, accounts, failures))

    def since(self, step: int) -> list[Step]:
        return [entry for entry in chain(self.earlier, self.steps) if entry[0] >= step]

    def close(self, step: int, block: int, growth: float) -> None:
        """The step is over."""
        self.count_block(block, growth)
        self.count += self.add(step, self.accounts, self.failures)
        self.accounts = set()
        self.failures = 0

    def count_block(self, block: int, growth: float) -> None:
        if block == self.block:
            return
        if self.block >= 0:
            self.baseline.add(self.block, self.count, growth=growth if self.covered else 0.0)
        self.block, self.count, self.covered = block, 0, False

    def usual(self, block: int, seconds: float) -> float:
        return self.baseline.per_block(block) * seconds / BLOCK

    def clear(self) -> None:
        """Begin anew: from now on an incident covers part of it, or no longer does."""
        self.steps.clear()
        self.earlier.clear()
        self.recent = 0


class Cell:
    """One error of one model on one route: the step that is being counted."""

    __slots__ = ("accounts", "failures", "is_covered", "is_own", "last", "place", "scopes", "traffic")

    def __init__(self, place: Place, scopes: list[Scope], traffic: list[Place], *, is_own: bool) -> None:
        self.place = place
        self.is_own = is_own
        self.scopes = scopes
        self.traffic = traffic
        self.accounts: set[int] = set()
        self.failures = 0
        self.is_covered = False
        self.last = 0
        for scope in scopes:
            scope.cells += 1

    def close(self, step: int) -> None:
        self.last = step
        self.accounts = set()
        self.failures = 0


def steps_of_accounts(steps: Iterable[Step]) -> Counter[int]:
    """In how many of the steps each account failed."""
    counted: Counter[int] = Counter()
    for _, accounts, _ in steps:
        counted.update(accounts)
    return counted
