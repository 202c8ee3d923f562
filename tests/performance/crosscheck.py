"""Score the engine on labelled cases in two random halves: one that rule writers may look at, one held out.

    python -m tests.performance.crosscheck FOLDER [--errors N] [--half seen|held_out]

FOLDER (or the environment variable TRIAGE_CORPUS) holds dev.jsonl and score.py. Only errors of the seen half
are shown, unless asked otherwise: a rule written for a case of the other half makes its figures worthless.
"""

import argparse
import importlib.util
import json
import os
import random
import sys
from pathlib import Path
from types import ModuleType

from triage.engine import diagnose
from triage.engine.report import as_dict

SEED = 20261122
Case = dict[str, object]


def main() -> int:
    args = _arguments()
    folder = Path(args.folder)
    score = _scorer(folder / "score.py")
    cases = [case for case in score.read(folder / "dev.jsonl") if not case.get("disputed")]
    answers = {str(case["id"]): as_dict(diagnose(score.text_of(case)), case["id"]) for case in cases}
    for name, half in halves(cases).items():
        figures, _, _, errors = score.score(half, [answers[str(case["id"])] for case in half])
        print(json.dumps({"half": name, **{key: round(value, 3) for key, value in figures.items()}}))
        print(f"  sure and right: {sureness(half, answers)}")
        for case, guess in errors[: args.errors] if name == args.half else ():
            _show(case, guess, score.text_of(case))
    return 0


def halves(cases: list[Case]) -> dict[str, list[Case]]:
    """The same split on every machine: by case id, shuffled with a fixed seed."""
    ids = sorted(str(case["id"]) for case in cases)
    random.Random(SEED).shuffle(ids)
    seen = set(ids[: len(ids) // 2])
    return {
        "seen": [case for case in cases if case["id"] in seen],
        "held_out": [case for case in cases if case["id"] not in seen],
    }


def sureness(cases: list[Case], answers: dict[str, dict[str, object]]) -> str:
    sure = [case for case in cases if float(str(answers[str(case["id"])]["confidence"])) >= 0.8]
    right = sum(answers[str(case["id"])]["verdict"] == case["verdict"] for case in sure)
    return f"{right} of {len(sure)}, of {len(cases)} cases"


def _show(case: Case, guess: dict[str, object], text: str) -> None:
    print(
        f"\n{case['id']} gold {case['verdict']}/{case['cause']} got {guess['verdict']}/{guess['cause']} "
        f"({guess['confidence']}) rules {guess['rules']} then {guess['alternatives']}\n"
        f"  why: {case['why']}\n  text: {text[:700]!r}"
    )


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"cannot read {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default=os.environ.get("TRIAGE_CORPUS"))
    parser.add_argument("--errors", type=int, default=0, help="show this many wrong causes")
    parser.add_argument("--half", choices=("seen", "held_out"), default="seen", help="whose errors are shown")
    args = parser.parse_args()
    if not args.folder:
        parser.error("name the folder of the labelled cases")
    return args


if __name__ == "__main__":
    sys.exit(main())
