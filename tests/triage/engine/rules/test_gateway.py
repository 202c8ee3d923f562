"""Faults of the gateway itself."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "gateway.bug": [
        "测试渠道报 bad response status code 202，可返回内容是完整的",
        "The limit is set to 30 USD, only 4 were spent, yet it is called reached",
        "Every malformed chunk crashes our relay process",
        "With the relay one SSE event holds two JSON objects, the second one injected",
        "图片编辑接口 400 Invalid image file，看日志是中转没有转发文件",
        "Panic detected, error: runtime error: invalid memory address or nil pointer dereference",
        '{"error":{"message":"数据库错误，请稍后重试","type":"new_api_error"}}',
        (
            '{"error":{"message":"模型 tiny-1 '
            '倍率或价格未配置","code":"model_price_error","type":"new_api_error"}}'
        ),
        '{"error":{"message":"No connected db.","type":"no_db_connection"}}',
        (
            'Invalid JSON payload received. Unknown name "$schema" at '
            "'tools[0].function_declarations[0].parameters': Cannot find field. (request id: "
            "20260102030405000000001AbCdEfGh)"
        ),
        "直连官方接口正常，走网关就报 400 invalid parameter",
        (
            "Directly at the provider the same body is accepted, through the relay it is refused "
            "with 400 unsupported field"
        ),
        "The encrypted content gAAAA... could not be verified. code invalid_encrypted_content",
        ('status: "queued", progress 0 for hours, although the provider\'s console shows the video finished'),
        "网关查询一直是 queued，官方后台早就生成完成了",
        "Could not parse message into JSON: : HOLD From chunk: [ 'data: : HOLD' ]",
        "任务轮询有时成功有时失败，两级网关。\n\nupstream returned unrecognized message",
        "discord 上图片已经画出来了，任务状态却一直是 SUBMITTED，最后 FAILURE 任务超时",
        "任务里查一直是 SUBMITTED 状态，但其实已经完成了",
        "Error: 400 Invalid 'input[2].id': 'call_abc'. Expected an ID that begins with 'fc'.",
        "用 one-api 转 gemini 报 Request contains an invalid argument，直接用官方 key 调没问题",
        "The video finished in the provider's app but your API still says in_progress",
        "接口偶尔返回别的模型的回答，model 字段也不对",
        "工具调用的参数返回时被截断成空对象 {}，直连官方是好的",
        "gateway strips my system prompt, direct call keeps it",
        "thinking 内容跑到正文里面了，换官方没问题",
        (
            "Streaming through the gateway: the last chunk never comes, the client waits "
            "forever; direct to the vendor it ends properly."
        ),
        "日志报 sql: database is locked，所有请求 500",
        ("same image prompt is rejected as sensitive only via your API, on the official site it draws"),
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_the_gateway_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause
