from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from triage.passwords import NotBreached


def digest(password: str) -> str:
    return sha1(password.encode()).hexdigest().upper()


def refused(check: NotBreached, password: str) -> bool:
    try:
        check.validate(password)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("many", [1, 2, 3, 500])
def test_a_list_in_a_file_is_searched_from_end_to_end(tmp_path, many, counted):
    stolen = [f"stolen word {number}" for number in range(many)]
    lines = sorted(digest(each) + (f":{number + 1}" if counted else "") for number, each in enumerate(stolen))
    path = tmp_path / "list.txt"
    path.write_text("\n".join(lines) + "\n")
    check = NotBreached(path=str(path))

    assert [each for each in stolen if not refused(check, each)] == []
    assert not any(refused(check, f"own word {number}") for number in range(100))


def test_an_empty_list_and_none_at_all_refuse_nothing(tmp_path):
    (tmp_path / "empty.txt").touch()

    assert not refused(NotBreached(path=str(tmp_path / "empty.txt")), "anything at all")
    assert not refused(NotBreached(), "anything at all")


def test_a_list_that_is_not_there_ends_the_start(tmp_path):
    with pytest.raises(ImproperlyConfigured):
        NotBreached(path=str(tmp_path / "none.txt"))


def test_a_service_hears_five_letters_and_no_more():
    asked = []

    class Ranges(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"{digest('stolen word')[5:]}:3\r\n{digest('padding')[5:]}:0\r\n".encode())

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Ranges) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        check = NotBreached(url=f"http://127.0.0.1:{server.server_port}")
        found = [refused(check, password) for password in ("stolen word", "padding", "own word")]
        server.shutdown()

    assert found == [True, False, False]
    assert asked[0] == f"/{digest('stolen word')[:5]}"


def test_a_service_that_is_away_stops_nobody():
    assert not refused(NotBreached(url="http://127.0.0.1:9/range"), "stolen word")
