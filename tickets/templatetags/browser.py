"""The browser and system behind a User-Agent line, in the words that people know them by."""

import re

from django import template

register = template.Library()

# The first that fits counts: many claim to be others as well.
BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("WeChat", r"MicroMessenger/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"(?:Headless)?Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


@register.filter
def browser_name(agent: str) -> str:
    """`Firefox · Windows`; what says nothing we know, as it is, not too long."""
    found = [_first(agent, BROWSERS), _first(agent, SYSTEMS)]
    return " · ".join(filter(None, found)) or agent[:60]


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for name, sign in known if re.search(sign, agent)), "")
