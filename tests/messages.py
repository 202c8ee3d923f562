"""The Chinese translation: `--write` brings it up to date; without, says what is missing and fails."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from tests.plumbing import TOP

LANGUAGE = "zh_Hans"
SOURCES = ("triage", "tickets", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
MISNAMED = re.compile(r"^from django.utils.translation import .* as (?!_\b)\w+", re.M)
FOLDER = Path("locale", LANGUAGE, "LC_MESSAGES")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        fresh = _extract(Path(folder))
        if "--write" in sys.argv:
            _write(fresh)
        problems = list(_problems(fresh))
    print("\n".join(problems) or "Every text is translated.")
    return 1 if problems else 0


def _extract(folder: Path) -> polib.POFile:
    """The catalogue as the sources of this moment ask for it, made in a copy of them."""
    for name in SOURCES:
        shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / FOLDER).mkdir(parents=True)
    if (TOP / FOLDER / "django.po").exists():
        shutil.copy(TOP / FOLDER / "django.po", folder / FOLDER)
    command = [sys.executable, "-m", "django", "makemessages", "-l", LANGUAGE]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    options = ["--no-location", "--no-obsolete", "--extension", "py,html,jinja,txt", "-v", "0"]
    subprocess.run([*command, *options], cwd=folder, env=environment, check=True)
    catalogue = polib.pofile(str(folder / FOLDER / "django.po"))
    catalogue.metadata.pop("POT-Creation-Date", None)  # it changes with every run
    return catalogue


def _write(fresh: polib.POFile) -> None:
    (TOP / FOLDER).mkdir(parents=True, exist_ok=True)
    fresh.metadata |= {"Language": LANGUAGE, "Plural-Forms": "nplurals=1; plural=0;"}
    fresh.metadata_is_fuzzy = False
    fresh.save(str(TOP / FOLDER / "django.po"))
    fresh.save_as_mofile(str(TOP / FOLDER / "django.mo"))


def _problems(fresh: polib.POFile) -> list[str]:
    kept, compiled = TOP / FOLDER / "django.po", TOP / FOLDER / "django.mo"
    if not kept.exists() or not compiled.exists():
        return [f"{kept.relative_to(TOP)} or its .mo is missing: make messages"]
    ours = polib.pofile(str(kept))
    problems = [f"not translated: {entry.msgid!r}" for entry in ours.untranslated_entries()]
    problems += [f"translation in doubt (fuzzy): {entry.msgid!r}" for entry in ours.fuzzy_entries()]
    problems += [f"other placeholders: {entry.msgid!r}" for entry in ours if _placeholders_differ(entry)]
    wanted, there = _ids(fresh), _ids(ours)
    problems += [f"not in the catalogue: {text!r}; make messages" for text in sorted(wanted - there)]
    problems += [f"used nowhere: {text!r}; make messages" for text in sorted(there - wanted)]
    problems += [f"{path}: a name for gettext that nothing is extracted from" for path in _misnamed()]
    if _translations(ours) != _translations(polib.mofile(str(compiled))):
        problems.append("the .mo file is older than the .po file: make messages")
    return problems


def _misnamed() -> Iterator[Path]:
    """Sources that call gettext by a name of their own: what they say stays untranslated, and nobody is told."""
    for path in sorted(path for name in SOURCES for path in (TOP / name).rglob("*.py")):
        if MISNAMED.search(path.read_text(encoding="utf-8")):
            yield path.relative_to(TOP)


def _placeholders_differ(entry: polib.POEntry) -> bool:
    asked = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    return any(
        set(PLACEHOLDER.findall(text)) != asked
        for text in (entry.msgstr_plural or {0: entry.msgstr}).values()
    )


def _ids(catalogue: polib.POFile) -> set[tuple[str, str, str]]:
    return {
        (entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete
    }


def _translations(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str, str], object]:
    return {
        (entry.msgctxt or "", entry.msgid): entry.msgstr_plural or entry.msgstr
        for entry in catalogue.translated_entries()
    }


if __name__ == "__main__":
    sys.exit(main())
