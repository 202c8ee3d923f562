"""The door for operators and for checks from outside: `manage.py replay_failures`."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.performance.failure_days import Day, as_line
from tests.performance.failure_score import score
from tickets.services.correlation import Opening, Thresholds
from tickets.services.correlation.replay import Replay

NAMES = {"opened_at", "provider", "model", "route", "fingerprint", "accounts", "failures", "title"}


@pytest.mark.parametrize("seed", [2, 5])
def test_a_synthetic_night_is_judged_without_a_mistake(seed):
    day = Day(seed, rows=12_000, incidents=4, minutes=360)

    result = score(day, list(openings(lines(day))))

    assert (result.missed, result.false, result.second) == ([], [], [])


def test_it_prints_one_json_line_for_each_incident(tmp_path):
    file = tmp_path / "day.ndjson"
    file.write_text("\n".join(lines(Day(2, rows=12_000, incidents=4, minutes=360))), encoding="utf-8")

    told = [json.loads(line) for line in run(str(file), "--json").splitlines()]

    assert len(told) == 4
    assert all(set(each) == NAMES for each in told)
    assert all(each["opened_at"].endswith("Z") and each["title"] for each in told)


def test_it_reads_packed_files_and_tells_people_too(tmp_path):
    file = tmp_path / "day.ndjson.gz"
    with gzip.open(file, "wt", encoding="utf-8") as packed:
        packed.write("\n".join(lines(Day(2, rows=12_000, incidents=4, minutes=360))))

    assert len(run(str(file)).splitlines()) == 4


def test_a_bad_line_is_named_and_spoils_nothing(tmp_path):
    file = tmp_path / "bad.ndjson"
    file.write_text('{"source_id": 1}\n\nno json\n', encoding="utf-8")
    problems = StringIO()

    assert run(str(file), stderr=problems) == "Nothing would have been opened.\n"
    assert [line.split(":")[0] for line in problems.getvalue().splitlines()] == [
        "line 1 left out",
        "line 3 left out",
    ]


def test_a_file_that_is_not_there_is_said_so():
    with pytest.raises(CommandError, match="cannot be read"):
        run("/nowhere/day.ndjson")


@pytest.mark.parametrize("option", ["--window=1", "--accounts=0"])
def test_thresholds_without_sense_are_refused(option, tmp_path):
    with pytest.raises(CommandError, match="5 to 60 minutes"):
        run(str(tmp_path / "any"), option)


def lines(day: Day) -> list[str]:
    return [as_line(row, number) for number, row in enumerate(day.live())]


def openings(lines: list[str]) -> list[Opening]:
    return list(Replay(Thresholds()).openings(lines))


def run(*arguments: str, stderr: StringIO | None = None) -> str:
    out = StringIO()
    call_command("replay_failures", *arguments, stdout=out, stderr=stderr or StringIO())
    return out.getvalue()
