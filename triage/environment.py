"""What the environment says, read by typed helpers that fail with a sentence one can act on."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

env = Env()


def flag(name: str, default: bool) -> bool:
    try:
        return env.bool(name, default)
    except EnvError as problem:
        raise ImproperlyConfigured(f"{name} must be true or false.") from problem


def number(name: str, default: int, *, at_least: int = 1) -> int:
    try:
        value = env.int(name, default)
    except EnvError as problem:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from problem
    if value < at_least:
        raise ImproperlyConfigured(f"{name} must be at least {at_least}.")
    return value


def text(name: str, default: str = "") -> str:
    return env.str(name, default).strip()


def words(name: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def web_address(name: str, default: str = "") -> str:
    """An http(s) address without a path, such as https://desk.example.com."""
    address = text(name, default).rstrip("/")
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"{name} must look like https://desk.example.com (no path).")
    return address


def secret(name: str, kept_in: Path) -> str:
    """NAME itself, else the content of the file NAME_FILE, else a value made once and kept in `kept_in`."""
    if value := text(name):
        return value
    named = text(f"{name}_FILE")
    path = Path(named) if named else kept_in
    if not named and not path.exists():
        _make_secret(name, path)
    try:
        value = path.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ImproperlyConfigured(f"{name}: cannot read {path} ({problem.strerror}).") from problem
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name}: {path} must hold at least 32 characters.")
    return value


def earlier_secrets(name: str, kept_in: Path) -> list[str]:
    """Those that still count beside NAME: NAME_BEFORE (comma-separated), else the lines of the file NAME_BEFORE_FILE,
    else those of the file beside the kept one. The newest first.
    """
    kept = earlier_file(kept_in)
    found = words(f"{name}_BEFORE") or text_or_file(f"{name}_BEFORE").splitlines()
    if not found and kept.exists():
        found = _content_of(f"{name}_BEFORE", str(kept)).splitlines()
    earlier = [line.strip() for line in found if line.strip()]
    if any(len(one) < 32 for one in earlier):
        raise ImproperlyConfigured(f"{name}_BEFORE must hold secrets of at least 32 characters.")
    return earlier


def earlier_file(kept_in: Path) -> Path:
    return kept_in.with_name(f"{kept_in.name}-before")


def _make_secret(name: str, path: Path) -> None:
    """Readable by its owner only; whole or not there at all, also when two processes start at once."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48) + "\n", encoding="utf-8")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was first; its value counts
        finally:
            draft.unlink()
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{name} is not set, and {path} cannot be made ({problem.strerror}). "
            f"Set {name}, {name}_FILE or TRIAGE_DATA_DIR."
        ) from problem


def database(name: str, *, embedded: Path, connections: int) -> dict[str, Any]:
    """SQLite in the file `embedded` when NAME is not set, else PostgreSQL with a pool of connections."""
    url = text(name)
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url or f"sqlite:///{embedded}"))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as problem:
        raise ImproperlyConfigured(
            f"{name} must look like postgres://user:password@host:5432/name."
        ) from problem
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"].endswith("sqlite3"):
        options.update(SQLITE_OPTIONS)
    elif config["ENGINE"].endswith("postgresql"):
        config["CONN_MAX_AGE"] = 0  # the pool keeps the connections
        # A cursor on the server takes three round trips, and no pooler between would keep it.
        config["DISABLE_SERVER_SIDE_CURSORS"] = True
        # Our queries are short; compiling one took up to 140 ms where the planner feared many rows. What a search hits
        # among a million tickets needs more memory than is usual: else whole pages are read and checked again, for 2 s.
        options.setdefault("options", "-c jit=off -c work_mem=32MB")
        # After a restart of the server, nobody is handed a connection to the old one, and nobody waits for an attempt
        # that the pool would put off for minutes.
        config["CONN_HEALTH_CHECKS"] = True
        options["pool"] = {"min_size": 1, "max_size": connections, "timeout": 10, "reconnect_timeout": 6}
    else:
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL or SQLite database.")
    return config


# Writers wait in line instead of failing with "database is locked"; readers never wait for a writer.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
}


def mail(name: str, *, kept_in: Path) -> dict[str, Any]:
    """Django's mail settings from smtp://user:password@host:587 (STARTTLS), smtps:// (TLS) or console:.

    Not set: every message becomes a file in the folder `kept_in`. `?tls=off` is plain SMTP.
    """
    url = text(name)
    if not url:
        return {"EMAIL_BACKEND": f"{MAIL_BACKENDS}.filebased.EmailBackend", "EMAIL_FILE_PATH": kept_in}
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{MAIL_BACKENDS}.console.EmailBackend"}
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must look like smtp://user:password@mail.example.com:587.")
    implicit = parts.scheme == "smtps"
    plain = parse_qs(parts.query).get("tls") == ["off"]
    return {
        "EMAIL_BACKEND": f"{MAIL_BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and not plain,
        "EMAIL_TIMEOUT": 10,
    }


MAIL_BACKENDS = "django.core.mail.backends"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail is fetched from. `move_to` is a folder for what was taken in; without it, mail stays and is read."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    implicit_tls: bool = True
    start_tls: bool = False
    move_to: str = ""

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}/{self.folder}"


def mailbox(name: str) -> Mailbox | None:
    """imaps://user:password@host/INBOX (TLS) or imap:// (STARTTLS), from NAME or the file NAME_FILE.

    `?move=Done` moves what was taken in; `?tls=off` is plain IMAP.
    """
    url = text(name) or _content_of(name, text(f"{name}_FILE"))
    if not url:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username or port == -1:
        raise ImproperlyConfigured(f"{name} must look like imaps://user:password@mail.example.com/INBOX.")
    implicit = parts.scheme == "imaps"
    options = parse_qs(parts.query)
    return Mailbox(
        host=parts.hostname,
        port=port or (993 if implicit else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        implicit_tls=implicit,
        start_tls=not implicit and options.get("tls") != ["off"],
        move_to=options.get("move", [""])[0],
    )


ScannerAddress = tuple[str, int] | str  # a host and port, or the path of a socket


def scanner(name: str) -> ScannerAddress | None:
    """Where a clamd listens: clamd://127.0.0.1:3310, or clamd+unix:///run/clamav/clamd.ctl."""
    url = text(name)
    if not url:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port or 3310
    except ValueError:
        port = 0
    if parts.scheme == "clamd" and parts.hostname and port and not parts.path.strip("/"):
        return parts.hostname, port
    if parts.scheme == "clamd+unix" and not parts.netloc and parts.path.strip("/"):
        return unquote(parts.path)
    raise ImproperlyConfigured(
        f"{name} must look like clamd://127.0.0.1:3310 or clamd+unix:///run/clamav/clamd.ctl."
    )


def choice(name: str, known: tuple[str, ...]) -> str:
    value = text(name)
    if value not in known:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(filter(None, known))}.")
    return value


def text_or_file(name: str) -> str:
    """NAME itself, or the content of the file NAME_FILE."""
    return text(name) or _content_of(name, text(f"{name}_FILE"))


def _content_of(name: str, path: str) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ImproperlyConfigured(f"{name}: cannot read {path} ({problem.strerror}).") from problem
