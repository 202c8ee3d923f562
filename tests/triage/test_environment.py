import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from triage import environment

LONG_ENOUGH = "x" * 32


@pytest.mark.parametrize(("given", "read"), [("1", True), ("true", True), ("off", False), ("0", False)])
def test_flags(monkeypatch: pytest.MonkeyPatch, given: str, read: bool):
    monkeypatch.setenv("DEMO", given)

    assert environment.flag("DEMO", not read) is read


def test_what_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch):
    for name in ("DEBUG", "PORT", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)

    assert environment.flag("DEBUG", False) is False
    assert environment.number("PORT", 8000) == 8000
    assert environment.words("ALLOWED_HOSTS") == []


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("DEBUG", "maybe", "DEBUG must be true or false."),
        ("PORT", "http", "PORT must be a whole number."),
        ("PORT", "0", "PORT must be at least 1."),
        ("TRIAGE_BASE_URL", "desk.example.com", "must look like https://"),
        ("TRIAGE_BASE_URL", "https://desk.example.com/desk", "no path"),
        ("DATABASE_URL", "mysql://root@localhost/desk", "PostgreSQL or SQLite"),
        ("DATABASE_URL", "localhost", "must look like postgres://"),
        ("EMAIL_URL", "imap://mail.example.com", "must look like smtp://"),
        ("TRIAGE_SCANNER", "127.0.0.1:3310", "must look like clamd://"),
        ("TRIAGE_SCANNER", "clamd://", "must look like clamd://"),
        ("TRIAGE_SCANNER", "clamd://127.0.0.1:clam", "must look like clamd://"),
        ("TRIAGE_SCANNER", "clamd:///run/clamav/clamd.ctl", "must look like clamd://"),
        ("TRIAGE_SCANNER", "clamd+unix://run/clamav/clamd.ctl", "must look like clamd://"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, given: str, told: str
):
    monkeypatch.setenv(name, given)
    read = {
        "DEBUG": lambda: environment.flag(name, False),
        "PORT": lambda: environment.number(name, 1),
        "TRIAGE_BASE_URL": lambda: environment.web_address(name),
        "DATABASE_URL": lambda: environment.database(name, embedded=tmp_path, connections=1),
        "EMAIL_URL": lambda: environment.mail(name, kept_in=tmp_path),
        "TRIAGE_SCANNER": lambda: environment.scanner(name),
    }[name]

    with pytest.raises(ImproperlyConfigured, match=f"{name} .*{told.removeprefix(name).strip()}"):
        read()


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path):
    kept_in = tmp_path / "data" / "secret-key"

    first = environment.secret("UNSET_SECRET", kept_in)

    assert len(first) >= 32
    assert environment.secret("UNSET_SECRET", kept_in) == first
    assert kept_in.stat().st_mode & 0o777 == 0o600
    assert kept_in.parent.stat().st_mode & 0o777 == 0o700
    assert list(kept_in.parent.iterdir()) == [kept_in]


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path):
    read: list[str] = []
    start = threading.Barrier(4)

    def start_up(number: int) -> None:
        start.wait()
        read.append(environment.secret(f"UNSET_SECRET_{number}", tmp_path / "secret-key"))

    threads = [threading.Thread(target=start_up, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(read) == 4
    assert len(set(read)) == 1


def test_a_secret_from_the_environment_wins_over_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    mounted = tmp_path / "mounted"
    mounted.write_text(LONG_ENOUGH + "\n")
    monkeypatch.setenv("TRIAGE_PEPPER_FILE", str(mounted))
    monkeypatch.delenv("TRIAGE_PEPPER", raising=False)
    assert environment.secret("TRIAGE_PEPPER", tmp_path / "made") == LONG_ENOUGH

    monkeypatch.setenv("TRIAGE_PEPPER", "y" * 40)
    assert environment.secret("TRIAGE_PEPPER", tmp_path / "made") == "y" * 40
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(("content", "told"), [(None, "cannot read"), ("short", "at least 32 characters")])
def test_a_named_secret_file_must_be_good(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None, told: str
):
    named = tmp_path / "named"
    if content is not None:
        named.write_text(content)
    monkeypatch.setenv("SOME_SECRET_FILE", str(named))

    with pytest.raises(ImproperlyConfigured, match=told):
        environment.secret("SOME_SECRET", tmp_path / "made")


def test_the_embedded_database_makes_writers_wait_in_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    config = environment.database("DATABASE_URL", embedded=tmp_path / "desk.sqlite3", connections=4)

    assert config["NAME"] == str(tmp_path / "desk.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in config["OPTIONS"]["init_command"]


def test_postgresql_has_a_pool_and_keeps_what_its_address_asks_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://desk:p%40ss@db:6432/desk?sslmode=require")
    config = environment.database("DATABASE_URL", embedded=Path("unused"), connections=10)

    assert (config["USER"], config["PASSWORD"], config["HOST"], config["PORT"]) == (
        "desk",
        "p@ss",
        "db",
        6432,
    )
    assert config["OPTIONS"]["sslmode"] == "require"
    assert config["OPTIONS"]["pool"]["max_size"] == 10
    assert config["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(
    ("url", "port", "ssl", "starttls"),
    [
        ("smtp://desk:p%40ss@mail.example.com", 587, False, True),
        ("smtps://desk:p%40ss@mail.example.com", 465, True, False),
        ("smtp://desk:p%40ss@mail.example.com:2525?tls=off", 2525, False, False),
    ],
)
def test_mail_addresses(monkeypatch: pytest.MonkeyPatch, url: str, port: int, ssl: bool, starttls: bool):
    monkeypatch.setenv("EMAIL_URL", url)
    mail = environment.mail("EMAIL_URL", kept_in=Path("unused"))

    assert (mail["EMAIL_HOST"], mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == (
        "mail.example.com",
        "desk",
        "p@ss",
    )
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_SSL"], mail["EMAIL_USE_TLS"]) == (port, ssl, starttls)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", None),
        ("clamd://127.0.0.1:9000", ("127.0.0.1", 9000)),
        ("clamd://[::1]/", ("::1", 3310)),
        ("clamd+unix:///run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
    ],
)
def test_where_the_virus_scanner_is(monkeypatch: pytest.MonkeyPatch, given: str, read: object):
    monkeypatch.setenv("TRIAGE_SCANNER", given)

    assert environment.scanner("TRIAGE_SCANNER") == read


def test_without_a_mail_server_letters_are_kept_as_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("EMAIL_URL", raising=False)

    assert environment.mail("EMAIL_URL", kept_in=tmp_path)["EMAIL_FILE_PATH"] == tmp_path
