"""Vocabulary: providers by the hosts they answer on, the names they go by, and the models they make."""

import re
from collections.abc import Mapping
from types import MappingProxyType

# Host endings, longest first where one contains another.
HOSTS: tuple[tuple[str, str], ...] = (
    ("openai.azure.com", "azure"), ("cognitiveservices.azure.com", "azure"), ("services.ai.azure.com", "azure"),
    ("aka.ms", "azure"), ("azure-api.net", "azure"), ("inference.ai.azure.com", "azure"), ("models.ai.azure.com", "azure"),
    ("openai.com", "openai"), ("chatgpt.com", "openai"), ("anthropic.com", "anthropic"), ("claude.ai", "anthropic"),
    ("claude.com", "anthropic"), ("googleapis.com", "google"), ("ai.google.dev", "google"), ("cloud.google.com", "google"),
    ("amazonaws.com", "aws"), ("aws.amazon.com", "aws"), ("openrouter.ai", "openrouter"), ("deepseek.com", "deepseek"),
    ("volces.com", "volcengine"), ("volcengine.com", "volcengine"), ("volcengineapi.com", "volcengine"),
    ("byteplus.com", "volcengine"), ("bytepluses.com", "volcengine"), ("bigmodel.cn", "zhipu"), ("zhipuai.cn", "zhipu"),
    ("z.ai", "zhipu"), ("moonshot.cn", "moonshot"), ("moonshot.ai", "moonshot"), ("kimi.com", "moonshot"),
    ("kimi.ai", "moonshot"), ("aliyuncs.com", "alibaba"), ("aliyun.com", "alibaba"), ("alibabacloud.com", "alibaba"),
    ("minimax.chat", "minimax"), ("minimaxi.com", "minimax"), ("minimax.io", "minimax"), ("siliconflow.cn", "siliconflow"),
    ("siliconflow.com", "siliconflow"), ("groq.com", "groq"), ("mistral.ai", "mistral"), ("x.ai", "xai"),
    ("cohere.com", "cohere"), ("cohere.ai", "cohere"), ("together.xyz", "together"), ("together.ai", "together"),
    ("fireworks.ai", "fireworks"), ("perplexity.ai", "perplexity"), ("huggingface.co", "huggingface"),
    ("replicate.com", "replicate"), ("replicate.delivery", "replicate"), ("fal.run", "fal"), ("fal.ai", "fal"),
    ("elevenlabs.io", "elevenlabs"), ("stability.ai", "stability"), ("bfl.ai", "bfl"), ("bfl.ml", "bfl"),
    ("ideogram.ai", "ideogram"), ("runwayml.com", "runway"), ("lumalabs.ai", "luma"), ("pika.art", "pika"),
    ("klingai.com", "kling"), ("klingai.kuaishou.com", "kling"), ("jianying.com", "jimeng"), ("capcut.com", "jimeng"),
    ("vidu.com", "vidu"), ("vidu.cn", "vidu"), ("hailuoai.com", "minimax"), ("suno.ai", "suno"), ("suno.com", "suno"),
    ("midjourney.com", "midjourney"), ("baidubce.com", "baidu"), ("baidu.com", "baidu"), ("tencentcloudapi.com", "tencent"),
    ("tencent.com", "tencent"), ("xf-yun.com", "iflytek"), ("xfyun.cn", "iflytek"), ("baichuan-ai.com", "baichuan"),
    ("lingyiwanwu.com", "01ai"), ("stepfun.com", "stepfun"), ("sensenova.cn", "sensenova"), ("modelscope.cn", "modelscope"),
    ("nvidia.com", "nvidia"), ("cerebras.ai", "cerebras"), ("sambanova.ai", "sambanova"), ("deepinfra.com", "deepinfra"),
    ("novita.ai", "novita"), ("hyperbolic.xyz", "hyperbolic"), ("githubcopilot.com", "github"),
    ("models.github.ai", "github"), ("api.cloudflare.com", "cloudflare"), ("gateway.ai.cloudflare.com", "cloudflare"),
    ("pollinations.ai", "pollinations"), ("bytez.com", "bytez"), ("opencode.ai", "opencode"), ("ppinfra.com", "ppio"),
    ("deepgram.com", "deepgram"), ("assemblyai.com", "assemblyai"), ("voyageai.com", "voyage"), ("jina.ai", "jina"),
    ("ollama.com", "ollama"), ("ai21.com", "ai21"), ("databricks.com", "databricks"), ("watsonx.ai", "ibm"),
)  # fmt: skip

# Names as they stand in prose, exception names and provider fields.
_NAMES: tuple[tuple[str, str], ...] = (
    ("azure", r"azure(?:[ _-]?(?:open)?ai)?|azureopenai"),
    ("google", r"google(?:[ _-]?(?:ai[ _-]?studio|vertex|ai|cloud|gemini))?|vertex(?:[ _-]?ai)?(?:[ _-]?beta)?|ai[ _-]?studio|gemini|palm|veo|imagen|谷歌"),
    ("anthropic", r"anthropic|claude"),
    ("openrouter", r"open[ _-]?router"),
    ("aws", r"(?:amazon|aws)?[ _-]?bedrock|aws|amazon|sagemaker"),
    ("deepseek", r"deep[ _-]?seek|深度求索"),
    ("jimeng", r"jimeng|即梦|dreamina"),
    ("volcengine", r"volc(?:ano|engine)?(?:[ _-]?(?:engine|ark))?|byte(?:dance|plus)|火山(?:引擎|方舟)?|豆包|doubao|seedance|seedream"),
    ("zhipu", r"zhipu(?:ai)?|bigmodel|chatglm|glm|智谱|zai|z\.ai"),
    ("moonshot", r"moonshot(?:[ _-]?ai)?|kimi|月之暗面"),
    ("alibaba", r"dash[ _-]?scope|bai[ _-]?lian|ali(?:baba|yun)?(?:[ _-]?cloud)?|百炼|阿里云?|通义(?:千问|万相)?|qwen|wanx"),
    ("minimax", r"mini[ _-]?max|hailuo|海螺"),
    ("siliconflow", r"silicon[ _-]?(?:flow|cloud)|硅基流动"),
    ("groq", r"groq"),
    ("xai", r"x[ _-]?ai|grok"),
    ("mistral", r"mistral(?:[ _-]?ai)?|codestral"),
    ("cohere", r"cohere(?:[ _-]?chat)?"),
    ("together", r"together(?:[ _-]?ai)"),
    ("fireworks", r"fireworks(?:[ _-]?ai)?"),
    ("perplexity", r"perplexity"),
    ("huggingface", r"hugging[ _-]?face|抱抱脸"),
    ("replicate", r"replicate"),
    ("fal", r"fal(?:[ _.-]?ai)"),
    ("elevenlabs", r"eleven[ _-]?labs"),
    ("stability", r"stability(?:[ _-]?ai)?|stable[ _-]?diffusion"),
    ("ideogram", r"ideogram"),
    ("runway", r"runway(?:ml)?"),
    ("luma", r"luma(?:[ _-]?labs)?"),
    ("kling", r"kling(?:[ _-]?ai)?|可灵"),
    ("vidu", r"vidu"),
    ("suno", r"suno"),
    ("midjourney", r"mid[ _-]?journey(?:[ _-]?proxy)?|mj"),
    ("baidu", r"baidu|qianfan|文心一?言?|千帆|百度|ernie"),
    ("tencent", r"tencent(?:[ _-]?cloud)?|hunyuan|腾讯云?|混元"),
    ("iflytek", r"iflytek|xunfei|讯飞(?:星火)?|星火"),
    ("baichuan", r"baichuan|百川"),
    ("stepfun", r"stepfun|阶跃(?:星辰)?"),
    ("modelscope", r"model[ _-]?scope|魔搭"),
    ("nvidia", r"nvidia(?:[ _-]?nim)?|\bnim\b"),
    ("cerebras", r"cerebras"),
    ("sambanova", r"sambanova"),
    ("deepinfra", r"deep[ _-]?infra"),
    ("novita", r"novita"),
    ("github", r"github[ _-]?(?:copilot|models)|copilot"),
    ("cloudflare", r"workers[ _-]?ai"),
    ("pollinations", r"pollinations"),
    ("ollama", r"ollama"),
    ("openai", r"open[ _-]?ai|chatgpt|dall-?e|whisper"),
)  # fmt: skip

NAME = "|".join(f"(?:{names})" for _, names in _NAMES)
_BY_NAME = tuple((re.compile(names, re.IGNORECASE), slug) for slug, names in _NAMES)
_BY_HOST: Mapping[str, str] = MappingProxyType(dict(HOSTS))


def provider_named(words: str) -> str | None:
    """The provider that a name stands for: `Google AI Studio` → google. None for an unknown one."""
    for names, slug in _BY_NAME:
        if names.match(words.strip()):
            return slug
    return None


def provider_of_host(host: str) -> str | None:
    parts = host.lower().rstrip(".").split(".")
    for start in range(max(0, len(parts) - 4), len(parts) - 1):
        if slug := _BY_HOST.get(".".join(parts[start:])):
            return slug
    return None
