"""Faults of the gateway itself."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "gateway.bug": [
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
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_the_gateway_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause
