"""URLs and request paths: endpoint, base URL, provider and region by host."""

import re
from collections.abc import Iterator
from itertools import islice

import re2

from ..evidence import Reading, Span
from .providers import provider_of_host
from .request_types import type_of_endpoint

_URL = re2.compile(r"""(?i)\b(?:https?|wss?)://([\w.*\-\[\]]{1,120})((?::\d{1,5})?)((?:/[\w.~:@!$&*+,;=%{}<>-]*)*)""")
_REQUEST = re2.compile(
    r"""\b(GET|POST|PUT|PATCH|DELETE)[\\"']{0,2}\s{1,8}\|?\s{0,8}[\\"']{0,2}(/[\w.~:@%{}/*-]{1,200})"""
)
_PATH = re2.compile(
    r"""(?i)(?:^|[\s"'`(=：:，,（\[|])(/?(?:v\d\w{0,6}|api/v\d|openai/v1|compatible-mode/v1|anthropic/v1)/[a-z][\w.~:@%/-]{2,160})"""
)
_KNOWN_PATH = re2.compile(
    r"""(?i)(?:^|[\s"'`(=：:，,（\[|])(/(?:chat/completions|completions|responses|messages|embeddings|images/generations|images/edits|audio/speech|audio/transcriptions|models|moderations|rerank|api/chat|api/generate|mj/submit/\w+|suno/submit/\w+)\b[\w/:.-]{0,80})"""
)
_MAX_RETRIES_URL = re2.compile(r"""(?i)\bwith url: ?(/[\w.~:@%{}/?=&-]{1,200})""")
_HOST = re2.compile(r"""(?i)(?:host[=: ]{1,3}['"]?|ENOTFOUND |lookup |resolve host:? |resolve |address |名 ?)([a-z0-9][\w-]*(?:\.[\w-]+)+)""")
_BARE_HOST = re2.compile(r"""(?i)(?:^|[\s"'`(@=：:，,（<>])((?:[a-z0-9][\w-]{0,40}\.){1,5}(?:com|ai|cn|io|net|dev|run|chat|xyz|ml|art|co|us|me|top|org|ms))\b""")
_BASE = re2.compile(r"""(?i)\b(?:base[ _-]?url|api[ _-]?base(?:url)?|api[ _-]?host|endpoint url|接口地址|代理地址|baseurl)[\\"'`*]{0,4}\s{0,2}(?:[:=：]|is|to|为|是|填|设为|设成)?\s{0,2}(?:的是)?[\\"'`<]{0,3}(https?://[\w.:\-\[\]/%*{}~]{3,200})""")

_DOCUMENT = re.compile(r"(?:^|\.)(?:docs|help|platform|console|status|support|developers?|aistudio|github|git|www|forum|community|learn|discord|ai\.google\.dev|aka\.ms)\b|/(?:docs?|settings|account|pricing|billing|dashboard|rate-limits|issues|blob|login|keys)(?:/|$)", re.IGNORECASE)
_VERSIONED = re.compile(r"/(?:v\d\w{0,6}|api/(?:chat|generate|embed\w*|paas|v\d)|backend-api|compatible-mode)(?:/|$)", re.IGNORECASE)
_LAST_ID = re.compile(r"/(?:\{[^}/]*\}|string|<[^>/]*>|[0-9a-f-]{20,}|task_\w+|cgt-[\w-]+)$", re.IGNORECASE)
_ENDPOINT_PART = re.compile(r"/(?:chat|completions|responses|messages|embeddings|images|audio|videos?|models|rerank|moderations|batches|files|realtime|contents|model|text2video|image2video|tasks|generations|submit)(?:/|$|:)")
_REGION = re.compile(r"(?:^|\.)((?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:gov-)?(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-?\d{1,2}|(?:us|eu|asia|europe|northamerica|southamerica|australia|me|africa)-(?:north|south|east|west|central|northeast|southeast)\d{1,2}|(?:east|west|northcentral|southcentral|westcentral|central)us\d?|swedencentral|westeurope|northeurope|francecentral|japaneast|australiaeast|uksouth|canadaeast|cn-(?:beijing|shanghai|hangzhou|shenzhen|wulanchabu)|ap-southeast-\d)(?:[.-]|$)", re.IGNORECASE)


def read_urls(text: str) -> Iterator[Reading]:
    if "://" in text:
        yield from _from_urls(text)
    yield from _from_paths(text)
    for match in islice(_HOST.finditer(text), 12):
        yield from _of_host(match.group(1), Span(*match.span(1)), trust=0.72)
    for match in islice(_BARE_HOST.finditer(text), 16):
        yield from _of_host(match.group(1), Span(*match.span(1)), trust=0.5)


def _from_urls(text: str) -> Iterator[Reading]:
    for match in islice(_URL.finditer(text), 24):
        host, path = match.group(1), match.group(3).rstrip(".,;:!)'")
        span = Span(*match.span())
        if _DOCUMENT.search(host) and not _called(path) or _DOCUMENT.search(path):
            yield from _of_host(host, span, trust=0.45)
            continue
        yield from _of_host(host, span, trust=0.75)
        yield from _of_path(path, match, host)
    for match in islice(_BASE.finditer(text), 4):
        value = match.group(1).rstrip(".,;")
        yield Reading("base_url", value, Span(match.start(1), match.start(1) + len(value)), "url.base_named", 0.95)


def _called(path: str) -> bool:
    return bool(_VERSIONED.search(path) and type_of_endpoint(path))


def _of_host(host: str, span: Span, *, trust: float) -> Iterator[Reading]:
    if slug := provider_of_host(host):
        yield Reading("provider", slug, span, "url.host", trust)
    if region := _REGION.search(host):
        yield Reading("region", region.group(1).lower(), span, "url.host", 0.8)


def _of_path(path: str, match: "re2._Match", host: str) -> Iterator[Reading]:
    endpoint = as_endpoint(path)
    kind = type_of_endpoint(endpoint) if endpoint else None
    start = match.start(3)
    if endpoint and (kind or _ENDPOINT_PART.search(endpoint)):
        at = start + path.find(endpoint)
        yield Reading("endpoint", endpoint, Span(at, at + len(endpoint)), "url.path", 0.78 if kind else 0.6)
        root = path[: path.find(endpoint)]
        version = re.match(r"/(?:v\d\w{0,6}|api/v\d)(?=/)", endpoint)
        end = start + len(root) + (version.end() if version else 0)
        yield Reading("base_url", match.string[match.start() : end], Span(match.start(), end), "url.root", 0.5)
    elif not kind and len(path) < 40:
        end = start + len(path)
        yield Reading("base_url", match.string[match.start() : end], Span(match.start(), end), "url.bare", 0.4)


def _from_paths(text: str) -> Iterator[Reading]:
    if "/" not in text:
        return
    for expression, trust in ((_REQUEST, 0.8), (_MAX_RETRIES_URL, 0.82), (_PATH, 0.7), (_KNOWN_PATH, 0.66)):
        for match in islice(expression.finditer(text), 12):
            group = match.lastindex or 0
            endpoint = as_endpoint(match.group(group).split("?")[0].rstrip(".,;:)"))
            if endpoint is None:
                continue
            known = type_of_endpoint(endpoint) is not None
            at = match.start(group) + max(0, match.group(group).find(endpoint))
            yield Reading("endpoint", endpoint, Span(at, at + len(endpoint)), "url.request", trust if known else trust - 0.25)


def as_endpoint(path: str) -> str | None:
    """The part of a path that names the API: what a mount point adds in front is left out, and so are ids."""
    if version := _VERSIONED.search(path):
        path = path[version.start() :]
    path = _LAST_ID.sub("", path).rstrip("/")
    return path if len(path) > 3 else None
