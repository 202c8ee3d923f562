import json
import logging
from io import StringIO
from typing import Any

import pytest
import structlog

from triage.logs import logging_config

KEY = "sk-" + "proj" + "-" + "a1B2" * 12


def fails_with(secret: str) -> None:
    raise ValueError(f"refused {secret}")


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Any:
    """A logger's output in the product's own format; parametrised with as_json."""
    config = logging_config(level="INFO", as_json=request.param, pepper=b"pepper")
    formatter = dict(config["formatters"]["redacting"])
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter.pop("()")(**formatter))
    logger = logging.getLogger("tests.lines")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel("INFO")
    yield lambda: stream.getvalue()
    logger.handlers, logger.propagate = [], True


def write_secrets(secret: str) -> None:
    plain, structured = logging.getLogger("tests.lines"), structlog.get_logger("tests.lines")
    plain.info("refused %s", secret)
    plain.info("refused", extra={"key": secret})
    structured.info("refused", key=secret, nested={"headers": [secret]})
    try:
        fails_with(secret)
    except ValueError:
        plain.exception("refused")
        structured.exception("refused")


@pytest.mark.parametrize("lines", [False, True], indirect=True, ids=["plain", "json"])
def test_no_line_holds_a_key_wherever_it_came_from(lines: Any):
    write_secrets(KEY)

    assert lines().count("refused") >= 5
    assert "Traceback" in lines()
    assert KEY not in lines()
    assert KEY[10:30] not in lines()


@pytest.mark.parametrize("lines", [True], indirect=True)
def test_json_lines_stay_json_after_masking(lines: Any):
    write_secrets(KEY)

    records = [json.loads(line) for line in lines().splitlines()]
    assert {record["level"] for record in records} == {"info", "error"}
    assert {record["logger"] for record in records} == {"tests.lines"}


@pytest.mark.parametrize("lines", [False], indirect=True)
def test_the_key_of_a_follow_up_page_is_not_logged(lines: Any):
    token = "aB3-_" * 9
    logging.getLogger("tests.lines").error("Internal Server Error: %s", f"/t/{token}/messages/")

    assert "/t/[link]/messages/" in lines()
    assert token not in lines()
