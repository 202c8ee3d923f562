"""The settings as a process of the product reads them, each time in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.plumbing import TOP

NOTHING_SET = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP)}


def settings_with(names: list[str], data: Path, **environment: str) -> dict[str, Any]:
    program = (
        "import json, sys; from triage import settings;"
        "json.dump({name: getattr(settings, name) for name in sys.argv[1:]}, sys.stdout, default=str)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *names],
        env={**NOTHING_SET, "TRIAGE_DATA_DIR": str(data), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_with_nothing_set_it_is_production_on_the_embedded_default(tmp_path: Path):
    names = ["DEBUG", "REDIS_URL", "BASE_URL", "HTTPS", "SESSION_COOKIE_SECURE", "ALLOWED_HOSTS", "DATABASES"]
    found = settings_with(names, tmp_path)

    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "triage.sqlite3")
    assert {name: found[name] for name in names[:5]} == {
        "DEBUG": False,
        "REDIS_URL": "",
        "BASE_URL": "http://127.0.0.1:8000",
        "HTTPS": False,
        "SESSION_COOKIE_SECURE": False,
    }
    assert set(found["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "pepper",
        "secret-key",
        "signing-key",
    ]


def test_behind_https_cookies_are_secure_and_plain_http_is_sent_there(tmp_path: Path):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    found = settings_with(names, tmp_path, TRIAGE_BASE_URL="https://desk.example.com")

    assert list(found.values()) == [True, True, True, 31_536_000]


def test_passwords_are_kept_with_argon2(tmp_path: Path):
    found = settings_with(["PASSWORD_HASHERS"], tmp_path)

    assert found["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_pages_may_load_nothing_from_elsewhere_and_run_nothing_inline(settings: Any):
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert policy["default-src"] == ["'none'"]
    assert not {source for sources in policy.values() for source in sources} & {
        "*",
        "https:",
        "'unsafe-inline'",
        "'unsafe-eval'",
    }


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DEBUG", "perhaps", "Configuration: DEBUG must be true or false."),
        ("TRIAGE_DATA_DIR", "/proc/nowhere", "Configuration: TRIAGE_SECRET_KEY is not set, and "),
    ],
)
def test_a_wrong_setting_ends_the_start_with_one_line(tmp_path: Path, name: str, value: str, told: str):
    environment = {**NOTHING_SET, "TRIAGE_DATA_DIR": str(tmp_path), name: value}
    result = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=TOP, env=environment, capture_output=True, text=True
    )

    assert result.returncode == 1
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1


def test_a_public_desk_asks_a_service_for_stolen_passwords_unless_it_is_told_none(tmp_path: Path):
    def asked(**environment: str) -> str:
        validators = settings_with(["AUTH_PASSWORD_VALIDATORS"], tmp_path, **environment)[
            "AUTH_PASSWORD_VALIDATORS"
        ]
        return str(
            next(each for each in validators if each["NAME"].endswith("NotBreached"))["OPTIONS"]["url"]
        )

    public = {"TRIAGE_BASE_URL": "https://desk.example.com"}
    assert asked() == ""
    assert asked(**public).startswith("https://")
    assert asked(**public, PASSWORD_BREACH_URL="") == ""
