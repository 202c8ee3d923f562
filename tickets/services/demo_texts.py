"""What the demo customers wrote: own examples of the cases that a desk sees every day."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tickets.models import Language
from triage.engine.evidence import Value

EN, ZH = Language.ENGLISH, Language.CHINESE


@dataclass(frozen=True, slots=True)
class DemoTicket:
    subject: str
    account: str
    customer: str
    email: str
    text: str
    key_end: str
    group: str = "default"
    language: Language = EN
    told: Mapping[str, Value] = field(default_factory=dict)
    then: str = ""  # "", "answered", "escalated" or "resolved"


DEMO_TICKETS = (
    DemoTicket(
        "404 since we moved to the new base URL", "Quillworks", "Tomas Berg", "tomas@quillworks.invalid",
        "Since this morning nothing works, we only changed the base URL in our config.\n\n"
        "HTTP/1.1 404 Not Found\ncontent-type: application/json\n\n"
        '{"error":{"message":"Invalid URL (POST /v1/v1/chat/completions)","type":"invalid_request_error",'
        '"param":null,"code":null}}\n\nbase_url = "https://api.gateway.invalid/v1/v1"',
        "9Kd2",
    ),
    DemoTicket(
        "提示额度不足，但后台还有余额", "上海云栈", "李薇", "liwei@yunzhan.invalid",
        "你好，我们今天下午开始调用 gpt-4o 一直报错，后台看余额还有 12 美元，麻烦看一下。\n\n"
        '{"error":{"message":"该令牌额度已用尽 TokenStatusExhausted[sk-…7Qd1] '
        '(request id: 20261122061203118204931kQ2mZx8P)","type":"new_api_error","param":"",'
        '"code":"insufficient_user_quota"}}',
        "7Qd1", "vip", ZH,
    ),
    DemoTicket(
        "429 on every gpt-4o call although the balance is fine", "Brightpath Studio", "Mina Okafor",
        "mina@brightpath.invalid",
        "Since about nine every call to gpt-4o comes back with 429. Other models work and nothing changed here.\n\n"
        "openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached for gpt-4o in "
        "organization org-Upstream on tokens per min (TPM): Limit 30000, Used 29412, Requested 1960. "
        "(request id: 20261122091412776104822Lq8wTz2)', 'type': 'new_api_error', 'code': 'rate_limit_exceeded'}}",
        "ab12", then="escalated",
    ),
    DemoTicket(
        "Video ended as failed but 1.20 USD is gone", "Polar Reel", "Ingrid Moe", "ingrid@polarreel.invalid",
        "We submitted a 10 second clip to kling-v1-6. It waited 14 minutes, then this. The dashboard shows 1.20 USD "
        "charged for it.\n\n"
        '{"code":0,"data":{"task_id":"task_8812047713","task_status":"failed",'
        '"task_status_msg":"internal error, please try again"}}',
        "Qm40", told={"charged": True},
    ),
    DemoTicket(
        "It just stopped working, please fix", "Aruna Labs", "Dev Patel", "dev@aruna.invalid",
        "Hello, the model does not work any more since today. Please fix it, it is urgent for us.", "11aZ",
    ),
    DemoTicket(
        "Incorrect API key after copying it from the e-mail", "Tern & Co", "Ola Nyström", "ola@tern.invalid",
        "I pasted the key from your e-mail into our app and now I get\n\n"
        "httpx.LocalProtocolError: Illegal header value b'Bearer sk-…5xYt\\n'", "5xYt", then="answered",
    ),
    DemoTicket(
        "视频任务一直在排队，需要重新提交吗", "星河影视", "周明", "zhouming@xinghe.invalid",
        "早上 9 点提交的 cogvideox 任务，到现在状态还是 queued，要不要重新提交一次？\n"
        '{"id":"task-20261122-55103","status":"queued","queue_position":37,"created_at":1763773200}',
        "p0Lm", language=ZH,
    ),
    DemoTicket(
        "Stream stops in the middle of long answers", "Fieldnote AI", "Sam Whitaker", "sam@fieldnote.invalid",
        "Long answers from claude-sonnet-4-5 break off. Our log:\n\n"
        'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},'
        '"request_id":"req_011CVt2mZ8fakeQ1"}\n\nstream=True, about one in five calls since 08:00 UTC.',
        "Wd77",
    ),
    DemoTicket(
        "context length exceeded with our PDF summaries", "Ledgerly", "Hana Sato", "hana@ledgerly.invalid",
        "Error code: 400 - {'error': {'message': \"This model's maximum context length is 128000 tokens. However, "
        "your messages resulted in 141877 tokens. Please reduce the length of the messages.\", 'type': "
        "'invalid_request_error', 'param': 'messages', 'code': 'context_length_exceeded'}}",
        "Zt31", then="resolved",
    ),
)  # fmt: skip
