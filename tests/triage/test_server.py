"""What the web server itself refuses, so that a proxy before it and the desk never read one request as two."""

import pytest
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import ParseException

BEGIN = b"POST /report/ HTTP/1.1\r\nHost: desk.example.com\r\n"


def read(headers: bytes, body: bytes = b"") -> None:
    next(iter(RequestParser(Config(), iter([BEGIN + headers + b"\r\n" + body]), ("127.0.0.1", 1))))


def test_a_plain_request_is_read():
    read(b"Content-Length: 3\r\n", b"a=1")


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 3\r\nContent-Length: 4\r\n",
        b"Content-Length: +3\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"X-One: 1\r\n Transfer-Encoding: chunked\r\n",
    ],
)
def test_a_request_of_two_lengths_is_refused(headers: bytes):
    with pytest.raises(ParseException):
        read(headers)
