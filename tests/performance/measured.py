"""The result of a measurement, in the form that every bench prints."""

import json
import resource
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

SIZES = ("10k", "100k", "1M")


@dataclass(slots=True)
class Measured:
    """Figures carry their unit in the name; ratios compare with the bare equivalent of the same run."""

    name: str
    size: str
    database: str = "none"
    figures: dict[str, float] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)

    def table(self) -> str:
        rows = [*self.figures.items(), *self.ratios.items(), *self.queries.items()]
        width = max((len(name) for name, _ in rows), default=0)
        return "\n".join(f"  {name:{width}}  {value:>14,.3f}" for name, value in rows)

    def line(self) -> str:
        return json.dumps(
            {
                "name": self.name,
                "size": self.size,
                "database": self.database,
                "figures": {name: round(value, 4) for name, value in self.figures.items()},
                "ratios": {name: round(value, 4) for name, value in self.ratios.items()},
                "queries": self.queries,
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
            }
        )


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
