"""URLs, hosts and request paths: endpoint, base URL, provider and region by host."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Page, occurrences, run_before
from .providers import HOSTS, provider_of_host
from .request_types import type_of_endpoint

_SCHEME = re.compile(r"(?:https?|wss?)\Z")
_REST = re.compile(
    r"://([\w.*\-\[\]{}]{1,120})((?::\d{1,5})?)([/?#][^\s\"'<>`|\\，。）)\]]{0,400})?", re.ASCII
)
_METHODS = ("get", "post", "put", "patch", "delete")
_REQUEST = re.compile(
    r"[a-z]{3,6}[\\\"'`]{0,2}\s{1,8}\|?\s{0,8}[\\\"'`]{0,2}(/[\w.~:@%{}/*-]{1,200})", re.ASCII
)
_PATH = re.compile(
    (
        r"/?(?:v\d[a-z0-9]{0,6}|api/v\d|openai/v1|compatible-mode/v1|"
        r"anthropic/v1)/[a-z][\w.~:@%{}/-]{1,160}"
    ),
    re.ASCII,
)
_TAIL = re.compile(
    r"/(?:chat/completions|completions|responses|messages|embeddings|"
    r"images/(?:generations|edits)|audio/(?:speech|transcriptions)|"
    r"models|moderations|rerank|api/(?:chat|generate|channel|token|user|usage|log)|"
    r"mj/[a-z]{2,12}(?:/[a-z-]{2,24}){0,2}|suno/submit/[\w-]{1,24}|api/extend_audio|"
    r"videos?(?:/generations)?|text2video|image2video)(?![\w-])[\w/:.-]{0,80}",
    re.ASCII,
)
_BARE = re.compile(  # as people name them, without the slash in front
    r"(?:chat/completions|images/(?:generations|edits)|audio/(?:speech|transcriptions)|api/(?:chat|generate)|"
    r"mj/submit/[a-z]{2,12}|suno/submit/[a-z]{2,12}|video/(?:generations|submit)|videos/generations)(?![\w/-])",
    re.ASCII,
)
_TAIL_WORDS = frozenset(
    [
        "chat",
        "completions",
        "responses",
        "messages",
        "embeddings",
        "images",
        "audio",
        "models",
        "moderations",
        "rerank",
        "api",
        "mj",
        "suno",
        "video",
        "videos",
        "text",
        "image",
    ]
)
_OPERATION = re.compile(r"calling the (\w{3,60}) operation", re.ASCII)
_WITH_URL = re.compile(r"with url: ?(/[\w.~:@%{}/-]{1,200})", re.ASCII)
_DOCS_HOST = re.compile(
    r"(?:^|\.)(?:docs|help|platform|console|status|support|developers?|aistudio|github|"
    r"git|www|forum|community|learn|discord)\.|^(?:aka\.ms|ai\.google\.dev|github\.com)"
)
_DOCS_PATH = re.compile(
    r"/(?:docs?|settings|account|pricing|billing|dashboard|rate-limits|issues|blob|login|"
    r"keys|help|learn)(?:[/?#]|$)"
)
_VERSIONED = re.compile(
    (
        r"/(?:v\d[a-z0-9]{0,6}|api/(?:chat|generate|embed\w{0,10}|paas|v\d)|backend-api|"
        r"compatible-mode)(?:/|$)"
    ),
    re.ASCII,
)
_LAST_ID = re.compile(
    (
        r"/(?:\{[^}/]{0,60}\}?|string|<[^>/]{0,60}>?|:\w{1,30}|[0-9a-f-]{20,80}|task_\w{1,60}|"
        r"cgt-[\w-]{1,60}|\d{1,20}|(?:(?<=/videos/)|(?<=/files/)|(?<=/batches/))[\w-]{12,90}(?:/content)?)$"
    ),
    re.ASCII,
)
_API_PART = re.compile(
    r"/(?:chat|completions|responses|messages|embeddings|images|audio|videos?|models|"
    r"rerank|moderations|batches|files|realtime|contents|model|text2video|image2video|"
    r"tasks|generations|submit|channel|token|usage|assistants|threads)(?:/|$|:)"
)
_VERSION_ROOT = re.compile(r"/(?:v\d[a-z0-9]{0,6}|api/v\d)(?=/)")
_REGION = re.compile(
    r"(?:^|[./])((?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:gov-)?(?:north|south|east|west|"
    r"central|northeast|southeast|northwest|southwest)-?\d{1,2}|"
    r"(?:us|eu|asia|europe|northamerica|southamerica|australia|me|africa)-(?:north|south|"
    r"east|west|central|northeast|southeast)\d{1,2}|"
    r"(?:east|west|northcentral|southcentral|westcentral|central)us\d?|swedencentral|"
    r"westeurope|northeurope|francecentral|japaneast|"
    r"australiaeast|uksouth|canadaeast|cn-(?:beijing|shanghai|hangzhou|shenzhen|wulanchabu))(?=[./-]|$)",
    re.ASCII,
)
_BASE_CUES = (
    "base_url",
    "baseurl",
    "base url",
    "base-url",
    "api_base",
    "api base",
    "apibase",
    "api_host",
    "host",
    "api host",
    "endpoint url",
    "base address",
    "接口地址",
    "代理地址",
    "base_uri",
    "api url",
    "api_url",
    "apiurl",
    "api 地址",
    "api地址",
    "openai_api_base",
    "anthropic_base_url",
    "openai_base_url",
    "url is",
    "apibaseurl",
)
_FIRST_WORD = {cue: re.split(r"[^a-z]", cue, maxsplit=1)[0] for cue in _BASE_CUES}
_BASE = re.compile(
    (
        r"[a-z_]{3,20}[ -]?(?:url|base|host|address|地址|is)?[\\\"'`*]{0,4}\s{0,2}(?:[:=：]|is|"
        r"to|设置为|设置成|配置为|写成|写的是|改为|填写|填成|为|是|填|设为|设成|填了|改成)?\s{0,2}(?:的是|的)?[\\\"'`<]{0,3}(https?://[\w.:\-\[\]/%*{}~]{3,"
        r"200})"
    ),
    re.ASCII,
)
_HOST_CUES = frozenset(re.match(r"[a-z]+|\d+", host).group() for host, _ in HOSTS)  # type: ignore[union-attr]
_HOSTS_BY_CUE: dict[str, list[tuple[str, str]]] = {}
for _host, _slug in HOSTS:
    _HOSTS_BY_CUE.setdefault(re.match(r"[a-z]+|\d+", _host).group(), []).append((_host, _slug))  # type: ignore[union-attr]


_BASE_WORDS = frozenset(["base", "baseurl", "apibase", "host", "url", "apiurl", "apibaseurl"])
_HOST_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789-."


def read_urls(page: Page) -> Iterator[Reading]:
    yield from _hosts(page)
    yield from _operations(page)
    if "/" not in page.low:
        return
    if "://" in page.low:
        yield from _urls(page)
        yield from _bases(page)
    yield from _requests(page)
    yield from _paths(page)


def _operations(page: Page) -> Iterator[Reading]:
    for at in occurrences(page.low, "calling the ", 4) if "operation" in page.words else ():
        if match := _OPERATION.match(page.text, at):
            yield Reading("endpoint", match.group(1), Span(*match.span(1)), "url.operation", 0.7)


def _urls(page: Page) -> Iterator[Reading]:
    for at in occurrences(page.low, "://", 32):
        scheme = _SCHEME.search(page.low[max(0, at - 5) : at])
        rest = _REST.match(page.low, at)
        if scheme is None or rest is None:
            continue
        host, path = rest.group(1), (rest.group(3) or "").split("?")[0].rstrip(".,;:!*'")
        start = at - len(scheme.group())
        if is_document(host, path):
            continue
        if region := _REGION.search(host):
            yield Reading("region", region.group(1), Span(start, rest.end(1)), "url.host", 0.8)
        if slug := provider_of_host(host, path):
            yield Reading("provider", slug, Span(start, rest.end(1)), "url.host", 0.76)
        if scheme.group().startswith("http") or path:
            yield from _of_path(page, path, start, rest.end(2))


def is_document(host: str, path: str) -> bool:
    """A link to read rather than an address that was called."""
    if _DOCS_PATH.search(path):
        return True
    return bool(_DOCS_HOST.search(host)) and not (_VERSIONED.search(path) and type_of_endpoint(path))


def _of_path(page: Page, path: str, start: int, path_at: int) -> Iterator[Reading]:
    endpoint = as_endpoint(path)
    if endpoint and (type_of_endpoint(endpoint) or _API_PART.search(endpoint)):
        offset = path.find(endpoint)
        at = path_at + offset
        trust = 0.78 if type_of_endpoint(endpoint) else 0.6
        yield Reading(
            "endpoint", page.text[at : at + len(endpoint)], Span(at, at + len(endpoint)), "url.path", trust
        )
        tail = _TAIL.search(endpoint)
        version = _VERSION_ROOT.match(endpoint)
        end = at + (tail.start() if tail else version.end() if version else 0)
        yield Reading("base_url", page.text[start:end], Span(start, end), "url.root", 0.5)
    elif len(path) < 40:
        end = path_at + len(path)
        yield Reading("base_url", page.text[start:end], Span(start, end), "url.bare", 0.4)


def _bases(page: Page) -> Iterator[Reading]:
    if _BASE_WORDS.isdisjoint(page.words) and not page.characters:
        return
    for cue in _BASE_CUES:
        if cue.isascii() and _FIRST_WORD[cue] not in page.words:
            continue
        for at in occurrences(page.low, cue, 4):
            if match := _BASE.match(page.low, at):
                value = page.text[match.start(1) : match.end(1)].rstrip(".,;:*")
                yield Reading(
                    "base_url", value, Span(match.start(1), match.start(1) + len(value)), "url.named", 0.95
                )


def _requests(page: Page) -> Iterator[Reading]:
    for method in _METHODS:
        if method in page.words:
            for at in page.places(method):
                if match := _REQUEST.match(page.low, at):
                    yield from _request(page, match)
    for at in occurrences(page.low, "with url: /", 8) if "retries" in page.words else ():
        if match := _WITH_URL.match(page.low, at):
            yield from _endpoint(page, match.start(1), match.group(1), 0.82)


def _request(page: Page, match: re.Match[str]) -> Iterator[Reading]:
    """The path after a method is what was asked for, whatever its mount point."""
    path = _LAST_ID.sub("", match.group(1).rstrip(".,;:)")).rstrip("/")
    trust = 0.8 if type_of_endpoint(path) else 0.55
    span = Span(match.start(1), match.start(1) + len(path))
    if len(path) > 3:
        yield Reading("endpoint", page.text[span.start : span.end], span, "url.request", trust)


def _paths(page: Page) -> Iterator[Reading]:
    for at in page.places("v") if "v" in page.words else ():
        start = at - 1 if page.low[at - 1 : at] == "/" else at
        if _starts_path(page.low, start) and (match := _PATH.match(page.low, start)):
            yield from _endpoint(page, start, match.group(), 0.7)
    for word in _TAIL_WORDS & page.words:
        for at in page.places(word):
            if page.low[at - 1 : at] == "/":
                match, at, trust = _TAIL.match(page.low, at - 1), at - 1, 0.66
            else:
                match, trust = _BARE.match(page.low, at), 0.6
            if match and _starts_path(page.low, at):
                yield from _endpoint(page, at, match.group(), trust)


def _starts_path(low: str, at: int) -> bool:
    before = low[at - 1 : at] if at else ""
    return not before or not (before.isascii() and (before.isalnum() or before in "/._-}~:@%\\"))


def _endpoint(page: Page, start: int, path: str, trust: float) -> Iterator[Reading]:
    endpoint = as_endpoint(path.rstrip(".,;:)"))
    if endpoint is None:
        return
    at = start + max(0, path.find(endpoint))
    known = trust if type_of_endpoint(endpoint) else trust - 0.25
    yield Reading(
        "endpoint", page.text[at : at + len(endpoint)], Span(at, at + len(endpoint)), "url.request", known
    )


def as_endpoint(path: str) -> str | None:
    """The part of a path that names the API: what a mount point adds in front is left out, and so are ids."""
    if version := _VERSIONED.search(path):
        path = path[version.start() :]
    path = _LAST_ID.sub("", path).rstrip("/")
    return path if len(path) > 3 else None


def _hosts(page: Page) -> Iterator[Reading]:
    for cue in _HOST_CUES & page.words:
        for at in page.places(cue):
            for host, slug in _HOSTS_BY_CUE[cue]:
                if page.low.startswith(host, at):
                    end = at + len(host)
                    prefix = run_before(page.low, at, _HOST_CHARACTERS, 80)
                    called = not _DOCS_HOST.search(prefix + host)
                    if region := _REGION.search(prefix):
                        yield Reading("region", region.group(1), Span(at - len(prefix), end), "url.host", 0.8)
                    tail = page.low[end : end + 60].split(" ")[0]
                    called = called and not _DOCS_PATH.search(tail)
                    yield Reading(
                        "provider", slug, Span(at - len(prefix), end), "host", 0.7 if called else 0.45
                    )
                    break
