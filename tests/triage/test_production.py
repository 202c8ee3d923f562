import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plumbing import TOP
from triage.production import is_public

pytestmark = pytest.mark.own_folder

PUBLIC = {"TRIAGE_BASE_URL": "https://desk.example.com"}
DUMMY = {"short": "abc", "repeated": "ab" * 30, "sample": "django-insecure-0123456789abcdefghijklmnopqrst"}


def manage(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": os.environ["PATH"],
        "TRIAGE_DATA_DIR": str(folder),
        "TRIAGE_STATIC_ROOT": str(folder / "static"),
        **environment,
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=TOP, env=env, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://[::1]:8000", False),
        ("https://desk.example.com", True),
        ("http://192.168.1.20:8000", True),
    ],
)
def test_who_can_reach_an_address(address: str, public: bool):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "true"), ("DEMO", "true"), *(("TRIAGE_SECRET_KEY", one) for one in DUMMY.values())],
)
def test_a_public_desk_does_not_start_with_what_is_for_development(tmp_path: Path, name: str, value: str):
    result = manage(["check"], tmp_path, **PUBLIC, **{name: value})

    assert result.returncode == 1
    assert result.stderr.startswith(f"Configuration: {name} ")
    assert result.stderr.count("\n") == 1
    assert value not in result.stderr or name in ("DEBUG", "DEMO")


def test_the_check_for_deployment_is_clean(tmp_path: Path):
    result = manage(["check", "--deploy", "--fail-level", "DEBUG"], tmp_path, **PUBLIC)

    assert (result.returncode, result.stderr) == (0, "")


def test_demo_people_are_refused_until_they_are_retired(tmp_path: Path):
    assert "agent@demo.invalid" in manage(["prepare"], tmp_path).stdout

    for command in ("prepare", "serve"):
        refused = manage([command], tmp_path, **PUBLIC)
        assert refused.returncode == 1
        assert "create_demo --retire" in refused.stderr

    assert "5" in manage(["create_demo", "--retire"], tmp_path, **PUBLIC).stdout
    assert manage(["prepare"], tmp_path, **PUBLIC).returncode == 0
