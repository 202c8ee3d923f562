"""The checks of a base URL, in order; each puts one mistake right and names it."""

import re

from .base_url_words import UrlProblem
from .client_forms import ClientForm
from .provider_hosts import CODING_PLAN_KEYS, HOSTS, PAGES, PLAN_TWINS, VENDOR_HOSTS, vendor_of_key
from .url_address import Address, Asked

Step = tuple[Address, UrlProblem]

_FULL_PATH = re.compile(
    r"(?:/(?:chat/completions|completions|embeddings|responses|messages(?:/count_tokens)?|models|moderations"
    r"|rerank|images/(?:generations|edits|variations)|audio/(?:speech|transcriptions|translations)"
    r"|videos?(?:/generations)?))+$"
)
_NATIVE_GEMINI = re.compile(r"/models/[^/]+:\w+$")
_AZURE_DEPLOYMENT = re.compile(r"/openai/deployments/[^/]+(/.*)?$")
_REPEATED_VERSION = re.compile(r"(/v\d+(?:beta)?)\1+(?=/|$)")
_VERSION = re.compile(r"/v\d+(?:beta)?(?=/|$)")
_REPEATED_END = re.compile(r"(/\w+(?:/\w+)?)\1$")
_PAGE_PATH = re.compile(
    r"^/(?:console|dashboard|login|register|panel|user|keys?|tokens?|settings?|top-?up|pricing|docs?"
    r"|playground|api-keys)(?=/|$)"
)
_OTHER_PROTOCOL = re.compile(r"/(?:anthropic|claude|gemini|coding|mj|suno|kling)(?=/|$)")
_PLAIN_SEGMENTS = re.compile(r"(?:/[\w.@-]+)*")


def told_by_path(called: str) -> UrlProblem:
    """What the path that reached the server gives away without any base URL."""
    if _REPEATED_VERSION.search(called):
        return UrlProblem.DOUBLED_V1
    if _REPEATED_END.search(called):
        return UrlProblem.FULL_PATH
    if called and not _VERSION.search(called) and _FULL_PATH.fullmatch(called):
        return UrlProblem.MISSING_V1
    return UrlProblem.NONE


def _page(address: Address, asked: Asked) -> Step:
    meant = PAGES.get(address.host)
    if meant is not None:
        return _home(meant, asked), UrlProblem.CONSOLE_PAGE
    if address.host.startswith(("docs.", "doc.", "wiki.", "help.", "status.")):
        return address, UrlProblem.DOCS_PAGE
    if _PAGE_PATH.match(address.path) and not address.is_azure:
        known = HOSTS.get(address.host)
        path = known.openai if known else asked.form.root_path
        return address.with_path(path), UrlProblem.CONSOLE_PAGE
    return address, UrlProblem.NONE


def _misspelt(address: Address, asked: Asked) -> Step:
    written = address.host
    if written in HOSTS or len(written) < 12 or not written.startswith(("ap", "open", "dash")):
        return address, UrlProblem.NONE
    near = [host for host in HOSTS if host[-3:] == written[-3:] and _one_slip(host, written)]
    if len(near) == 1:
        return Address(address.scheme, near[0], address.port, address.path), UrlProblem.MISSPELT_HOST
    return address, UrlProblem.NONE


def _one_slip(right: str, written: str) -> bool:
    """One letter added, lost or changed, or two neighbours swapped; relays are rarely named that close."""
    if abs(len(right) - len(written)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(right, written, strict=False)) if pair[0] != pair[1]), 0)
    a, b = right[start:], written[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _key_host(address: Address, asked: Asked) -> Step:
    known, vendor = HOSTS.get(address.host), vendor_of_key(asked.key)
    if known is None or not vendor:
        return address, UrlProblem.NONE
    if vendor != known.vendor:
        return _home(VENDOR_HOSTS[vendor], asked), UrlProblem.WRONG_HOST_FOR_KEY
    coding = PLAN_TWINS.get(f"https://{address.host}{known.openai}")
    if coding is not None and asked.key.startswith(CODING_PLAN_KEYS):
        return _home(coding.split("/")[2], asked), UrlProblem.OTHER_PLAN
    return address, UrlProblem.NONE


def _home(host: str, asked: Asked) -> Address:
    known = HOSTS[host]
    path = known.openai
    if asked.form is ClientForm.ANTHROPIC and known.anthropic is not None:
        path = known.anthropic
    return Address("https", host, "", "" if asked.form is ClientForm.ROOT and path == "/v1" else path)


def _azure(address: Address, asked: Asked) -> Step:
    deployment = _AZURE_DEPLOYMENT.search(address.path) if address.is_azure else None
    if deployment and deployment[1]:
        return address.with_path(""), UrlProblem.AZURE_DEPLOYMENT
    if address.is_azure and address.path.startswith("/v1"):
        return address.with_path("/openai" + address.path), UrlProblem.WRONG_PATH
    return address, UrlProblem.NONE


def _full_path(address: Address, asked: Asked) -> Step:
    native = _NATIVE_GEMINI.search(address.path)
    if native:
        return address.with_path(address.path[: native.start()]), UrlProblem.FULL_PATH
    ending = _FULL_PATH.search(address.path)
    if ending is None:
        return address, UrlProblem.NONE
    base = address.with_path(address.path[: ending.start()])
    if asked.wants_embeddings and "/chat/completions" in ending[0]:
        return base, UrlProblem.CHAT_PATH_FOR_EMBEDDINGS
    if asked.form is ClientForm.FULL_PATH:
        return address, UrlProblem.NONE
    return base, UrlProblem.FULL_PATH


def _doubled(address: Address, asked: Asked) -> Step:
    once = _REPEATED_VERSION.sub(r"\1", address.path)
    if once != address.path:
        return address.with_path(once), UrlProblem.DOUBLED_V1
    client_adds_it = _REPEATED_VERSION.search(asked.called) and address.path.endswith("/v1")
    if client_adds_it:
        return address.with_path(address.path[:-3]), UrlProblem.DOUBLED_V1
    return address, UrlProblem.NONE


def _provider_path(address: Address, asked: Asked) -> Step:
    known = HOSTS.get(address.host)
    if known is None or asked.form is ClientForm.FULL_PATH or _REPEATED_VERSION.search(asked.called):
        return address, UrlProblem.NONE
    wanted = known.openai
    if asked.form is ClientForm.ANTHROPIC and known.anthropic is not None:
        wanted = address.path if address.path == "/api/coding" else known.anthropic
    elif not address.path and wanted == "/v1" and known.vendor != "deepseek":
        return _versionless(address, asked)
    elif known.takes(address.path, openai_client=asked.form is ClientForm.OPENAI):
        return address, UrlProblem.NONE
    problem = UrlProblem.NONE if address.path == wanted else UrlProblem.WRONG_PATH
    return address.with_path(wanted), problem


def _relay_path(address: Address, asked: Asked) -> Step:
    if address.host in HOSTS or address.is_azure or _OTHER_PROTOCOL.search(address.path):
        return address, UrlProblem.NONE
    version = _VERSION.search(address.path)
    if version is None:
        return _versionless(address, asked)
    if asked.form is ClientForm.ANTHROPIC and address.path.endswith("/v1"):
        return address.with_path(address.path[:-3]), UrlProblem.EXTRA_V1
    if not _PLAIN_SEGMENTS.fullmatch(address.path, version.end()):
        return address.with_path(address.path[: version.end()]), UrlProblem.TRAILING_GARBAGE
    return address, UrlProblem.NONE


def _versionless(address: Address, asked: Asked) -> Step:
    with_version = address.with_path(address.path + "/v1")
    if asked.form is ClientForm.OPENAI or told_by_path(asked.called) is UrlProblem.MISSING_V1:
        return with_version, UrlProblem.MISSING_V1
    if asked.form is ClientForm.UNKNOWN and not _VERSION.search(asked.called):
        return with_version, UrlProblem.MAY_NEED_V1
    return address, UrlProblem.NONE


def _container(address: Address, asked: Asked) -> Step:
    if asked.in_container and address.is_local:
        moved = Address(address.scheme, "host.docker.internal", address.port, address.path)
        return moved, UrlProblem.LOCALHOST_FROM_CONTAINER
    return address, UrlProblem.NONE


def _scheme(address: Address, asked: Asked) -> Step:
    if address.scheme == "http" and address.is_public_name:
        return Address("https", address.host, "", address.path), UrlProblem.HTTP
    return address, UrlProblem.NONE


STEPS = (
    _page, _misspelt, _key_host, _azure, _full_path, _doubled, _provider_path, _relay_path, _container,
    _scheme,
)  # fmt: skip
