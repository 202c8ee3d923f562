"""What is wrong in a catalogue file, said so that its author can mend it."""

from dataclasses import dataclass, field

Place = tuple[str | int, ...]  # the way to a value: ("when", "all", 2)


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    id: str
    what: str
    at: Place = ()

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.what}" if self.id else f"{self.file}: {self.what}"


class CatalogueError(Exception):
    """A catalogue that cannot be used; every problem found is listed, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(slots=True)
class Entry:
    """One YAML mapping on its way to becoming a cause, rule or reply; collects what is wrong with it."""

    file: str
    id: str
    raw: dict[str, object]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, what: str, *at: str | int) -> None:
        self.problems.append(Problem(self.file, self.id, what, at))

    def check_keys(self, *, required: frozenset[str], optional: frozenset[str] = frozenset()) -> None:
        for key in sorted(required - self.raw.keys()):
            self.wrong(f"{key} is missing", key)
        for key in sorted(self.raw.keys() - required - optional):
            self.wrong(f"unknown key {key!r}; known are {', '.join(sorted(required | optional))}", key)

    def text(self, key: str) -> str:
        value = self.raw.get(key, "")
        if not isinstance(value, str) or (key in self.raw and not value.strip()):
            self.wrong(f"{key} must be a text that is not empty", key)
            return ""
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(f"{key} must be a list of texts", key)
            return ()
        return tuple(value)
