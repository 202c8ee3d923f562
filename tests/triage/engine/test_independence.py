"""The engine stands alone: no framework, no clock, no network, no database."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import triage.engine

HOME = Path(triage.engine.__file__).parent
FORBIDDEN = {
    "django",
    "celery",
    "httpx",
    "socket",
    "sqlite3",
    "time",
    "requests",
    "urllib.request",
    "tickets",
}


@pytest.mark.parametrize("path", sorted(HOME.rglob("*.py")), ids=lambda path: str(path.relative_to(HOME)))
def test_no_module_of_the_engine_imports_the_outside(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            imported.add(node.module or "")

    assert {name for name in imported if name in FORBIDDEN or name.split(".")[0] in FORBIDDEN} == set()


def test_importing_the_engine_loads_no_framework() -> None:
    program = "import sys, triage.engine; print(sorted({'django', 'celery'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
