"""Reading one YAML file of a catalogue, strictly."""

from pathlib import Path

import yaml

from .problem import Entry, Problem


def read_mapping(path: Path) -> object:
    """What a file holds, whatever it is."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # a SafeLoader


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
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {sorted(twice)} stands twice", node.start_mark
            )
        made: dict[object, object] = super().construct_mapping(node, deep=deep)
        return made
