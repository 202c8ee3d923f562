"""Vocabulary: providers by the hosts they answer on, the names they go by, and the models they make."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ..evidence import Reading
from .cue import Cue, Page, constant
from .names import cue_words, expression

# Host endings, longest first where one contains another.
HOSTS: tuple[tuple[str, str], ...] = (
    ("openai.azure.com", "azure"), ("cognitiveservices.azure.com", "azure"), ("services.ai.azure.com", "azure"),
    ("aka.ms", "azure"), ("azure-api.net", "azure"),
    ("inference.ai.azure.com", "azure"), ("models.ai.azure.com", "azure"),
    ("openai.com", "openai"), ("chatgpt.com", "openai"),
    ("anthropic.com", "anthropic"), ("claude.ai", "anthropic"),
    ("claude.com", "anthropic"), ("googleapis.com", "google"),
    ("ai.google.dev", "google"), ("cloud.google.com", "google"),
    ("amazonaws.com", "aws"), ("aws.amazon.com", "aws"),
    ("openrouter.ai", "openrouter"), ("deepseek.com", "deepseek"),
    ("volces.com", "volcengine"), ("volcengine.com", "volcengine"), ("volcengineapi.com", "volcengine"),
    ("byteplus.com", "volcengine"), ("bytepluses.com", "volcengine"),
    ("bigmodel.cn", "zhipu"), ("zhipuai.cn", "zhipu"),
    ("z.ai", "zhipu"), ("moonshot.cn", "moonshot"), ("moonshot.ai", "moonshot"), ("kimi.com", "moonshot"),
    ("kimi.ai", "moonshot"), ("aliyuncs.com", "alibaba"),
    ("aliyun.com", "alibaba"), ("alibabacloud.com", "alibaba"),
    ("minimax.chat", "minimax"), ("minimaxi.com", "minimax"),
    ("minimax.io", "minimax"), ("siliconflow.cn", "siliconflow"),
    ("siliconflow.com", "siliconflow"), ("groq.com", "groq"), ("mistral.ai", "mistral"), ("x.ai", "xai"),
    ("cohere.com", "cohere"), ("cohere.ai", "cohere"),
    ("together.xyz", "together"), ("together.ai", "together"),
    ("fireworks.ai", "fireworks"), ("perplexity.ai", "perplexity"), ("huggingface.co", "huggingface"),
    ("replicate.com", "replicate"), ("replicate.delivery", "replicate"), ("fal.run", "fal"), ("fal.ai", "fal"),
    ("elevenlabs.io", "elevenlabs"), ("stability.ai", "stability"), ("bfl.ai", "bfl"), ("bfl.ml", "bfl"),
    ("ideogram.ai", "ideogram"), ("runwayml.com", "runway"), ("lumalabs.ai", "luma"), ("pika.art", "pika"),
    ("klingai.com", "kling"), ("klingai.kuaishou.com", "kling"),
    ("jianying.com", "jimeng"), ("capcut.com", "jimeng"),
    ("vidu.com", "vidu"), ("vidu.cn", "vidu"),
    ("hailuoai.com", "minimax"), ("suno.ai", "suno"), ("suno.com", "suno"),
    ("midjourney.com", "midjourney"), ("baidubce.com", "baidu"),
    ("baidu.com", "baidu"), ("tencentcloudapi.com", "tencent"),
    ("tencent.com", "tencent"), ("xf-yun.com", "iflytek"),
    ("xfyun.cn", "iflytek"), ("baichuan-ai.com", "baichuan"),
    ("lingyiwanwu.com", "01ai"), ("stepfun.com", "stepfun"),
    ("sensenova.cn", "sensenova"), ("modelscope.cn", "modelscope"),
    ("nvidia.com", "nvidia"), ("cerebras.ai", "cerebras"),
    ("sambanova.ai", "sambanova"), ("deepinfra.com", "deepinfra"),
    ("novita.ai", "novita"), ("hyperbolic.xyz", "hyperbolic"), ("githubcopilot.com", "github"),
    ("models.github.ai", "github"),
    ("api.cloudflare.com", "cloudflare"), ("gateway.ai.cloudflare.com", "cloudflare"),
    ("pollinations.ai", "pollinations"), ("bytez.com", "bytez"),
    ("opencode.ai", "opencode"), ("ppinfra.com", "ppio"),
    ("deepgram.com", "deepgram"), ("assemblyai.com", "assemblyai"),
    ("voyageai.com", "voyage"), ("jina.ai", "jina"),
    ("baseten.co", "baseten"), ("nebius.com", "nebius"), ("nebius.ai", "nebius"), ("aihubmix.com", "aihubmix"),
    ("requesty.ai", "requesty"), ("poe.com", "poe"), ("infini-ai.com", "infini"), ("xiaomimimo.com", "xiaomi"),
    ("longcat.chat", "meituan"),
    ("hunyuan.cloud.tencent.com", "tencent"), ("gitee.com", "gitee"), ("chutes.ai", "chutes"),
    ("myhuaweicloud.com", "huawei"), ("inference.net", "inference.net"), ("featherless.ai", "featherless"),
    ("parasail.io", "parasail"), ("aimlapi.com", "aimlapi"), ("nano-gpt.com", "nano-gpt"), ("venice.ai", "venice"),
    ("friendli.ai", "friendli"), ("upstage.ai", "upstage"), ("reka.ai", "reka"), ("302.ai", "302ai"),
    ("ollama.com", "ollama"), ("ai21.com", "ai21"), ("databricks.com", "databricks"), ("watsonx.ai", "ibm"),
)  # fmt: skip

# Names as they stand in prose, in exception names and in provider fields; the longest fitting one wins.
_NAMES: tuple[tuple[str, str], ...] = (
    ("azure", "azure openai, azure ai foundry, azure ai, azure open ai, azure, 微软"),
    ("google", ("google ai studio, google vertex, google ai, google cloud, google gemini, google, "
        "vertex ai, vertex_ai_beta, vertex, ai studio, gemini, 谷歌")),
    ("anthropic", "anthropic, claude"),
    ("openrouter", "open router"),
    ("aws", "amazon bedrock, aws bedrock, bedrock, aws, amazon, sagemaker, 亚马逊"),
    ("deepseek", "deep seek, 深度求索"),
    ("jimeng", "jimeng, 即梦, dreamina"),
    ("volcengine", ("volc engine, volcano engine, volcano ark, volc ark, byte dance, byteplus, 火山, 豆包, "
        "字节, doubao, seedance, seedream")),
    ("zhipu", "zhipu ai, zhipu, bigmodel, chatglm, glm, 智谱, zai, z.ai"),
    ("moonshot", "moonshot ai, moonshot, kimi, 月之暗面"),
    ("alibaba", "dash scope, bai lian, alibaba cloud, alibaba, aliyun, 百炼, 阿里, 通义, qwen, wanx"),
    ("minimax", "mini max, hailuo, 海螺"),
    ("siliconflow", "silicon flow, silicon cloud, 硅基流动, 硅基"),
    ("groq", "groq"),
    ("xai", "xai, x.ai, grok"),
    ("mistral", "mistral ai, mistral, codestral"),
    ("cohere", "cohere chat, cohere"),
    ("together", "together ai, together.ai, together.xyz"),
    ("fireworks", "fireworks ai, fireworks.ai"),
    ("perplexity", "perplexity"),
    ("huggingface", "hugging face, 抱抱脸"),
    ("replicate", "replicate"),
    ("fal", "fal ai, fal.ai, fal"),
    ("elevenlabs", "eleven labs"),
    ("stability", "stability ai, stability.ai, stable diffusion"),
    ("ideogram", "ideogram"),
    ("runway", "runway ml, runway"),
    ("luma", "luma labs, luma ai, luma"),
    ("kling", "kling ai, kling, 可灵"),
    ("vidu", "vidu"),
    ("pika", "pika labs"),
    ("suno", "suno"),
    ("midjourney", "mid journey, mj"),
    ("baidu", "baidu, qianfan, 文心, 千帆, 百度, ernie"),
    ("tencent", "tencent cloud, tencent, hunyuan, 腾讯, 混元"),
    ("iflytek", "iflytek, xunfei, 讯飞, 星火"),
    ("baichuan", "baichuan, 百川"),
    ("stepfun", "step fun, 阶跃"),
    ("sensenova", "sense nova, 商汤, 日日新"),
    ("modelscope", "model scope, 魔搭"),
    ("nvidia", "nvidia nim, nvidia, nim, 英伟达"),
    ("cerebras", "cerebras"),
    ("sambanova", "samba nova"),
    ("deepinfra", "deep infra"),
    ("novita", "novita ai, novita"),
    ("chutes", "chutes"),
    ("github", "github models, github copilot"),
    ("cloudflare", "workers ai"),
    ("pollinations", "pollinations"),
    ("bytez", "bytez"),
    ("ollama", "ollama"),
    ("ppio", "ppio, 派欧"),
    ("01ai", "lingyiwanwu, 零一万物"),
    ("xiaomi", "xiaomi, 小米"),
    ("meituan", "longcat, 美团"),
    ("huawei", "huawei cloud, 华为云, 盘古"),
    ("infini", "infini ai, 无问芯穹"),
    ("baseten", "base ten"),
    ("nebius", "nebius"),
    ("aihubmix", "aihubmix"),
    ("requesty", "requesty"),
    ("poe", "poe api, poe.com"),
    ("openai", "open ai, chatgpt, dalle, dall e, whisper, sora"),
)  # fmt: skip

_BY_NAME = tuple((re.compile(expression(names), re.IGNORECASE), slug) for slug, names in _NAMES)
_BY_HOST: Mapping[str, str] = MappingProxyType(dict(HOSTS))

_THROUGH = (
    "on ",
    "via ",
    "through ",
    "from ",
    "using ",
    "with ",
    "my ",
    "own ",
    "to ",
    "from the ",
)
_THROUGH_ZH = (
    "用",
    "使用",
    "通过",
    "走",
    "接",
    "接入",
    "接了",
    "接的",
    "调",
    "调用",
    "官方",
    "渠道",
    "换成",
    "经",
    "经过",
)


def _through(page: Page, reading: Reading) -> Reading:
    """A provider that somebody goes through counts for more than one that is only mentioned."""
    before = page.low[max(0, reading.span.start - 12) : reading.span.start] if reading.span else ""
    named = before.endswith(("provider ", "供应商", "服务商"))
    if named or before.endswith(_THROUGH) or before.rstrip().endswith(_THROUGH_ZH):
        return Reading(
            reading.field,
            reading.value,
            reading.span,
            reading.by,
            0.46 if reading.value not in _MAKERS or named else 0.36,
        )
    return reading


_MAKERS = frozenset(
    {"openai", "anthropic", "google", "deepseek", "ollama"}
)  # their models are served by others too
_PLATFORMS = frozenset(  # serve models of others: being named says more than the name of the model
    [
        "azure",
        "aws",
        "openrouter",
        "groq",
        "siliconflow",
        "replicate",
        "fal",
        "together",
        "fireworks",
        "nvidia",
        "cerebras",
        "sambanova",
        "deepinfra",
        "novita",
        "huggingface",
        "modelscope",
        "github",
        "ppio",
        "chutes",
        "pollinations",
        "bytez",
    ]
)
CUES = tuple(
    Cue(
        f"provider.{slug}",
        "provider",
        cue_words(names),
        rf"({expression(names)})(?![a-z])",
        0.4 if slug in _PLATFORMS else 0.35,
        constant(slug),
        once=True,
        after=_through,
    )
    for slug, names in _NAMES
)

# Words that only one provider's API writes.
_SIGNATURES: tuple[tuple[str, str, str], ...] = (
    ("anthropic", '"type":"error","error" overloaded_error req_011 anthropic-version anthropic-beta',
     r'"type": ?"error", ?"error"|overloaded_error|req_011[0-9a-z]|anthropic-'),
    ("alibaba", "data_inspection_failed internalerror.algo datainspectionfailed arrearage",
     r"data_inspection_failed|internalerror\.algo|datainspectionfailed|arrearage"),
    ("google", ("resource_exhausted type.googleapis generativelanguage generatecontent "
        "streamgeneratecontent promptfeedback finish_reason_ failed_precondition"), r"\w|\."),
    ("openai", "platform.openai help.openai org- tokens␣per␣min",
     r"platform\.openai|help\.openai|org-[a-z0-9]{12}|tokens per min"),
    ("azure", "deploymentnotfound content_filter_result", r"\w"),
    ("volcengine", ("modelnotopen inputtextsensitivecontentdetected accountoverdueerror safe␣experience "
        "setlimitexceeded"), r"\w"),
    ("aws", "validationexception throttlingexception accessdeniedexception bedrockruntime inference␣profile", r"\w"),
    ("minimax", "base_resp", r"\w"), ("openrouter", "openrouter more␣credits,␣or provider_name", r"\w"),
    ("zhipu", "no␣resource␣package 无可用资源包", r"\w|无"),
    ("moonshot", "engine_overloaded_error", r"\w"), ("midjourney", "mj_ midjourney mj/submit", r"\w"),
    ("anthropic", "credit␣balance␣is", r"credit balance is too low"), ("google", "req_vrtx_", r"\w"),
    ("opencode-go", "(console␣go)", r"\("), ("opencode-zen", "provider␣(console)", r"\w"),
    ("midjourney", "upscale variation reroll v␣变体 垫图",
     r"upscale ?[/,、&] ?variation|variation ?[/,、&] ?upscale|v 变体|垫图"), ("suno", "extend_audio", r"\w"),
)  # fmt: skip

CUES += tuple(
    Cue(
        f"provider.{slug}.signature",
        "provider",
        at,
        words,
        0.3 if slug in _MAKERS else 0.34,
        constant(slug),
        once=True,
    )
    for slug, at, words in _SIGNATURES
)


@lru_cache(maxsize=1024)
def provider_named(words: str) -> str | None:
    """The provider that a name stands for: `Google AI Studio` → google. None for an unknown one."""
    for names, slug in _BY_NAME:
        if names.match(words):
            return slug
    return None


@lru_cache(maxsize=1024)
def provider_of_stem(stem: str) -> str | None:
    """The provider of `VertexAIException`, given `vertexai`: only where the whole stem is a name."""
    return next((slug for names, slug in _BY_NAME if stem and names.fullmatch(stem)), None)


# Two services on one host, told apart by their mount points.
_MOUNTS = (("opencode.ai/zen/go", "opencode-go"), ("opencode.ai/zen", "opencode-zen"))


def provider_of_host(host: str, path: str = "") -> str | None:
    for mount, service in _MOUNTS:
        if f"{mount}/" in f"{host}{path}/":
            return service
    parts = host.lower().rstrip(".").split(".")
    for start in range(max(0, len(parts) - 4), len(parts) - 1):
        if slug := _BY_HOST.get(".".join(parts[start:])):
            return slug
    return None
