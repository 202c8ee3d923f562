"""Names of exceptions."""

import pytest

from triage.engine.extract import extract


@pytest.mark.parametrize(
    ("text", "exception"),
    [
        ("openai.RateLimitError: Error code: 429", "openai.RateLimitError"),
        ('  File "a.py", line 3, in f\n    raise Boom(\nacme.errors.BoomError: no', "acme.errors.BoomError"),
        ('    raise MyError("x")\npkg.MyError: x', "pkg.MyError"),
        (
            "java.io.SocketTimeoutException: Read timed out\n\tat java.base/java.net.Socket.read(Socket.java:1)",
            "java.io.SocketTimeoutException",
        ),
        ("Error [AI_APICallError]: Bad Request", "AI_APICallError"),
        ("错误类型: BadRequestError\n错误信息: 参数不对", "BadRequestError"),
        ("retrying as it raised APIConnectionError: (Caused by SSLError(1))", "APIConnectionError"),
        ("TypeError: fetch failed\n    at node:internal/deps", "TypeError"),
        ("400 no: Error: 400 no\n    at APIError.generate (core/error.js:4:2)", "APIError"),
        ("Exception: Please log in", "Exception"),
        ("chat failed APIConnectionError: no\n  cause: FetchError: request failed", "APIConnectionError"),
    ],
)
def test_exceptions_are_read_as_written(text: str, exception: str) -> None:
    assert extract(text).value("exception") == exception


def test_the_root_of_chained_exceptions_is_the_innermost_layer() -> None:
    text = (
        "Traceback (most recent call last):\n"
        "httpx.LocalProtocolError: Illegal header value\n\n"
        "During handling of the above exception, another exception occurred:\n\n"
        "openai.APIConnectionError: Connection error."
    )

    innermost = extract(text).innermost

    assert innermost is not None
    assert "Illegal header value" in innermost.message


def test_a_code_with_dots_is_no_exception() -> None:
    assert (
        extract("InternalError.Algo.InvalidParameter: bad").value("error_code")
        == "InternalError.Algo.InvalidParameter"
    )
