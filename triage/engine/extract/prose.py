"""What people say in their own words, in English and Chinese."""

import re

from ..evidence import Value
from .clients import CLIENTS
from .models import NAMED, SAID
from .pattern import Pattern, as_count, as_status, as_text, constant
from .providers import NAME, provider_named
from .request_types import WORDS

_COUNTS = {"once": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
           "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "十": 10}  # fmt: skip
_COUNT = r"(\d{1,3}|once|twice|two|three|four|five|six|ten|[一两二三四五六十])"


def _spelled(found: str) -> Value | None:
    return _COUNTS.get(found.lower()) or as_count(found)


def _model(found: str) -> Value | None:
    name = found.strip().rstrip(".,:;")
    return name if name and not re.fullmatch(r"(?:the|this|that|a|an|is|not|name|and|or|id|in|to|does|which|with|was|has|you)", name, re.IGNORECASE) else None


def _company(found: str) -> Value | None:
    return provider_named(found)


_QUOTED = r"[`\"'“‘\[]([\w@][\w./:@ -]{1,80}?)[`\"'”’\]]"
_BARE = r"([\w@][\w./:@-]{2,80})"

PATTERNS = (
    Pattern("model.quoted", "model", rf"\bmodel:? ?(?:name |id |group )?[\\]{{0,3}}{_QUOTED}", 0.8, _model),
    Pattern("model.before", "model", rf"{_QUOTED}\\?[`\"']? model\b", 0.7, _model),
    Pattern("model.equals", "model", rf"\bmodel(?:_name|_id)?\s?[=:]\s?[\\\"'`]{{0,3}}{_BARE}", 0.78, _model),
    Pattern("model.for", "model", r"\b(?:for|too large for|reached for) (?:model )?([\w@][\w./:@-]{2,80}) in organization", 0.8, _model),
    Pattern("model.zh", "model", r"模型(?:名称?|名字)?\s?[:：=]?\s?[`\"'“「\[]?([A-Za-z@][\w./:@-]{2,80})", 0.78, _model),
    Pattern("model.named", "model", rf"\b({NAMED})", 0.6, _model),
    Pattern("model.said", "model", rf"\b({SAID})(?:\b|$)", 0.4, _model),
    Pattern("provider.exception", "provider", rf"(?-i:\b((?:Azure(?:OpenAI)?|Vertex(?:_ai_beta|_?AI)?|Vertex_ai|Gemini|Anthropic|OpenrouterException|Openrouter|Bedrock|DeepSeek|Deepseek|Groq|Mistral|XAI|Xai|Cohere|Together_ai|Fireworks_ai|Huggingface|Replicate|Ollama|Dashscope|DashScope|Moonshot|Volcengine|Perplexity|Nvidia_nim|Cerebras|Sambanova|Zai)(?:Exception|Error|HttpException)))\b", 0.8, _company),
    Pattern("provider.said", "provider", rf"\b({NAME})(?:\b|[^a-z]|$)", 0.35, _company),
    Pattern("provider.talking", "provider", rf"\b(?:talking to|communicating with|call(?:ing)?|from|provider:?|服务商|供应商|渠道)\s({NAME})\b", 0.42, _company),
    Pattern("retries.attempt", "retries", r"\b(?:attempt|retry|retrying|reconnecting|重试|重连)\W{0,6}(?:attempt )?#?(\d{1,3}) ?(?:/|of) ?\d{1,3}", 0.8, as_count, later=True),
    Pattern("retries.times", "retries", rf"\b(?:retried|retries|retrying|tried|reconnects|reconnected|reconnecting|retry)(?: it| again)? ?{_COUNT}\b(?: times| 次)?", 0.7, _spelled),
    Pattern("retries.after", "retries", rf"\b{_COUNT} (?:retries|attempts|tries|times in a row)\b", 0.65, _spelled),
    Pattern("retries.zh", "retries", rf"(?:重试|重连|试)了?{_COUNT}(?:次|遍|回)|{_COUNT}次(?:重试|重连|都)", 0.7, _spelled),
    Pattern("stream.flag", "stream", r"[\"']?\bstream(?:ing)?[\"']?\s?[:=]\s?(?:true|1)\b", 0.8, constant(True)),
    Pattern("stream.off", "stream", r"[\"']?\bstream(?:ing)?[\"']?\s?[:=]\s?(?:false|0)\b|非流式|\b(?:without|no|not|disabled) stream\w*", 0.8, constant(False)),
    Pattern("stream.said", "stream", r"\bstream(?:s|ed|ing)?\b|流式|\bsse\b|text/event-stream|event: ?error|\bdata: ?\{|\[DONE\]|\bchunk(?:s|ed)?\b|generateContentStream|response\.(?:completed|failed|created|incomplete)", 0.5, constant(True)),
    Pattern("charged.no", "charged", r"没有?(?:被)?(?:扣费|扣钱|扣款|计费|扣额度)|未(?:被)?(?:扣费|扣款|计费|扣钱)|不(?:会)?扣费|无法扣费|不计费|\b(?:not|never|n't|without being) (?:been |being )?(?:charged|billed)|no charge|free of charge|\brefunded\b|退款成功|已退款|已退回|已返还", 0.8, constant(False)),
    Pattern("charged.yes", "charged", r"扣了|扣费了|被扣|已扣|扣掉|照样扣|仍然扣|还是扣|也扣|都扣|却扣|(?:扣|计)了?费|花了|消耗了|额度(?:被)?(?:扣|没了|少了)|\b(?:was|were|am|are|is|got|been|still|being|be|get) (?:\w+ )?(?:charged|billed)|\bcharged? (?:me|us|my|for|full|the)|\bbilled\b|\bcost (?:me |us )?[$€¥]|\bcredits? (?:was|were|are|is|got)? ?(?:deducted|consumed|used|taken|gone)|\bdeducted\b|took (?:my|the) (?:money|credits)", 0.6, constant(True)),
    Pattern("status.zh", "http_status", r"(?:报|返回|提示|出现?|出|是|状态码|错误码|频繁|一直|总是|都是|全是|全部|大量|变成|改成|收到|遇到|显示|http|偶尔|偶发|经常)(?:了|的|个)?\s?:?[：]?([45]\d\d)\b", 0.5, as_status),
    Pattern("status.zh_after", "http_status", r"\b([45]\d\d)\s?(?:错误|报错|错|的错|状态|异常|了|error)", 0.5, as_status),
    Pattern("status.ok", "http_status", r"\bstatus (?:code )?is (2\d\d)\b|\bhttp (2\d\d)\b", 0.45, as_status),
    Pattern("key.mask", "key", r"\b((?:sk|gsk|xai|pplx|nvapi|hf|r8|AIza|AKIA)[\w-]{0,12}(?:…|\*{3,80}|\.{3})[\w-]{2,12})", 0.7, as_text),
    Pattern("amount", "amount", r"((?:[$€¥￥]\s?\d{1,9}(?:\.\d{1,9})?)|(?:\d{1,9}(?:\.\d{1,9})?\s?(?:元|美元|usd|cny|rmb)\b))", 0.5, as_text),
    Pattern("task.state", "task_state", r"\b(IN_QUEUE|QUEUED|IN_PROGRESS|NOT_START|SUBMITTED|PROCESSING|queued|in_progress|processing|pending|running|succeeded|failed|SUCCEED|FAILURE|SUCCESS)\b", 0.3, as_text),
    *(Pattern(f"type.{kind}", "request_type", words, 0.42 - 0.01 * order, constant(kind)) for order, (kind, words) in enumerate(WORDS)),
    *(Pattern(f"client.{name}", "client", rf"(?:^|[^a-z0-9])({words})(?:$|[^a-z0-9])", 0.6 - 0.001 * order, constant(name)) for order, (name, words) in enumerate(CLIENTS)),
)  # fmt: skip
