import ast
from collections.abc import Iterator

from tests.plumbing import TOP
from tickets.tasks import KINDS


def kinds_asked_for() -> Iterator[str]:
    """The first argument of every `outbox.add(…)` in the product."""
    for path in (TOP / "tickets").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "outbox.add":
                yield ast.literal_eval(node.args[0])


def test_every_kind_of_job_that_is_asked_for_is_known_and_none_beyond():
    assert set(kinds_asked_for()) == set(KINDS)
