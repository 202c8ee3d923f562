"""Random requests at every door: half by the grammar of the product, half nonsense. Nothing may answer with 500."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

NASTY = (
    "", " ", "0", "1", "-1", "2", "17", "1e999", "NaN", "null", "true", "[]", "{}", "\x00", "a\x00b",
    "\ud7ff", "\u202e", "💥" * 40, "%", "%00", "'", '"', "--", "';--", "<script>", "{{ 7*7 }}", "{% load %}",
    "../../etc/passwd", "\\", "\r\n.\r\n", "9" * 19, "9" * 400, "x" * 70_000, "2026-11-27", "2026-99-99",
    "0000-00-00T00:00", "9999-12-31T23:59:59Z", "2026-11-27T09:00:00+99:99", "en", "zh-hans", "xx", "agent",
    "admin", "verdict", "all", "mine", "open", "resolved", "endpoint.base_url", "unknown", "is:open",
    "is:unread charged:yes", 'model:"gpt', "#1", "#99999999999999999999", "tag:a -tag:b",
    "before:2026-13-01", "a@client.invalid", "@", "a@b@c", "HTTP/1.1 404 Not Found", "401 invalid_api_key",
    "curl https://x.invalid/v1/v1/chat/completions -d '{'", '{"error": {"message": 7}}', "余额不足",
    "a\u0301" * 300,
)  # fmt: skip
QUERY = (
    "q", "view", "after", "assignee", "charged", "unread", "state", "kind", "since", "until", "tab",
    "verdict", "number", "wait", "language", "next", "page", "field", "columns", "window", "model",
    "provider", "rev", "here",
)  # fmt: skip
FIELDS = (
    "text", "email", "name", "body", "kind", "value", "number", "go", "action", "to", "status", "reason",
    "cause", "plain", "charged", "retried", "result", "choice", "wakes_at", "tags", "right", "point",
    "done", "words", "revision", "once", "keys", "role", "roles", "do", "language", "time_zone", "into",
    "numbers", "title", "model", "provider", "route", "state", "url", "format", "mode", "apply", "price",
    "position", "is_shared", "then", "sure", "told_model", "told_request_id", "draft", "at", "login",
    "password", "code", "credential", "owner", "people", "following", "label", "body_en", "body_zh", "next",
)  # fmt: skip
NAMES = (
    "text", "context", "email", "evidence", "account", "language", "idempotency_key", "source_id",
    "occurred_at", "model", "provider", "raw_error", "http_status", "amount", "charged", "balance",
    "failing_alike", "key",
)  # fmt: skip
METHODS = ("get", "get", "get", "post", "post", "post", "head", "put", "delete", "options", "patch")


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    data: Any = None
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def on(self, client: Client) -> HttpResponseBase:
        more: dict[str, Any] = {"headers": self.headers}
        if self.content_type:
            more["content_type"] = self.content_type
        send: Callable[..., HttpResponseBase] = getattr(client, self.method)
        return send(self.path, self.data, **more)


def any_call(random: Random, routes: list[str], tokens: list[str]) -> Call:
    method = random.choice(METHODS)
    path = _path(random, random.choice(routes))
    headers = (
        {}
        if random.random() < 0.6
        else {"HX-Request": "true", "HX-Target": _word(random)[:20].strip() or "x"}
    )
    if path.startswith("/api/"):
        headers["Authorization"] = f"Bearer {random.choice(tokens)}"
        return _api_call(random, method, path, headers)
    if random.random() < 0.3:
        path += "?" + "&".join(
            f"{random.choice(QUERY)}={_quoted(_word(random))}" for _ in range(random.randint(1, 4))
        )
    if method in ("get", "head"):
        return Call(method, path, headers=_plain(headers))
    if method == "post" and random.random() < 0.9:
        return Call(method, path, _form(random), headers=_plain(headers))
    return Call(
        method, path, _word(random).encode("utf-8", "replace"), "application/octet-stream", _plain(headers)
    )


def routes_of(patterns: Any = None, inside: str = "/") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = inside + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from routes_of(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def _path(random: Random, route: str) -> str:
    """The route with something in each of its gaps; now and then a gap that no route has."""
    if random.random() < 0.03:
        return "/" + _quoted(_word(random))
    parts = []
    for part in route.split("/"):
        if part.startswith(("<int:", "(?P<")) or "{" in part:
            part = random.choice(("1", "1", "2", "3", "0", "999999", "9" * 18, "9" * 25))
        elif part.startswith("<"):
            part = _quoted(random.choice(("model", "history", "csv", _word(random)))[:200]) or "x"
        parts.append(part)
    return "/".join(parts)


def _api_call(random: Random, method: str, path: str, headers: dict[str, str]) -> Call:
    body: bytes = json.dumps(_json(random), ensure_ascii=random.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )
    if random.random() < 0.15:
        body = random.randbytes(random.randint(0, 300))
    if random.random() < 0.1:
        body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
    kind = random.choice(("application/json", "application/json", "application/x-ndjson", "text/plain"))
    return (
        Call(method, path, body, kind, _plain(headers))
        if method not in ("get", "head")
        else Call(method, path, headers=_plain(headers))
    )


def _json(random: Random, depth: int = 0) -> Any:
    roll = random.random()
    if depth < 3 and roll < (0.8 if depth == 0 else 0.3):
        made = {random.choice(NAMES): _json(random, depth + 1) for _ in range(random.randint(0, 7))}
        return {"text": _word(random), "email": "a@client.invalid", **made} if depth == 0 else made
    if depth < 3 and roll < 0.4:
        return [_json(random, depth + 1) for _ in range(random.randint(0, 4))]
    return random.choice((None, True, False, 0, -1, 10**30, 1e308, _word(random), _word(random)))


def _form(random: Random) -> dict[str, Any]:
    names = random.sample(FIELDS, random.randint(0, 14))
    form: dict[str, Any] = {name: _word(random).encode("utf-8", "replace").decode() for name in names}
    if random.random() < 0.1:
        content = random.choice(
            (b"", b"\x89PNG\r\n\x1a\n" + random.randbytes(60), _word(random).encode("utf-8", "replace"))
        )
        form[random.choice(("uploads", "file"))] = SimpleUploadedFile(
            random.choice(("a.log", "a.png", "x.har", "m.csv")), content
        )
    return form


def _word(random: Random) -> str:
    if random.random() < 0.8:
        return random.choice(NASTY)
    return "".join(
        chr(random.choice((random.randint(32, 126), random.randint(0, 0xD7FF))))
        for _ in range(random.randint(1, 30))
    )


def _quoted(word: str) -> str:
    return quote(word[:300].encode("utf-8", "replace"))


def _plain(headers: dict[str, str]) -> dict[str, str]:
    """As a server lets them through: one line of printable ASCII."""
    return {
        name: "".join(letter for letter in value if " " <= letter <= "~") for name, value in headers.items()
    }
