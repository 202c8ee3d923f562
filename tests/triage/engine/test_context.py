import pytest

from triage.engine.context import Context


def test_known_paths_become_flat_values() -> None:
    context = Context.from_dict(
        {"account": {"balance": 3.2, "status": "active"}, "models": ["a", "b"], "charged": True}
    )

    assert dict(context) == {
        "account.balance": 3.2,
        "account.status": "active",
        "models": ("a", "b"),
        "charged": True,
    }


def test_unknown_keys_are_ignored() -> None:
    assert dict(Context.from_dict({"weather": "fine", "account": {"mood": 1}})) == {}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"account": {"balance": "much"}}, "context.account.balance should be a number"),
        ({"charged": "yes"}, "context.charged should be true or false"),
        ({"models": "gpt-4o"}, "context.models should be a list of texts"),
        ({"failing_alike": {"accounts": True}}, "context.failing_alike.accounts should be a whole number"),
        ({"failing_alike": {"accounts": float("inf")}}, "context.failing_alike.accounts should be a whole number"),
        ([1, 2], "context is no object"),
    ],
)  # fmt: skip
def test_wrong_types_are_named_and_left_out(given: object, problem: str) -> None:
    context = Context.from_dict(given)

    assert (dict(context), context.problems) == ({}, (problem,))


def test_numbers_written_as_text_are_read() -> None:
    assert dict(Context.from_dict({"account": {"balance": "0.5"}})) == {"account.balance": 0.5}
