"""One error, told in several ways: whose side it is hangs on the story, and thin evidence stays open."""

import pytest

from triage.engine import diagnose

NO_MONEY = "Your credit balance is too low to access the Anthropic API."
QUOTA = "You exceeded your current quota, please check your plan and billing details."
BAD_KEY = "401 Incorrect API key provided: sk-proj-****7QkA."
TOO_MANY = "429 Too Many Requests"
NO_CHANNEL = "当前分组 default 下对于模型 claude-demo-4 无可用渠道"
NOT_THERE = "The model `{}` does not exist or you do not have access to it."
BUDGET = "Budget has been exceeded! Current cost: 50.02, Max budget: 50"
RELAY_MONEY = "预扣费额度失败, 用户剩余额度: $0.31, 需要预扣费额度: $2.4 (request id: 2025a)"

CASES = [
    ("quota.balance", "My own Anthropic key in a workflow.", NO_MONEY),
    ("route.upstream_account", "Every Claude call of every tenant ends like this, Gemini keeps running.", NO_MONEY),
    ("quota.balance", "Just created an OpenAI account, no card on file, first request.", QUOTA),
    ("route.upstream_account", "昨晚开始全站都报这个，我账户里还有一百多块，换成 qwen 就没事", QUOTA),
    ("route.upstream_account", "The hosted demo says so to every visitor.", QUOTA),
    ("key.invalid", "The key from the tutorial.", BAD_KEY),
    ("route.upstream_account", "I only ever registered at this aggregator, no OpenAI account exists.", BAD_KEY),
    ("key.whitespace", "The key works elsewhere.", '401 Incorrect API key provided: "sk-proj-****7QkA".'),
    ("quota.key_limit", "The key of our test machine.", BUDGET),
    ("route.upstream_account", "On a public chat site, from time to time.", BUDGET),
    ("quota.balance", "", RELAY_MONEY),
    ("route.upstream_account", "", RELAY_MONEY + " (request id: 2025b)"),
    ("rate.upstream", "", TOO_MANY),
    ("rate.account", "批量翻译开了 50 个线程，前面几个成功，后面全是", TOO_MANY),
    ("rate.account", "The script fires 200 embeddings at once.", TOO_MANY),
    ("rate.upstream", "Only I use it, one call every ten minutes.", TOO_MANY),
    ("model.not_enabled", "第一次用，随便选了一个模型", NO_CHANNEL),
    ("model.not_enabled", "default 分组不包括这个模型，VIP 分组才有", NO_CHANNEL),
    ("route.no_channel", "前天还用得好好的，现在", NO_CHANNEL),
    ("route.no_channel", "", NO_CHANNEL + " (request id: 2024a) (request id: 2024b)"),
    ("model.not_enabled", "A fresh account.", NOT_THERE.format("gpt-4o-2024-08-06")),
    ("model.not_found", "按文档填的", NOT_THERE.format("gpt4o-mini")),
    ("client.proxy_tls", "ollama 本机 11434，开着系统代理", "502 Bad Gateway"),
    ("client.network", "The home wifi drops streams, the phone hotspot does not.", "Connection error."),
    ("client.stream_parse", "自己写的前端按换行解析 SSE，偶尔这样", "Unexpected end of JSON input"),
    ("gateway.bug", "After our relay moved to version 2.9 pictures are refused; going back to 2.8 heals it.", "400"),
    ("gateway.bug", "The job stays IN_PROGRESS although the picture has long been posted in Discord.", ""),
    ("gateway.bug", "任务状态一直停在 SUBMITTED，Discord 里早就出图了", ""),
    ("gateway.bug", "令牌授权了所有模型，逐个勾选模型就正常", "403 无权访问该模型"),
    ("client.unsupported", "It fails since v0.9.3 of the app.", "400: 'NoneType' object has no attribute 'get'"),
    ("endpoint.base_url", "在别的软件用一样的地址和 key 可以，这里返回内容是空的", ""),
    ("endpoint.unsupported", "gpt-5.1-codex in the chat model node.", "The requested operation is unsupported."),
    ("upstream.stream_interrupted", "偶尔触发", "stream error: stream ID 7; INTERNAL_ERROR; received from peer"),
    ("task.queued", "", '[{"id":"s-1","audio_url":"","status":"submitted","error_message":null}]'),
    ("billing.mismatch", "后台日志同一个请求记了两条消费", ""),
]  # fmt: skip
OPEN = [
    "My speech call is refused with a 400, perhaps it is the encoding.",
    "换个客户端就可以\n\n连接失败 400 Bad Request",
    "With curl the same key works.\n\nRequest failed with status code 400",
    "更新之后全都报错\n\nError: 403 status code (no body)",
    "I see this every few minutes\n\nread tcp <internal-ip>:51000->203.0.113.9:443: read: connection reset by peer",
    "Streams stop, sometimes after a minute.\n\nstream disconnected before completion",
    "一直 Time out，不知道是不是端口没开放",
    "502 Bad Gateway: Unknown error, url: http://127.0.0.1:9000/v1/responses",
    "Completed without output. Batch(id='b', error_file_id='file-1', request_counts=Counts(failed=9))",
    "Request to the plugin service failed-500",
]


@pytest.mark.parametrize(("cause", "told", "error"), CASES)
def test_the_story_says_whose_side_it_is(cause, told, error):
    assert diagnose(f"{told}\n\n{error}".strip()).cause.slug == cause


@pytest.mark.parametrize("text", OPEN)
def test_what_was_answered_is_asked_for_where_nothing_tells_it(text):
    diagnosis = diagnose(text)

    assert diagnosis.verdict == "needs_evidence"
    assert diagnosis.settle is not None
