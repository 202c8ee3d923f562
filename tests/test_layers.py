"""Sentences of the architecture, held by tests: dependencies point one way, the engine stands alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
# Each room with the rooms that its files may import, beside its own.
MAY_IMPORT = {
    "triage/engine": set(),
    "tickets/models": {"engine"},
    "tickets/connectors": {"engine", "models"},
    "tickets/services": {"engine", "models", "connectors"},
    "tickets/forms": {"engine", "models", "services"},
    "tickets/views": {"engine", "models", "services", "forms", "permissions"},
    "tickets/api": {"engine", "models", "services", "forms", "permissions"},
    "tickets/templatetags": {"engine", "models", "services", "views", "permissions"},
    "tickets/management": {"engine", "models", "connectors", "services", "tasks"},
}
ROOMS = {
    "triage.engine": "engine",
    "tickets.models": "models",
    "tickets.connectors": "connectors",
    "tickets.services": "services",
    "tickets.forms": "forms",
    "tickets.views": "views",
    "tickets.api": "api",
    "tickets.permissions": "permissions",
    "tickets.tasks": "tasks",
}
FOREIGN_TO_ENGINE = {
    "django",
    "celery",
    "redis",
    "psycopg",
    "httpx",
    "socket",
    "urllib.request",
    "time",
    "tickets",
}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_import_downwards_only(room):
    own = ROOMS.get(room.replace("/", "."), "")
    wrong = [
        f"{path.relative_to(TOP)}: {name}"
        for path in files(room)
        for name in imports(path)
        if (target := room_of(name)) and target != own and target not in MAY_IMPORT[room]
    ]

    assert wrong == []


def test_the_engine_knows_no_framework_clock_network_or_database():
    wrong = [
        f"{path.relative_to(TOP)}: {name}"
        for path in files("triage/engine")
        for name in imports(path)
        if any(name == foreign or name.startswith(f"{foreign}.") for foreign in FOREIGN_TO_ENGINE)
    ]

    assert wrong == []


def test_the_top_package_imports_nothing():
    assert (TOP / "triage/__init__.py").read_text() == ""


def files(room: str) -> Iterator[Path]:
    yield from sorted((TOP / room).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every imported module, relative ones resolved; `from a import b` counts as `a.b` too."""
    package = ".".join(path.relative_to(TOP).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str:
    return next(
        (room for module, room in ROOMS.items() if name == module or name.startswith(f"{module}.")), ""
    )
