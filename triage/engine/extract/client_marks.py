"""Vocabulary: wordings, files and settings by which programs give themselves away without being named."""

import re
from collections.abc import Iterator

from ..evidence import Reading, Span
from .cue import Cue, Page, constant, occurrences
from .models import family
from .providers import provider_named

# (client, what a mark begins with, the whole mark); `␣` is a blank in a beginning.
_MARKS: tuple[tuple[str, str, str], ...] = (
    (
        "claude-code",
        "api␣error ⎿ anthropic_auth_token anthropic_base_url please␣run␣/login ~/.claude .claude/ claude-cli/ "
        "claude_code_ [bug]␣anthropic claude␣--",
        r"api error: (?:[45]\d\d (?:[{<a-z]|$)|connection error|request timed out)|"
        r"api error \((?:[45]\d\d |request timed|connection|unable)|⎿|"
        r"anthropic_(?:auth_token|base_url)|please run /login|~?/?\.claude/|~/\.claude\b|claude-cli/\d|claude_code_[a-z]|"
        r"\[bug\] anthropic|claude --(?:resume|continue|print|dangerously|model)",
    ),
    (
        "codex",
        "stream␣disconnected␣before exceeded␣retry␣limit, unexpected␣status ~/.codex .codex/ wire_api model_provider "
        "backend-api/codex codex/responses",
        r"stream disconnected before|exceeded retry limit, last|"
        r"unexpected status [45]\d\d [a-z ]{3,40}: [^\n]{0,300}\burl: http|"
        r"~?/?\.codex/|~/\.codex\b|wire_api|model_provider\b|backend-api/codex|codex/responses",
    ),
    ("gemini-cli", "✕ gemini_cli", r"✕ \[api error: |gemini_cli"),
    ("kimi-cli", "llm␣provider␣error", r"llm provider error: "),
    ("opencode", "providermodelnotfounderror opencode.json", r"providermodelnotfounderror|opencode\.json"),
    ("openclaw", "failovererror embedded␣run agent␣failed␣before lane=", r"failovererror|embedded run|agent failed before|lane=\w"),
    ("hermes", "🔌", r"🔌 provider:"),
    ("copaw", "copaw_query copaw qwenpaw", r"copaw|qwenpaw"),
    (
        "copilot",
        "sorry,␣your␣request␣failed. sorry,␣there␣was␣a␣network model_max_prompt_tokens githubcopilot copilot-",
        r"sorry, your request failed\. please|sorry, there was a network error|model_max_prompt_tokens|"
        r"githubcopilot|copilot-(?:chat|integration|language)",
    ),
    (
        "cursor",
        "error_openai error_bad_user_api_key error_user_aborted we're␣having␣trouble␣connecting problem␣reaching unable␣to␣reach␣the␣model aiserver.v1",
        r"error_(?:openai|bad_user_api_key|user_aborted)|we're having trouble connecting to the model|"
        r"problem reaching openai|unable to reach the model provider|aiserver\.v1",
    ),
    ("cline", "cline␣is cline␣uses saoudrizwan", r"cline is having|cline uses complex|saoudrizwan"),
    ("roo-code", "roo␣is rooveterinary", r"roo is having|rooveterinary"),
    ("continue", "continuedev ~/.continue .continue/", r"continuedev|~?/?\.continue/|~/\.continue\b"),
    ("aider", "diff␣edit␣format whole␣edit␣format architect␣edit repo-map: diff␣edit", r"(?:diff|whole|architect) edit|repo-map: using"),
    ("zed", "error␣interacting␣with", r"error interacting with (?:the )?(?:language )?model"),
    ("home-assistant", "error␣talking␣to custom_components homeassistant", r"error talking to (?:the )?(?:api|openai)|custom_components|homeassistant"),
    (
        "n8n",
        "n8n nodeapierror nodeoperationerror rawerrormessage ai␣agent␣node bad␣request␣-␣please n8nversion",
        r"n8n|nodeapierror|nodeoperationerror|rawerrormessage|ai agent node|bad request - please check your param",
    ),
    (
        "dify",
        "[openai_api_compatible] plugininvokeerror credentialsvalidatefailederror invokeauthorizationerror langgenius "
        "invokeratelimiterror invokebadrequesterror invokeconnectionerror invokeserverunavailableerror dify_plugin",
        r"\[openai_api_compatible\]|plugininvokeerror|credentialsvalidatefailederror|langgenius|"
        r"invoke(?:authorization|ratelimit|badrequest|connection|serverunavailable)error|dify_plugin",
    ),
    (
        "lobechat",
        "providerbizerror openaibizerror invalidproviderapikey noopenaiapikey agentruntimeerror route:␣[",
        r"providerbizerror|openaibizerror|invalidproviderapikey|noopenaiapikey|agentruntimeerror|route: \[[a-z]+\] ",
    ),
    ("ChatGPT Next Web", "出错了，稍后重试吧 访问密码不正确或为空", r"出错了，稍后重试吧|访问密码不正确或为空"),
    ("SillyTavern", "chat␣completion␣request␣error", r"chat completion request error"),
    ("LibreChat", "something␣went␣wrong.␣here's␣the␣specific [handleaborterror] [openaiclient", r"something went wrong\. here's the spec|\[handleaborterror|\[openaiclient"),
    ("Open WebUI", "open_webui openwebui /api/chat/completions openwebui.", r"open_?webui|/api/chat/completions"),
    ("chatbox", "api␣error:␣status", r"api error: status code"),
    ("anythingllm", "could␣not␣respond␣to␣message", r"could not respond to message"),
    ("ragflow", "**error**:", r"\*\*error\*\*: [a-z_]{5,}"),
    ("AstrBot", "错误类型", r"错误类型[:：] ?[a-z]{3,40}\n错误信息"),
    ("ComfyUI", "got␣prompt prompt␣executed␣in ksampler comfy_api_nodes comfy_execution", r"got prompt|prompt executed in|ksampler|comfy_(?:api|exec)"),
)  # fmt: skip

# The same of libraries, which give way to any program.
_LIBRARY_MARKS: tuple[tuple[str, str, str], ...] = (
    ("langchain", "[llm/error] [chain/error] runnablesequence @langchain/ chatopenai( langchain.schema", r"\[(?:llm|chain)/error|runnablesequence|@langchain/|chatopenai\(|langchain\."),
    ("google-genai", "generatecontentresponse( automatic_function_calling [googlegenerativeai␣error] @google/genai @google/generative-ai google/genai", r"generatecontentresponse\(|automatic_function|\[googlegen|@?google/gen"),
    ("vercel-ai", "ai_apicallerror ai_retryerror ai_typevalidationerror ai_noobjectgenerated ai_loadapikeyerror ai_invalidresponse ai_unsupported", r"ai_[a-z]+"),
    ("openai-node", "openai.makerequest at␣openai. openai/core. openai/error. openai/src openai@", r"openai\.makerequest|at openai\.|openai/(?:core|error)\.m?[jt]s|openai/src|openai@\d"),
    ("openai-python", "openai/_base_client openai/_client openai/resources openai/api_requestor", r"openai/[a-z_]"),
    ("anthropic-sdk", "anthropic-ai/sdk anthropic/_base_client anthropic␣sdk", r"anthropic"),
    ("go-openai", "error,␣status␣code:", r"error, status code: \d{3}, status:? ?[^,\n]{0,40}, message:"),
    ("python-requests", "requests.exceptions", r"requests\.exceptions"),
    ("axios", "axioserror", r"axioserror"),
    ("langchain4j", "dev.langchain4j", r"dev\.langchain4j"),
)  # fmt: skip


def _on_its_own(page: Page, reading: Reading) -> Reading | None:
    """`API Error: 529 …` begins a line of Claude Code; in `OpenAI API error: 402` it is somebody else's."""
    if reading.span is None or not page.low.startswith("api error", reading.span.start):
        return reading
    start = page.low.rfind("\n", 0, reading.span.start) + 1
    before = page.low[max(start, reading.span.start - 80) : reading.span.start].strip(" \t|>●⎿└*-\"'`“「")
    return (
        None
        if before and not before.endswith(("：", ":", "。", ".", "，", "显示", "报", "报错", "says", "get"))
        else reading
    )


def _cues(marks: tuple[tuple[str, str, str], ...], trust: float, kind: str) -> tuple[Cue, ...]:
    return tuple(
        Cue(f"client.{kind}.{name}", "client", at, rf"({regex})", trust - 0.0001 * order, constant(name), once=True, after=_on_its_own)
        for order, (name, at, regex) in enumerate(marks)
    )  # fmt: skip


CUES = (*_cues(_MARKS, 0.55, "mark"), *_cues(_LIBRARY_MARKS, 0.46, "library"))

_KINDS = ("plugin", "extension", "client", "app", "ide", "editor", "desktop", "cli")
_KINDS_ZH = ("插件", "客户端", "软件", "机器人", "扩展")
_NAME = re.compile(r"(?<![\w/.-])([A-Z][\w-]{2,24}(?: [A-Z][\w-]{1,20})?) \Z", re.ASCII)
_NAME_ZH = re.compile(r"(?<![\w/.-])([A-Za-z][\w-]{2,24}) ?\Z", re.ASCII)
_NO_NAMES = frozenset(
    "the this that my our your any api sdk http https chat web local cloud desktop mobile windows macos linux android "
    "ios docker python node nodejs java javascript go golang rust php chrome firefox edge browser telegram discord slack "
    "error invalid openai official custom simple new old latest beta http-client llm ai gpt desktop-app code vs vscode "
    "visual studio unknown server user using when with from and for also other another same every each no".split()
)


def read_named_clients(page: Page) -> Iterator[Reading]:
    """`the Foo plugin`, `Foo 客户端`: a program nobody has heard of, by the kind of thing it is."""
    for word in _KINDS:
        if word in page.words:
            for at in page.places(word)[:4]:
                yield from _named_before(page, at, _NAME)
    for word in _KINDS_ZH if page.characters else ():
        for at in occurrences(page.low, word, 4):
            yield from _named_before(page, at, _NAME_ZH)


def _named_before(page: Page, at: int, name: re.Pattern[str]) -> Iterator[Reading]:
    start = max(0, at - 48)
    found = name.search(page.text[start:at])
    if found is None:
        return
    words = found.group(1)
    parts = words.lower().split()
    if not _NO_NAMES.isdisjoint(parts) or provider_named(words) or family(words)[0]:
        return
    span = Span(start + found.start(1), start + found.end(1))
    yield Reading("client", words, span, "client.kind", 0.3)
