"""Reading one YAML file of a catalogue, strictly."""

from pathlib import Path

import yaml

from .problem import Entry, Problem


def read_mapping(path: Path) -> object:
    """What a file holds, whatever it is."""
    return load_text(path.read_text(encoding="utf-8"))


def load_text(text: str) -> object:
    return yaml.load(text, Loader=_Loader)  # noqa: S506  # a SafeLoader


def read_entries(path: Path, id_key: str, problems: list[Problem]) -> list[Entry]:
    try:
        raw = read_mapping(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as failure:
        problems.append(Problem(path.name, "", f"cannot be read: {failure}"))
        return []
    if not isinstance(raw, list):
        problems.append(Problem(path.name, "", "must hold a list"))
        return []
    entries: list[Entry] = []
    for number, item in enumerate(raw, start=1):
        if not isinstance(item, dict) or not isinstance(item.get(id_key), str):
            problems.append(Problem(path.name, "", f"entry {number} must be a mapping with {id_key}"))
        else:
            entries.append(Entry(path.name, item[id_key], item))
    return entries


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Refuses a key that is written twice in one mapping; plain YAML would keep the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        made: dict[object, object] = super().construct_mapping(node, deep=deep)
        return made
