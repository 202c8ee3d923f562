"""`python -m triage.engine.catalogue`: say what is wrong in the built-in catalogue."""

import sys

from . import HOME, read_catalogue


def main() -> int:
    catalogue, problems = read_catalogue(HOME)
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(
        f"{len(catalogue.causes)} causes, {len(catalogue.rule_set.rules)} rules, "
        f"{len(catalogue.replies)} replies, {len(catalogue.macros)} macros, {len(problems)} problems\n"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
