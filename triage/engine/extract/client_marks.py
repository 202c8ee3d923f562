"""Vocabulary: wordings, files and settings by which programs give themselves away without being named."""

from ..evidence import Reading
from .cue import Cue, Page, constant

# (client, what a mark begins with, the whole mark); `␣` is a blank in a beginning.
_MARKS: tuple[tuple[str, str, str], ...] = (
    (
        "claude-code",
        (
            "api␣error ⎿ anthropic_auth_token anthropic_base_url please␣run␣/login ~/.claude claude/settings "
            "claude-cli/ claude_code_ [bug]␣anthropic claude␣--"
        ),
        (
            r"api error: (?:[45]\d\d (?:[{<a-z]|$)|connection error|request timed out)|"
            r"api error \((?:[45]\d\d |request timed|connection|unable)|⎿|anthropic_(?:auth_token|base_url)|"
            r"please run /login|claude/settings|~/\.claude\b|claude-cli/\d|claude_code_[a-z]|\[bug\] anthropic|"
            "claude --(?:resume|continue|print|dangerously|model)"
        ),
    ),
    (
        "codex",
        (
            "stream␣disconnected␣before exceeded␣retry␣limit, unexpected␣status ~/.codex codex/config wire_api "
            "model_provider backend-api/codex codex/responses"
        ),
        (
            "stream disconnected before|exceeded retry limit, last|"
            r"unexpected status [45]\d\d [a-z ]{3,40}: [^\n]{0,300}\burl: http|codex/config|~/\.codex\b|"
            r"wire_api|model_provider\b|backend-api/codex|codex/responses"
        ),
    ),
    ("curl", "<␣http/", r"< http/[12]"),
    (
        "gemini-cli",
        "✕ gemini_cli",
        r"✕ \[api error: |gemini_cli",
    ),
    (
        "kimi-cli",
        "llm␣provider␣error",
        "llm provider error: ",
    ),
    (
        "opencode",
        "providermodelnotfounderror opencode.json",
        r"providermodelnotfounderror|opencode\.json",
    ),
    (
        "openclaw",
        "failovererror embedded␣run agent␣failed␣before lane=",
        r"failovererror|embedded run|agent failed before|lane=\w",
    ),
    (
        "hermes",
        "🔌",
        "🔌 provider:",
    ),
    (
        "copaw",
        "copaw_query copaw qwenpaw",
        "copaw|qwenpaw",
    ),
    (
        "copilot",
        (
            "sorry,␣your␣request␣failed. sorry,␣there␣was␣a␣network model_max_prompt_tokens githubcopilot "
            "copilot-"
        ),
        (
            r"sorry, your request failed\. please|sorry, there was a network error|model_max_prompt_tokens|"
            "githubcopilot|copilot-(?:chat|integration|language)"
        ),
    ),
    (
        "cursor",
        (
            "error_openai error_bad_user_api_key error_user_aborted we're␣having␣trouble␣connecting "
            "problem␣reaching unable␣to␣reach␣the␣model aiserver.v1"
        ),
        (
            "error_(?:openai|bad_user_api_key|user_aborted)|we're having trouble connecting to the model|"
            r"problem reaching openai|unable to reach the model provider|aiserver\.v1"
        ),
    ),
    (
        "cline",
        "cline␣is cline␣uses saoudrizwan",
        "cline is having|cline uses complex|saoudrizwan",
    ),
    (
        "roo-code",
        "roo␣is rooveterinary",
        "roo is having|rooveterinary",
    ),
    (
        "continue",
        "continuedev ~/.continue continue/config",
        r"continuedev|continue/config|~/\.continue\b",
    ),
    (
        "aider",
        "diff␣edit␣format whole␣edit␣format architect␣edit repo-map: diff␣edit",
        "(?:diff|whole|architect) edit|repo-map: using",
    ),
    (
        "zed",
        "error␣interacting␣with",
        "error interacting with (?:the )?(?:language )?model",
    ),
    (
        "home-assistant",
        "error␣talking␣to custom_components homeassistant",
        "error talking to (?:the )?(?:api|openai)|custom_components|homeassistant",
    ),
    (
        "n8n",
        ("n8n nodeapierror nodeoperationerror rawerrormessage ai␣agent␣node bad␣request␣-␣please n8nversion"),
        (
            "n8n|nodeapierror|nodeoperationerror|rawerrormessage|ai agent node|"
            "bad request - please check your param"
        ),
    ),
    (
        "dify",
        (
            "[openai_api_compatible] plugininvokeerror credentialsvalidatefailederror "
            "invokeauthorizationerror langgenius invokeratelimiterror invokebadrequesterror "
            "invokeconnectionerror invokeserverunavailableerror dify_plugin"
        ),
        (
            r"\[openai_api_compatible\]|plugininvokeerror|credentialsvalidatefailederror|langgenius|"
            "invoke(?:authorization|ratelimit|badrequest|connection|serverunavailable)error|dify_plugin"
        ),
    ),
    (
        "lobechat",
        "providerbizerror openaibizerror invalidproviderapikey noopenaiapikey agentruntimeerror route:␣[",
        (
            "providerbizerror|openaibizerror|invalidproviderapikey|noopenaiapikey|agentruntimeerror|"
            r"route: \[[a-z]+\] "
        ),
    ),
    (
        "ChatGPT Next Web",
        "出错了，稍后重试吧 访问密码不正确或为空",
        "出错了，稍后重试吧|访问密码不正确或为空",
    ),
    (
        "SillyTavern",
        "chat␣completion␣request␣error",
        "chat completion request error",
    ),
    (
        "LibreChat",
        "something␣went␣wrong.␣here's␣the␣specific [handleaborterror] [openaiclient",
        r"something went wrong\. here's the spec|\[handleaborterror|\[openaiclient",
    ),
    (
        "Open WebUI",
        "open_webui openwebui /api/chat/completions openwebui.",
        "open_?webui|/api/chat/completions",
    ),
    (
        "chatbox",
        "api␣error:␣status",
        "api error: status code",
    ),
    (
        "anythingllm",
        "could␣not␣respond␣to␣message",
        "could not respond to message",
    ),
    (
        "ragflow",
        "**error**:",
        r"\*\*error\*\*: [a-z_]{5,}",
    ),
    (
        "AstrBot",
        "错误类型",
        r"错误类型[:：] ?[a-z]{3,40}\n错误信息",
    ),
    (
        "ComfyUI",
        "got␣prompt prompt␣executed␣in ksampler comfy_api_nodes comfy_execution",
        "got prompt|prompt executed in|ksampler|comfy_(?:api|exec)",
    ),
)

# The same of libraries, which give way to any program.
_LIBRARY_MARKS: tuple[tuple[str, str, str], ...] = (
    (
        "langchain",
        "[llm/error] [chain/error] runnablesequence @langchain/ chatopenai( langchain.schema",
        r"\[(?:llm|chain)/error|runnablesequence|@langchain/|chatopenai\(|langchain\.",
    ),
    (
        "google-genai",
        (
            "generatecontentresponse( automatic_function_calling [googlegenerativeai␣error] @google/genai "
            "@google/generative-ai google/genai"
        ),
        r"generatecontentresponse\(|automatic_function|\[googlegen|@?google/gen",
    ),
    (
        "vercel-ai",
        (
            "ai_apicallerror ai_retryerror ai_typevalidationerror ai_noobjectgenerated ai_loadapikeyerror "
            "ai_invalidresponse ai_unsupported"
        ),
        "ai_[a-z]+",
    ),
    (
        "openai-node",
        "openai.makerequest openai/core. openai/error. openai/src openai@",
        r"openai\.makerequest|openai/(?:core|error)\.m?[jt]s|openai/src|openai@\d",
    ),
    (
        "openai-python",
        "openai/_base_client openai/_client openai/resources openai/api_requestor",
        "openai/[a-z_]",
    ),
    (
        "anthropic-sdk",
        "anthropic-ai/sdk anthropic/_base_client anthropic␣sdk",
        "anthropic",
    ),
    (
        "go-openai",
        "error,␣status␣code:",
        r"error, status code: \d{3}, status:? ?[^,\n]{0,40}, message:",
    ),
    (
        "python-requests",
        "requests.exceptions",
        r"requests\.exceptions",
    ),
    (
        "axios",
        "axioserror",
        "axioserror",
    ),
    (
        "langchain4j",
        "dev.langchain4j",
        r"dev\.langchain4j",
    ),
)


_LEADS_IN = ("：", ":", "。", ".", "，", "显示", "报", "报错", "says", "get")


def _on_its_own(page: Page, reading: Reading) -> Reading | None:
    """`API Error: 529 …` begins a line of Claude Code; in `OpenAI API error: 402` it is somebody else's."""
    if reading.span is None or not page.low.startswith("api error", reading.span.start):
        return reading
    start = page.low.rfind("\n", 0, reading.span.start) + 1
    before = page.low[max(start, reading.span.start - 80) : reading.span.start].strip(" \t|>●⎿└*-\"'`“「")
    return reading if not before or before.endswith(_LEADS_IN) else None


def _cues(marks: tuple[tuple[str, str, str], ...], trust: float, kind: str) -> tuple[Cue, ...]:
    return tuple(
        Cue(
            f"client.{kind}.{name}",
            "client",
            at,
            rf"({regex})",
            trust - 0.0001 * order,
            constant(name),
            once=True,
            after=_on_its_own,
        )
        for order, (name, at, regex) in enumerate(marks)
    )


CUES = (*_cues(_MARKS, 0.55, "mark"), *_cues(_LIBRARY_MARKS, 0.46, "library"))
