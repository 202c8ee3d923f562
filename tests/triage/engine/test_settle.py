"""What would settle a doubt: the first open fact, asked for in the words of the catalogue."""

import pytest

from triage.engine.catalogue.questions import load_questions
from triage.engine.settle import missing_fields, settle


@pytest.mark.parametrize(
    ("asks", "known", "told_only", "field"),
    [
        (("base_url", "client"), (), False, "base_url"),
        (("base_url", "client"), ("base_url",), False, "client"),
        (("base_url",), (), True, "raw_error"),
        (("base_url",), ("raw_error",), True, "base_url"),
        ((), ("raw_error",), False, "http_status"),
        (("region",), (), False, "region"),
        (("retry_after",), ("raw_error",), False, "retry_after"),
        (("amount",), ("raw_error",), False, "http_status"),
    ],
)
def test_the_first_open_fact_with_a_question_is_asked(
    asks: tuple[str, ...], known: tuple[str, ...], told_only: bool, field: str
) -> None:
    settled = settle(asks, dict.fromkeys(known), told_only=told_only)

    assert settled is not None
    assert settled.field == field
    assert settled.question == load_questions()[field]


def test_nothing_is_asked_where_all_is_known() -> None:
    assert settle((), dict.fromkeys(load_questions()), told_only=True) is None


def test_a_missing_field_is_named_once() -> None:
    missing = missing_fields(("model",), {"request_id": "r-1"}, doubtful=True, incident=True, told_only=False)

    assert missing.count("model") == 1
    assert "request_id" not in missing
    assert "occurred_at" in missing
