import pytest

from tickets.templatetags.browser import browser_name

LIKE_GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {LIKE_GECKO} Chrome/140.0 Safari/537.36",
            "Chrome · Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {LIKE_GECKO} Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari · iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 16) {LIKE_GECKO} Chrome/140 MicroMessenger/8.0", "WeChat · Android"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 200, "x" * 60),
        ("", ""),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, name: str):
    assert browser_name(agent) == name
