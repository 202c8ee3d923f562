"""Synthetic days of failures: `python -m tests.performance.failure_days SEED FILE.ndjson [--rows 2000000]`.

A steady ground of customers' own errors and of passing trouble, with the rhythm of a day, over accounts of very
unequal traffic; into it are planted incidents that should be found, and decoys that should not. Everything is drawn
widely from the seed, so that nothing can be fitted to one day. `Day.planted` and `Day.decoys` are the key to it.
"""

import argparse
import json
import math
import random
import sys
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from tests.performance.failure_errors import BLIP, OWN, PASSING, TROUBLE, Error
from tests.performance.failure_plants import Decoy, Planted

MINUTES = 24 * 60
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
PROVIDERS = ("openai", "anthropic", "google", "deepseek", "mistral", "qwen", "xai", "moonshot")
FAMILIES = ("gpt", "claude", "gemini", "deepseek", "mistral", "qwen", "grok", "kimi")


@dataclass(frozen=True, slots=True)
class Row:
    at: float  # seconds since midnight
    provider: str
    model: str
    route: str | None
    account: int
    error: Error


@dataclass
class Day:
    seed: int
    rows: int = 2_000_000
    incidents: int = 12
    minutes: int = MINUTES
    planted: list[Planted] = field(default_factory=list)
    decoys: list[Decoy] = field(default_factory=list)

    def __post_init__(self) -> None:
        draw = self.draw = random.Random(self.seed)
        self.routes: dict[str, list[str | None]] = {
            provider: [
                f"{provider}-{place}"
                for place in ("eu", "us", "asia", "azure", "backup")[: draw.randint(1, 5)]
            ]
            for provider in PROVIDERS
        }
        if draw.random() < 0.15:
            self.routes = {
                provider: [None] for provider in PROVIDERS
            }  # a gateway that does not say its routes
        self.models = self._draw_models()
        self.places = [(p, m) for p in PROVIDERS for m in self.models[p]]
        popular = [1 / (rank + 1) ** draw.uniform(0.5, 1.2) for rank in range(len(self.places))]
        draw.shuffle(popular)
        self.popularity = list(accumulate(popular))
        exponent = draw.uniform(0.7, 1.3)
        self.account_weights = [1 / (rank + 3) ** exponent for rank in range(2500)]
        self.accounts = list(accumulate(self.account_weights))
        self.favourites = [self._draw_place() for _ in range(2500)]
        self.habits = [draw.sample(OWN, draw.randint(1, 3)) for _ in range(2500)]
        self.passing = draw.choice((0.0, 0.02, 0.05, 0.1))
        self.amplitude, self.peak = draw.uniform(0.2, 0.85), draw.uniform(0, MINUTES)
        self._plant()

    # -- what is planted

    def _draw_models(self) -> dict[str, list[str]]:
        names = [f"{FAMILIES[number % 8]}-{number // 8 + 3}" for number in range(20)]
        models: dict[str, list[str]] = {provider: [] for provider in PROVIDERS}
        shared = self.draw.random() < 0.4
        for number, name in enumerate(names):
            models[PROVIDERS[number % 8]].append(name)
            if shared and self.draw.random() < 0.4:
                other = self.draw.choice(PROVIDERS)
                if name not in models[other]:
                    models[other].append(name)
        return models

    def _plant(self) -> None:
        draw = self.draw
        ramps = draw.randint(1, self.incidents // 3)
        shapes = ["ramp"] * ramps + draw.choices(("sharp", "flapping"), k=self.incidents - ramps)
        for shape in shapes:
            for _try in range(200):
                one = self._draw_incident(shape)
                if all(
                    one.provider != other.provider
                    or one.start > other.end + 3000
                    or other.start > one.end + 3000
                    for other in self.planted
                ):
                    self.planted.append(one)
                    break
        self.planted.sort(key=lambda one: one.start)
        kinds = ["noisy_account", "nightly_batch", "retry_storm", "deploy_blip"]
        kinds += draw.choices([*kinds, "own_wave", "provider_blip"], k=2)
        self.decoys = [self._draw_decoy(kind) for kind in kinds]

    def _draw_incident(self, shape: str) -> Planted:
        draw = self.draw
        last = self.minutes * 60
        start = draw.uniform(min(1800, last / 4), last - min(2400, last / 3))
        provider = draw.choice(PROVIDERS)
        scope = draw.choice(("route", "model", "provider"))
        count = int(14 * (300 / 14) ** draw.random())
        pool = (
            draw.sample(range(2500), count)
            if draw.random() < 0.6
            else list({self._draw_account() for _ in range(count * 6)})[:count]
        )
        pool += draw.sample(range(2500), max(0, 14 - len(pool)))
        spread = draw.choice((0.0, 0.5, 0.8, 1.1))
        per_minute = 8 * 15 ** draw.random()
        kinds = 1 if per_minute < 16 or draw.random() < 0.7 else draw.randint(2, 3)
        errors = draw.sample(TROUBLE, kinds)
        return Planted(
            start,
            min(last, start + 60 * max(draw.uniform(20, 150), 60 if shape == "ramp" else 0)),
            provider,
            draw.choice(self.models[provider]) if scope == "model" else None,
            draw.choice(self.routes[provider]) if scope == "route" else None,
            per_minute,
            tuple(pool),
            tuple(1 / (rank + 1) ** spread for rank in range(len(pool))),
            shape,
            (draw.uniform(120, 600), draw.uniform(60, 480)),
            tuple(errors),
        )

    def _draw_decoy(self, kind: str) -> Decoy:
        draw = self.draw
        last = self.minutes * 60
        start = draw.uniform(0, last * 0.9)
        everywhere = tuple((p, m, r) for p, m in self.places for r in self.routes[p])
        errors = (draw.choice((*OWN, *PASSING, *TROUBLE)),)
        one = draw.sample(everywhere, 1)
        few = draw.sample(everywhere, min(len(everywhere), draw.randint(1, 4)))
        accounts = tuple(draw.sample(range(2500), draw.randint(1, 4)))
        if kind == "noisy_account":
            return Decoy(
                kind,
                start,
                start + draw.uniform(900, 4 * 3600),
                draw.uniform(20, 300),
                accounts[:1],
                tuple(few),
                errors,
            )
        if kind == "nightly_batch":
            start = draw.uniform(0, 5 * 3600) % (last * 0.8)
            return Decoy(
                kind,
                start,
                start + draw.uniform(600, 5400),
                draw.uniform(30, 400),
                accounts,
                tuple(one),
                errors,
            )
        if kind == "retry_storm":
            return Decoy(
                kind,
                start,
                start + draw.uniform(300, 3600),
                draw.uniform(100, 800),
                accounts[:1],
                tuple(few),
                errors,
            )
        if kind == "deploy_blip":
            many = tuple(draw.sample(range(2500), draw.randint(40, 400)))
            return Decoy(
                kind,
                start,
                start + draw.uniform(20, 120),
                draw.uniform(60, 600),
                many,
                everywhere,
                (draw.choice(BLIP),),
            )
        if kind == "provider_blip":
            provider = draw.choice(PROVIDERS)
            many = tuple(draw.sample(range(2500), draw.randint(20, 200)))
            there = tuple(place for place in everywhere if place[0] == provider)
            return Decoy(
                kind,
                start,
                start + draw.uniform(20, 120),
                draw.uniform(30, 300),
                many,
                there,
                (draw.choice(TROUBLE),),
            )
        crowd = tuple(draw.sample(range(2500), draw.randint(6, 10)))
        return Decoy(
            kind,
            start,
            start + draw.uniform(1200, 5400),
            draw.uniform(10, 60),
            crowd,
            tuple(one),
            (draw.choice(OWN),),
        )

    def _draw_place(self) -> tuple[str, str]:
        return self.places[bisect(self.popularity, self.draw.random() * self.popularity[-1])]

    def _draw_account(self) -> int:
        return bisect(self.accounts, self.draw.random() * self.accounts[-1])

    # -- what happens

    def live(self) -> Iterator[Row]:
        """Every failure of the day, in order of time."""
        ground = self.rows / self.minutes
        for minute in range(self.minutes):
            rhythm = 1 + self.amplitude * math.cos((minute - self.peak) / MINUTES * math.tau)
            rows = [self._ground_row(minute) for _ in range(self._poisson(ground * rhythm))]
            trouble: list[Planted | Decoy] = [*self.planted, *self.decoys]
            for one in trouble:
                if one.start < minute * 60 + 60 and one.end > minute * 60:
                    rows += self._rows_of(one, minute)
            rows.sort(key=lambda row: row.at)
            yield from rows

    def _ground_row(self, minute: int) -> Row:
        random_ = self.draw.random
        account = bisect(self.accounts, random_() * self.accounts[-1])
        provider, model = self.favourites[account] if random_() < 0.7 else self._draw_place()
        routes = self.routes[provider]
        kinds = self.habits[account] if random_() >= self.passing else PASSING
        return Row(
            (minute + random_()) * 60,
            provider,
            model,
            routes[int(random_() ** 1.5 * len(routes))],
            account,
            kinds[int(random_() * len(kinds))],
        )

    def _rows_of(self, one: Planted | Decoy, minute: int) -> list[Row]:
        draw = self.draw
        rows = []
        for second in range(0, 60, 5):
            at = minute * 60 + second
            for _ in range(self._poisson(one.rate(at + 2.5) / 12)):
                if isinstance(one, Decoy):
                    provider, model, route = draw.choice(one.places)
                    account = draw.choice(one.accounts)
                else:
                    provider = one.provider
                    model = one.model or self._model_of(provider)
                    route = one.route or draw.choice(self.routes[provider])
                    account = draw.choices(one.accounts, one.weights)[0]
                rows.append(
                    Row(at + draw.random() * 5, provider, model, route, account, draw.choice(one.errors))
                )
        return rows

    def _model_of(self, provider: str) -> str:
        while (place := self._draw_place())[0] != provider:
            pass
        return place[1]

    def _poisson(self, mean: float) -> int:
        if mean > 30:
            return max(0, round(self.draw.gauss(mean, math.sqrt(mean))))
        limit, product, count = math.exp(-mean), self.draw.random(), 0
        while product > limit:
            product *= self.draw.random()
            count += 1
        return count


def as_line(row: Row, number: int) -> str:
    """One row as `POST /api/v1/failures` takes it."""
    error = row.error
    text = error.text.format(id=f"{number:012x}0", model=row.model, n=number % 9973)
    at = (
        datetime.fromtimestamp(MIDNIGHT + row.at, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )
    line: dict[str, object] = {
        "source_id": f"s{number}",
        "occurred_at": at,
        "account": f"acct-{row.account:04}",
        "model": row.model,
        "provider": row.provider,
        "route": row.route,
        "http_status": error.status,
        "error_type": error.type,
        "error_code": error.code,
        "raw_error": text,
        "request_id": f"req-{number}",
    }
    return json.dumps(
        {name: value for name, value in line.items() if value not in (None, "")}, ensure_ascii=False
    )


def write(day: Day, path: Path) -> int:
    number = 0
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(day.live(), 1):
            file.write(as_line(row, number) + "\n")
    return number


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=2_000_000)
    args = parser.parse_args()
    day = Day(args.seed, rows=args.rows)
    written = write(day, args.file)
    sys.stdout.write(f"{written} rows, {len(day.planted)} incidents, {len(day.decoys)} decoys\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
