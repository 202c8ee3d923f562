"""Which form of base URL a client program expects, as its own documentation tells."""

from enum import StrEnum


class ClientForm(StrEnum):
    UNKNOWN = "unknown"
    OPENAI = "openai"  # ends in /v1; the client adds /chat/completions
    ANTHROPIC = "anthropic"  # no /v1; the client adds /v1/messages
    ROOT = "root"  # no path; the client adds /v1/chat/completions
    FULL_PATH = "full_path"  # the client calls the address as it stands

    @property
    def root_path(self) -> str:
        return "" if self in (ClientForm.ANTHROPIC, ClientForm.ROOT) else "/v1"


_NAMES = {
    ClientForm.OPENAI: (
        "openaipython", "openainode", "openaijs", "openaisdk", "openai", "langchain", "llamaindex",
        "litellm", "codex", "codexcli", "openwebui", "lobechat", "dify", "cline", "roocode", "roo",
        "kilocode", "aider", "continue", "sillytavern", "n8n", "fastgpt", "cursor", "qwencode",
        "anythingllm", "librechat", "autogen", "crewai",
    ),
    ClientForm.ANTHROPIC: (
        "claudecode", "claudecli", "anthropicsdk", "anthropicpython", "anthropicnode", "anthropic",
    ),
    ClientForm.ROOT: ("nextchat", "chatgptnextweb", "chatbox", "cherrystudio", "geminicli", "googlegenai"),
    ClientForm.FULL_PATH: (
        "immersivetranslate", "沉浸式翻译", "curl", "postman", "apifox", "httpx", "requests",
    ),
}  # fmt: skip
_FORMS = {name: form for form, names in _NAMES.items() for name in names}
_JOINTS = str.maketrans("", "", " -_./")


def form_of(client: str | None, called: str = "") -> ClientForm:
    """By the client's name, else by the path it was seen to call (`/v1/messages` is the Anthropic format)."""
    form = _FORMS.get((client or "")[:60].lower().translate(_JOINTS))
    if form is not None:
        return form
    return ClientForm.ANTHROPIC if called.endswith(("/v1/messages", "/messages")) else ClientForm.UNKNOWN
