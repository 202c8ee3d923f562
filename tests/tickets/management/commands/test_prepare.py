import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plumbing import TOP

pytestmark = pytest.mark.own_folder


def prepare(folder: Path) -> str:
    """Prepare a desk in a folder that is not there yet, with secrets that come from outside."""
    env = {
        "PATH": os.environ["PATH"],
        "TRIAGE_DATA_DIR": str(folder / "data"),
        "TRIAGE_STATIC_ROOT": str(folder / "static"),
        "TRIAGE_SECRET_KEY": "no secret, only for tests, long enough",
        "TRIAGE_PEPPER": "no pepper, only for tests, long enough",
        "TRIAGE_SIGNING_KEY": "no signing key, only for tests, long enough",
        "DEMO": "false",
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "prepare"], cwd=TOP, env=env, capture_output=True, text=True
    )
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def test_preparing_twice_leaves_what_is_up_to_date_alone(tmp_path: Path):
    assert "/invitation/" in prepare(tmp_path)
    assert (tmp_path / "data" / "triage.sqlite3").exists()
    collected = tmp_path / "static" / ".collected"
    made = collected.stat().st_mtime_ns

    prepare(tmp_path)
    assert collected.stat().st_mtime_ns == made

    (tmp_path / "static" / ".collected").write_text("another state of the sources")
    prepare(tmp_path)
    assert collected.stat().st_mtime_ns != made
