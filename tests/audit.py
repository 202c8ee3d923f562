"""Known holes in the locked packages, by pip-audit where it is installed and its data can be reached; else how old
the lock is, so that nobody takes silence for a clean bill. Fails only on a hole that is known.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.plumbing import TOP

LOCKS = ("requirements.txt", "requirements-dev.txt")
SECONDS = 120


def main() -> int:
    for lock in LOCKS:
        checked, holes = _audited(TOP / lock)
        if holes:
            print(f"{lock}: known holes: {', '.join(holes)}")
            return 1
        print(
            f"{lock}: {checked} packages, no known hole" if checked else f"{lock}: not audited, {_age(lock)}"
        )
    return 0


def _audited(lock: Path) -> tuple[int, list[str]]:
    """How many packages could be looked up, and what is wrong with them."""
    beside = Path(sys.executable).parent / "pip-audit"
    program = str(beside) if beside.exists() else shutil.which("pip-audit")
    if program is None:
        return 0, []
    command = [
        program,
        "-r",
        str(lock),
        "--disable-pip",
        "--require-hashes",
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return 0, []
    known = [package for package in packages if "vulns" in package]
    holes = [
        f"{package['name']} {package['version']} ({hole['id']})"
        for package in known
        for hole in package["vulns"]
    ]
    return len(known), holes


def _age(lock: str) -> str:
    asked = ["git", "log", "-1", "--format=%ct", "--", lock]
    found = subprocess.run(asked, cwd=TOP, capture_output=True, text=True).stdout.strip()
    made = int(found) if found else (TOP / lock).stat().st_mtime
    return f"made {max(0, int((time.time() - made) / 86_400))} days ago"


if __name__ == "__main__":
    sys.exit(main())
