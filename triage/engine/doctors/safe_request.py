"""Small requests that tell key, model and task problems apart: smallest first, no key, no prompt."""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from ..evidence import Value
from ..verdict import Words
from .base_url import check_base_url
from .model_family import Family, family_of
from .safe_request_words import MODELS, STREAM, TASK, WORK

_MODEL = re.compile(r"[\w][\w./:@+-]{0,99}")
_TASK = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")
_SECRET = re.compile(r"(?i)^(?:sk|pk|ak|rk|gsk|xai|pplx|nvapi|hf|r8|ghp|glpat)[-_]|^AIza|^ey[A-Za-z0-9]{20}")
_BEARER = '-H "Authorization: Bearer $API_KEY"'
_ANTHROPIC = '-H "x-api-key: $API_KEY" -H "anthropic-version: 2023-06-01"'
_JSON = "-H 'Content-Type: application/json'"
_HARMLESS = "ping"


@dataclass(frozen=True, slots=True)
class SafeStep:
    """`curl` is one POSIX shell command that reads the key from $API_KEY; `tells` explains the answers."""

    title: Words
    curl: str
    tells: Words


def safe_request(values: Mapping[str, Value], *, base_url: str = "") -> tuple[SafeStep, ...]:
    """`values` are evidence fields. Without a readable base URL the commands use $BASE_URL. Never raises."""
    call = _Call.of(values, base_url)
    steps = [SafeStep(MODELS.title, call.get("/models"), MODELS.tells)]
    if not call.makes_media:
        steps.append(SafeStep(WORK.title, call.post(call.path, call.body()), WORK.tells))
    if values.get("stream") is True and call.path not in ("/embeddings", "/rerank"):
        steps.append(SafeStep(STREAM.title, call.post(call.path, call.body(stream=True)), STREAM.tells))
    if call.makes_media or values.get("task_id"):
        steps.append(SafeStep(TASK.title, call.get(call.task_path), TASK.tells))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class _Call:
    base: str
    path: str
    model: str
    task_path: str
    makes_media: bool

    @classmethod
    def of(cls, values: Mapping[str, Value], base_url: str) -> "_Call":
        endpoint = str(values.get("endpoint", ""))[:500].partition("?")[0]
        kind = str(values.get("request_type", "")).lower()
        return cls(
            base=check_base_url(base_url).corrected,
            path=_path(endpoint, kind),
            model=_plain(values.get("model"), _MODEL, "MODEL_NAME"),
            task_path=_task_path(endpoint, _plain(values.get("task_id"), _TASK, "TASK_ID")),
            makes_media=bool(
                re.search(r"video|image|audio|music|speech|task|/mj/|/suno/", f"{kind} {endpoint}")
            ),
        )

    def get(self, path: str) -> str:
        return f"curl -sS -i {self._url(path)} {_BEARER if path != '/models' else self._key}"

    def post(self, path: str, body: Mapping[str, object]) -> str:
        flag = "-sSN" if body.get("stream") else "-sS"
        data = shlex.quote(json.dumps(body, ensure_ascii=False))
        return f"curl {flag} -i {self._url(path)} {self._key} {_JSON} -d {data}"

    def body(self, *, stream: bool = False) -> dict[str, object]:
        if self.path == "/embeddings":
            return {"model": self.model, "input": _HARMLESS}
        if self.path == "/responses":
            body: dict[str, object] = {"model": self.model, "input": _HARMLESS, "max_output_tokens": 16}
        else:
            limit = (
                ("max_completion_tokens", 16)
                if family_of(self.model) is Family.REASONING
                else ("max_tokens", 1)
            )
            body = {
                "model": self.model,
                "messages": [{"role": "user", "content": _HARMLESS}],
                limit[0]: limit[1],
            }
        return {**body, "stream": True} if stream else body

    @property
    def _key(self) -> str:
        return _ANTHROPIC if self.path == "/messages" else _BEARER

    def _url(self, path: str) -> str:
        if not self.base:
            return f'"$BASE_URL{path}"'
        version = re.search(r"/v\d\w*$", self.base)
        if path.startswith(("/mj/", "/suno/")) and version:
            return shlex.quote(self.base[: version.start()] + path)
        anthropic_root = self.path == "/messages" and not version
        return shlex.quote(f"{self.base}/v1{path}" if anthropic_root else self.base + path)


def _path(endpoint: str, kind: str) -> str:
    if endpoint.endswith("/embeddings") or "embed" in kind:
        return "/embeddings"
    if endpoint.endswith("/messages"):
        return "/messages"
    return "/responses" if endpoint.endswith("/responses") else "/chat/completions"


def _task_path(endpoint: str, task: str) -> str:
    if "/mj" in endpoint:
        return f"/mj/task/{task}/fetch"
    if "/suno" in endpoint:
        return f"/suno/fetch/{task}"
    return f"/videos/{task}" if "/videos" in endpoint else f"/video/generations/{task}"


def _plain(value: Value | None, shape: re.Pattern[str], otherwise: str) -> str:
    """The value where it has the shape of what it should be and not the shape of a secret."""
    text = value if isinstance(value, str) else ""
    return text if shape.fullmatch(text) and not _SECRET.match(text) else otherwise
