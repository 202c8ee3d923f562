"""One busy minute judged: 100,000 failures over 200 fingerprints, after as many. Then one provider breaks."""

from collections.abc import Iterator
from random import Random
from time import perf_counter, process_time

from tests.performance.measured import Measured, median, p95
from tickets.services.correlation import Correlator, Thresholds

FAILURES = {"10k": 100_000, "100k": 100_000, "1M": 200_000}  # in a minute
BEFORE = 22  # minutes, so that everything is warm and judged
BREAKS = 24
MEASURED = 7
START = 1_770_000_000
PROVIDERS = [f"provider-{at}" for at in range(8)]
MODELS = [[f"model-{at}-{number}" for number in range(3)] for at in range(8)]
ROUTES = [[f"route-{at}-{number}" for number in range(3)] for at in range(8)]
ERRORS = [f"{number:016x}" for number in range(200)]
ACCOUNTS = [f"account-{number}" for number in range(20_000)]
Row = tuple[float, str, str, str, str, str]


def measure(size: str) -> Measured:
    measured = Measured("correlation", size)
    correlator = Correlator(Thresholds(), lambda fingerprint: int(fingerprint, 16) % 3 == 0)
    minutes, busy, bare_minutes, opened = [], [], [], 0
    for minute in range(BEFORE + MEASURED):
        rows = list(_rows(minute, FAILURES[size]))
        started, worked = perf_counter(), process_time()
        for row in rows:
            opened += len(correlator.add(*row))
        done, worked = perf_counter(), process_time() - worked
        _count(rows)
        if minute >= BEFORE:
            minutes.append(done - started)
            busy.append(worked)
            bare_minutes.append(perf_counter() - done)
    measured.figures["minute_ms"] = median(minutes) * 1000
    measured.figures["minute_p95_ms"] = p95(minutes) * 1000
    measured.figures["minute_cpu_ms"] = median(busy) * 1000
    measured.figures["bare_minute_ms"] = median(bare_minutes) * 1000
    measured.figures["failures_in_minute"] = FAILURES[size]
    measured.figures["opened"] = opened
    measured.ratios["minute_to_bare"] = measured.figures["minute_ms"] / measured.figures["bare_minute_ms"]
    return measured


def _count(rows: list[Row]) -> None:
    """The bare equivalent: only counted, by everything that tells them apart."""
    counted: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = row[1:]
        counted[key] = counted.get(key, 0) + 1


def _rows(minute: int, count: int) -> Iterator[Row]:
    """Half of the last minutes' failures have one error at one provider: something is opened, and covers them."""
    draw = Random(minute)
    for at in range(count):
        broken = minute >= BREAKS and at % 2
        provider = 0 if broken else draw.randrange(8)
        yield (
            START + (minute + at / count) * 60,
            PROVIDERS[provider],
            MODELS[provider][draw.randrange(3)],
            ROUTES[provider][draw.randrange(3)],
            ERRORS[-3 if broken else int(draw.random() ** 2 * len(ERRORS))],
            ACCOUNTS[int(draw.random() ** 2 * len(ACCOUNTS))],
        )
