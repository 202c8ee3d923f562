"""Vocabulary: names of models, the provider that makes them, and the type of request they serve."""

import re

# Written with a hyphen or digits as an API name: no prose word looks like these.
API_NAME = (
    r"(?:(?:gpt|chatgpt|claude|gemini|gemma|deepseek|qwen|qwq|qvq|glm|chatglm|cogview|cogvideox?|kimi|moonshot|doubao|seedance|seedream|seededit|"
    r"llama|codellama|mistral|mixtral|ministral|magistral|codestral|devstral|pixtral|grok|command|sonar|ernie|hunyuan|spark|baichuan|yi|step|minimax|abab|"
    r"text-embedding|text-moderation|omni-moderation|text-davinci|davinci|code-davinci|babbage|ada|dall-e|tts|whisper|sora|veo|imagen|kling|"
    r"flux|sd3|sdxl|stable-diffusion|midjourney|mj|suno|chirp|udio|wan|wanx|hailuo|vidu|pika|runway|gen\d|luma|ray|ideogram|recraft|jimeng|"
    r"bge|jina|rerank|voyage|nova|titan|phi|nemotron|olmo|internlm|internvl|paraformer|cosyvoice|sambert|qwen-image|nano-banana|longcat|mimo|ring|ling|hermes|"
    r"stealth|eleven|playai|realtime|codex|computer-use|gemini-embedding|embedding|multimodal-embedding|gte|e5|aya|jamba|dbrx|falcon|vicuna|wizardlm|starcoder|tongyi|farui|sensechat|skylark|phoenix|bytedance)"
    r"(?:[-_.][a-z0-9]|\d)[a-z0-9._-]*|o[134](?:-(?:mini|preview|pro|high|low|deep-research|\d{4})[a-z0-9-]*)?\b)"
)
NAMED = rf"(?:[@a-z0-9][a-z0-9._-]{{0,40}}/){{0,4}}{API_NAME}(?::(?:free|beta|nitro|thinking|extended|online|floor|exacto|[0-9]+b[a-z0-9._-]*|latest|v?[0-9]+))?(?:@[0-9a-z]+)?"

# As people say it: `Opus 4.5`, `Kimi K2`, `DeepSeek V3`.
SAID = (
    r"(?:claude (?:(?:opus|sonnet|haiku|instant|code )(?: ?\d(?:\.\d)?)?|\d(?:\.\d)?(?: (?:opus|sonnet|haiku))?)|"
    r"(?:opus|sonnet|haiku)(?: \d(?:\.\d)?)?|"
    r"(?:gpt|chatgpt) ?\d(?:\.\d)?o?(?: (?:turbo|mini|nano|pro|codex))?|"
    r"gemini(?: \d(?:\.\d)?)?(?: (?:pro|flash|ultra|nano)(?:[- ](?:lite|preview|exp|image|thinking))?)|gemini \d(?:\.\d)?|"
    r"deep ?seek[ -]?(?:v\d(?:\.\d)?|r\d)(?: ?(?:flash|pro|terminus|exp))?|"
    r"kimi(?: ?k?\d(?:\.\d)?)(?: ?(?:thinking|turbo))?|"
    r"qwen ?\d(?:\.\d)?(?:[ -](?:coder|max|plus|turbo|vl|next|omni))*(?:[ -]\d+b)?|"
    r"glm[ -]?\d(?:\.\d)?(?:[ -](?:flash|air|plus|turbo|v))?|"
    r"grok ?\d(?:\.\d)?(?: (?:fast|mini|code))?|llama ?\d(?:\.\d)?(?: \d+b)?|mistral (?:large|small|medium|nemo)(?: \d)?|"
    r"(?:seedance|seedream|veo|sora|kling|wan|hailuo|flux|vidu|imagen|midjourney|suno) ?v?\d(?:\.\d)?(?: (?:pro|fast|lite|turbo|dev|schnell|ultra|master|preview))?|"
    r"nano banana(?: (?:pro|\d))?|dall-?e ?\d|minimax[ -]?m\d(?:\.\d)?)"
)

_FAMILY: tuple[tuple[str, str, str], ...] = (
    # expression, provider, request type ("" where the family serves chat, which nothing but a guess would tell)
    (r"gpt-image|dall-?e", "openai", "image"), (r"sora", "openai", "video"), (r"whisper|tts-1|gpt-4o(?:-mini)?-(?:tts|transcribe)", "openai", "audio"),
    (r"gpt.*realtime", "openai", "realtime"), (r"(?:text|omni)-moderation", "openai", "moderation"),
    (r"text-embedding-[3a]", "openai", "embedding"), (r"text-embedding-00|gemini-embedding", "google", "embedding"), (r"text-embedding-v", "alibaba", "embedding"),
    (r"imagen|nano[ -]banana|gemini.*-image", "google", "image"), (r"veo", "google", "video"),
    (r"seedance", "volcengine", "video"), (r"seedream|seededit", "volcengine", "image"), (r"jimeng.*video", "jimeng", "video"), (r"jimeng", "jimeng", "image"),
    (r"kling", "kling", "video"), (r"hailuo|minimax-hailuo", "minimax", "video"), (r"vidu", "vidu", "video"), (r"wan\d?[\d.]*.*(?:[ti]2v|video)|wan[ -]?\d", "alibaba", "video"),
    (r"wanx|qwen-image", "alibaba", "image"), (r"cogview", "zhipu", "image"), (r"cogvideo", "zhipu", "video"),
    (r"runway|gen\d", "runway", "video"), (r"luma|ray-", "luma", "video"), (r"pika", "pika", "video"),
    (r"midjourney|mj[_-]", "midjourney", "image"), (r"flux", "bfl", "image"), (r"stable-diffusion|sdxl|sd3", "stability", "image"),
    (r"ideogram", "ideogram", "image"), (r"recraft", "recraft", "image"), (r"suno|chirp", "suno", "audio"), (r"eleven", "elevenlabs", "audio"),
    (r"cosyvoice|paraformer|sambert", "alibaba", "audio"), (r".*rerank", "", "rerank"), (r"bge-|jina-|voyage|gte-|e5-|.*embed", "", "embedding"),
    (r"gpt|chatgpt|o[134]\b|davinci|text-davinci|codex", "openai", ""), (r"claude|opus|sonnet|haiku", "anthropic", ""),
    (r"gemini|gemma", "google", ""), (r"deep ?seek", "deepseek", ""), (r"qwen|qwq|qvq|tongyi", "alibaba", ""), (r"glm|chatglm", "zhipu", ""),
    (r"kimi|moonshot", "moonshot", ""), (r"doubao|skylark", "volcengine", ""), (r"grok", "xai", ""),
    (r"mistral|mixtral|ministral|codestral|devstral|magistral|pixtral", "mistral", ""), (r"minimax|abab", "minimax", ""),
    (r"hunyuan", "tencent", ""), (r"ernie", "baidu", ""), (r"spark", "iflytek", ""), (r"step-", "stepfun", ""), (r"baichuan", "baichuan", ""),
    (r"command", "cohere", ""), (r"sonar", "perplexity", ""), (r"nova|titan", "aws", ""),
)  # fmt: skip
_COMPILED = tuple((re.compile(names, re.IGNORECASE), maker, kind) for names, maker, kind in _FAMILY)
# `openai/…`, `us.anthropic.…`: the prefix says who serves it.
_SERVED_BY = re.compile(r"(?:openrouter|azure|bedrock|vertex_ai|fal-ai|groq|replicate|siliconflow|ollama)/", re.IGNORECASE)
_SERVERS = {"vertex_ai": "google", "bedrock": "aws", "fal-ai": "fal"}


def family(model: str) -> tuple[str, str]:
    """(provider, request type) that a model's name tells; empty where it does not."""
    served = _SERVED_BY.match(model)
    bare = model.rsplit("/", 1)[-1]
    for names, maker, kind in _COMPILED:
        if names.match(bare):
            server = served.group()[:-1].lower() if served else ""
            return _SERVERS.get(server, server) or maker, kind
    return (_SERVERS.get(served.group()[:-1].lower(), served.group()[:-1].lower()) if served else ""), ""
