"""`make bench NAME=engine SIZE=10k`: measure one part; the last line is one JSON object."""

import argparse
import importlib
import sys

from tests.performance.measured import SIZES, Measured

NAMES = ("engine", "desk", "ingest", "correlation", "backtest", "chain")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("size", choices=SIZES, nargs="?", default="10k")
    args = parser.parse_args(arguments)
    try:
        part = importlib.import_module(f"tests.performance.{args.name}")
    except ModuleNotFoundError as missing:
        if missing.name != f"tests.performance.{args.name}":
            raise
        parser.error(f"{args.name} has no measurement yet")
    measured: Measured = part.measure(args.size)
    sys.stdout.write(measured.table() + "\n" + measured.line() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
