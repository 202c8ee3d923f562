"""Facts about the key and the address: whose key it looks like, and what the base URL gets wrong."""

import re
from collections.abc import Iterator, Mapping

from .doctors.base_url import check_base_url
from .doctors.base_url_words import UrlProblem
from .doctors.provider_hosts import HOSTS, KEY_VENDORS, PAGES, vendor_of_key
from .evidence import Value

# A visible prefix with something behind it, masked or not; a prefix alone is only talk about keys.
_KEY = re.compile(
    rf"(?<![\w-])((?:{'|'.join(re.escape(prefix) for prefix, _ in KEY_VENDORS)})[\w.*…•-]{{2,}})"
)
_CALLED = re.compile(r"invalid url \((?:GET|POST|PUT|PATCH|DELETE) (/[^\s)]{1,200})\)", re.IGNORECASE)
_HARMLESS = (UrlProblem.NONE, UrlProblem.HTTP, UrlProblem.MAY_NEED_V1, UrlProblem.STRAY_CHARACTERS)
_TOLD_SHAPE = re.compile(
    rf"({'|'.join(re.escape(prefix) for prefix, _ in KEY_VENDORS)}) ?(?:开头|prefix|\W?key\b)"
)


def key_and_address_facts(text: str, values: Mapping[str, object]) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    vendor = _key_vendor(text)
    if vendor:
        facts["fact.key_shape"] = vendor
        hosts = set(_host_vendors(text))
        facts["fact.key_host_mismatch"] = bool(hosts) and vendor not in hosts
    problem = _base_url_problem(text, values)
    if problem:
        facts["fact.base_url_problem"] = problem
    return facts


def _key_vendor(text: str) -> str:
    found = _KEY.search(text) or _TOLD_SHAPE.search(text)
    return vendor_of_key(found.group(1)) if found else ""


def _host_vendors(text: str) -> Iterator[str]:
    """Vendors whose API host or console is named in the text."""
    for host, known in HOSTS.items():
        if host in text:
            yield known.vendor
    for page, host in PAGES.items():
        if page in text and host in HOSTS:
            yield HOSTS[host].vendor


def _base_url_problem(text: str, values: Mapping[str, object]) -> str:
    called = _CALLED.search(text)
    endpoint = called.group(1) if called else str(values.get("endpoint", ""))
    base_url = str(values.get("base_url", ""))
    for url in dict.fromkeys((base_url, "")):
        advice = check_base_url(url, endpoint=endpoint or None, model=str(values.get("model", "")) or None)
        problem = next((problem for problem in advice.problems if problem not in _HARMLESS), None)
        if problem is not None:
            return str(problem)
    return ""
