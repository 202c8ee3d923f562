"""What an operator may set, and what follows from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`failures` and `accounts` are floors within `window` minutes: below them nothing opens, however unusual."""

    window: int = 10
    failures: int = 10
    accounts: int = 7
    surprise: float = 15.0  # nats: how improbable the count must be under its baseline
    times: float = 2.0  # and how many times the baseline at least
    lasting: float = 130.0  # seconds that it must have gone on: a deploy is over by then
    lasting_mixed: float = 165.0  # the same, where no single error stands out
    lasting_everywhere: float = (
        420.0  # the same, where all providers fail at once: that is mostly the gateway itself
    )
    calm: float = 30 * 60.0  # seconds of calm after which an incident no longer covers its place
