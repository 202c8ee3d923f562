"""What people say in their own words, in English and Chinese."""

import pytest

from triage.engine.extract import extract


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("The model `acme-7b` does not exist", "acme-7b"),
        ("当前分组 vip 下对于模型 glm-9-air 无可用渠道", "glm-9-air"),
        ("I switched to Opus 4.5 yesterday", "Opus 4.5"),
        ("Kimi K2 的回答一直是空的", "Kimi K2"),
        ("us.anthropic.claude-sonnet-4-5-v1:0 is refused", "us.anthropic.claude-sonnet-4-5-v1:0"),
        ("qwen/qwen3-32b:free is limited", "qwen/qwen3-32b:free"),
        ("Rate limit reached for gpt-9-mini in organization org-x on tokens", "gpt-9-mini"),
        ("Model: DeepSeek Chat\nStatus: bad", "DeepSeek Chat"),
        ("Model: OpenAI GPT-9.1\nStatus: bad", "GPT-9.1"),
        ('{"deployment":"my-gpt4-eu"}', "my-gpt4-eu"),
        ("调用 o3-mini 超时", "o3-mini"),
        ("Model: Acme Coder 30B A3B Instruct (free)\nStatus: bad", "Acme Coder 30B A3B Instruct (free)"),
        ("Model: acme-chat-2 with the whole edit format\nStatus: bad", "acme-chat-2"),
        ("the zeta-9-large model hangs", "zeta-9-large"),
        ("No endpoints found for acmelab/hermes-3-llama-3.1-8b:free.", "acmelab/hermes-3-llama-3.1-8b:free"),
        ("中转更新之后报错，模型 sonnet 4.6。", "sonnet 4.6"),
        ("zeta-9-large 这个模型卡住了", "zeta-9-large"),
        ("dall-e 3 is refused", "dall-e 3"),
        ("调用 ep-20250101123456-abcde 报错", "ep-20250101123456-abcde"),
        ("gpt-4o works, gpt-4o-mini fails", "gpt-4o-mini"),
        ("glm-4-air 正常，glm-4-plus 报错", "glm-4-plus"),
        ("glm-4-air 不正常，glm-4-plus 没试", "glm-4-air"),
    ],
)
def test_models_as_written(text: str, model: str) -> None:
    assert extract(text).value("model") == model


@pytest.mark.parametrize(
    "text",
    [
        "the model does not work",
        "模型用不了",
        "which model is it",
        "Model: Unknown",
        "a step-by-step ray of hope",
        "claude-code hangs",
    ],
)
def test_ordinary_words_are_no_models(text: str) -> None:
    assert extract(text).value("model") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("生图一直失败", "image"),
        ("做图生视频时报错", "video"),
        ("generating a picture never ends", "image"),
        ("the transcription of my podcast fails", "audio"),
        ("知识库向量化报错", "embedding"),
        ("my batch job expired", "batch"),
        ("聊天没反应", "chat"),
        ("kling-v2-master fails", "video"),
        ("gpt-image-1 is refused", "image"),
        ("luma 官网上任务是失败的", "video"),
        ("ElevenLabs stays silent", "audio"),
    ],
)
def test_types_of_request(text: str, kind: str) -> None:
    assert extract(text).value("request_type") == kind


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("https://openrouter.ai/api/v1/chat/completions", "openrouter"),
        ("https://my-res.openai.azure.com/openai/deployments/x", "azure"),
        ("火山方舟的接口报错", "volcengine"),
        ("claude-sonnet-4 stopped", "anthropic"),
        ("litellm.APIError: VertexAIException - no", "google"),
        ("gpt-5 on Azure is slow", "azure"),
        ('{"metadata":{"provider_name":"Google AI Studio"}}', "google"),
        ("bedrock-runtime.us-east-1.amazonaws.com refused", "aws"),
        ("通过硅基流动调 deepseek-v3", "siliconflow"),
        ("Claude Code 接 MiniMax，报余额不足", "minimax"),
        ("https://opencode.ai/zen/go/v1/messages failed", "opencode-go"),
        ("https://opencode.ai/zen/v1/messages failed", "opencode-zen"),
        ("longcat-flash-chat is slow", "meituan"),
        ("第二次点 UPSCALE / VARIATION 就报错", "midjourney"),
    ],
)
def test_providers(text: str, provider: str) -> None:
    assert extract(text).value("provider") == provider


@pytest.mark.parametrize(
    ("text", "client"),
    [
        ("用 codex 一直断", "codex"),
        ("Claude Code says no", "claude-code"),
        ("in OpenWebUI and open-webui", "Open WebUI"),
        ("Home Assistant stays silent", "home-assistant"),
        ("NextChat 报错", "ChatGPT Next Web"),
        ("litellm.BadRequestError: x", "litellm"),
        ("Open WebUI through litellm", "Open WebUI"),
        ("user-agent: AcmeDesk/3.1 (macOS)", "AcmeDesk"),
        ("  ⎿ API Error: 500 upstream broke", "claude-code"),
        ("OpenAI API error: 402 no money", None),
        ("set ANTHROPIC_AUTH_TOKEN and restarted", "claude-code"),
        ("exceeded retry limit, last status: 503 Service Unavailable", "codex"),
        ("PluginInvokeError: invoke failed", "dify"),
        ("NodeApiError: bad", "n8n"),
        ("Error talking to API", "home-assistant"),
        ("GenerateContentResponse(candidates=[])", "google-genai"),
        ("AI_APICallError: nope", "vercel-ai"),
        ("同样的密钥 Cline 能用，到 Aider 就不行", "aider"),
        ("AI_APICallError: nope, seen in LibreChat", "LibreChat"),
        ("the Quillpad plugin shows nothing", "Quillpad"),
        ("Quillpad 插件里没有回答", "Quillpad"),
        ("the API client fails", None),
        ("Chat fails in Continue.", "continue"),
        ("Model: tiny-1\n  Provider: openai\n  Status Code: 404", "continue"),
        ("dify 里用 gpt-5-codex 报错", "dify"),
        ("OpenClaw fails, while Claude Code with the same account works", "openclaw"),
    ],
)
def test_clients(text: str, client: str | None) -> None:
    assert extract(text).value("client") == client


def test_to_go_on_is_no_client() -> None:
    assert extract("Type continue to go on, I had to enter continue again").value("client") is None


@pytest.mark.parametrize(
    ("text", "charged"),
    [
        ("任务失败了还是扣了 3 元", True),
        ("失败的没有扣费", False),
        ("积分没退回来", True),
        ("I was charged for an empty answer", True),
        ("I was not charged", False),
        ("the credits were refunded", False),
        ("上游失败，已退款", False),
        ("失败后积分再退回来", False),
        ("input 0, output 0, cost 0", False),
        ("it costs 0.5 per call", None),
        ("预扣费额度失败", None),
        ("it fails at once", None),
    ],
)
def test_charges(text: str, charged: bool | None) -> None:
    assert extract(text).value("charged") is charged


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ('{"stream": true}', True),
        ("流式输出中断", True),
        ("输出到一半就停了", True),
        ("stream=false works", False),
        ("with streaming off it hangs", False),
        ("非流式", False),
    ],
)
def test_streams(text: str, stream: bool) -> None:
    assert extract(text).value("stream") is stream


@pytest.mark.parametrize(
    ("text", "retries"),
    [
        ("attempt 2/10 … attempt 7/10", 7),
        ("重试了三次", 3),
        ("I retried 4 times", 4),
        ("failed after 2 retries", 2),
        ("在5次尝试后失败", 5),
    ],
)
def test_retries(text: str, retries: int) -> None:
    assert extract(text).value("retries") == retries


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I only changed my key.\n\nHTTP 401 Unauthorized", "I only changed my key."),
        ("怎么又不行了？\n\nError: 503 busy\nplease wait", "怎么又不行了？"),
        ("It stopped today.\n\nSomething went wrong, try again later.", "It stopped today."),
        ("nothing but words of my own", "nothing but words of my own"),
        (
            'When I send my second file it says {"error":{"message":"no","code":"x_y"}}',
            "When I send my second file it says",
        ),
        (
            '我昨天换了新的密钥，今天一直返回：{"error":{"message":"no","code":"x_y"}}',
            "我昨天换了新的密钥，今天一直返回：",
        ),
        ('My bot died with Error code: 401 - {"error":{"message":"no"}}', "My bot died with"),
        ('Request failed with status code 400 {"error":{"message":"no"}}', ""),
        ('任务失败，错误: {"error":{"message":"no"}}', ""),
    ],
)
def test_machine_output_is_told_from_the_customers_words(text: str, told: str) -> None:
    machine = extract(text).machine
    own = "".join(
        letter for at, letter in enumerate(text) if not any(one.start <= at < one.end for one in machine)
    )

    assert own.strip() == told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("生成失败 (错误码: 4013)", "4013"),
        ("Prediction failed (E006)", "E006"),
        ("code: 'ERR_STREAM_PREMATURE_CLOSE'", "ERR_STREAM_PREMATURE_CLOSE"),
        ("499 request_was_cancelled", "request_was_cancelled"),
        ("FUNCTION_INVOCATION_TIMEOUT", "FUNCTION_INVOCATION_TIMEOUT"),
        ("RESOURCE_EXHAUSTED: out of quota", "RESOURCE_EXHAUSTED"),
        ("channel:no_available_key", "channel:no_available_key"),
        ("失败: [-2009] 参数不对", "-2009"),
    ],
)
def test_codes_as_words(text: str, code: str) -> None:
    assert extract(text).value("error_code") == code


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("绘图失败几百次，一条返款记录都没有", "charged", True),
        ("一点生成就报错，没有图片出来", "request_type", "image"),
        ('event: response.failed data: {"type":"response.failed"}', "request_type", "responses"),
    ],
)
def test_what_is_told_becomes_evidence(text: str, field: str, value: object) -> None:
    assert extract(text).value(field) == value
