"""The customer's own program, network, proxy, patience and parser."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "client.unsupported": [
        "AttributeError: module 'openai' has no attribute 'ChatCompletion'",
        "TypeError: OpenAI.__init__() got an unexpected keyword argument 'proxies'",
        "You tried to access openai.Embedding, but this is no longer supported in openai>=1.0.0",
        "403 此分组仅限 Claude Code 客户端使用",
        "has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present",
        "ModuleNotFoundError: No module named 'anthropic'",
    ],
    "client.proxy_tls": [
        "unable to verify the first certificate",
        "x509: certificate signed by unknown authority",
        "javax.net.ssl.SSLHandshakeException: PKIX path building failed",
        "httpcore.ConnectError: [SSL: TLSV1_ALERT_INTERNAL_ERROR] tlsv1 alert internal error",
        (
            "requests.exceptions.ProxyError: HTTPSConnectionPool: Max retries exceeded (Caused "
            "by ProxyError('Unable to connect to proxy'))"
        ),
        "net::ERR_TUNNEL_CONNECTION_FAILED",
        "公司网络里调用一直证书校验失败",
        "代理服务器连接失败",
        ("Behind our own nginx the stream comes all at once, calling the relay directly streams fine."),
        "自己用 nginx 做了反代，流式输出卡住一次性返回，直连没问题",
    ],
    "client.network": [
        "getaddrinfo EAI_AGAIN api.relay.example",
        "socket.gaierror: [Errno -2] Name or service not known",
        "java.net.UnknownHostException: relay.example",
        "curl: (6) Could not resolve host: relay.example",
        "connect ECONNREFUSED 127.0.0.1:8317",
        "error sending request for url (http://127.0.0.1:8080/v1/messages)",
        "connect ETIMEDOUT 203.0.113.7:443",
        "ConnectTimeoutError: Connect Timeout Error (timeout: 10000ms)",
        "httpx.ConnectError: [Errno 101] Network is unreachable",
        "域名解析失败，连不上接口",
        "连接超时，换了手机热点就正常了",
    ],
    "client.timeout": [
        "AxiosError: timeout of 60000ms exceeded",
        "Vercel: This Serverless Function has timed out. FUNCTION_INVOCATION_TIMEOUT",
        "Task timed out after 15.02 seconds (AWS Lambda)",
        "Behind my own nginx long answers end in 504 Gateway Time-out after 60 seconds.",
        "自建的 nginx 反代，生图超过 60 秒就 504 Gateway Time-out",
        (
            "My script gave up after polling 120 times, max attempts reached, the task was still "
            "running and finished later."
        ),
    ],
    "client.stream_parse": [
        'SyntaxError: Unexpected token \'d\', "data: {"id""... is not valid JSON',
        "Failed to parse SSE event: : ping",
        "curl 调用正常，程序里解析流式数据失败",
    ],
    "client.disconnect": [
        "nginx access log: POST /v1/chat/completions 499",
        "499 client closed request",
        "日志里显示 客户端主动断开连接",
        "生成一半我手动停止了，还是扣了全部的 token 费用",
    ],
}

SAYS_TOO_LITTLE = [
    "Connection error.",
    "openai.APIConnectionError: Connection error.",
    "TypeError: fetch failed",
    "read ECONNRESET",
    "openai.APITimeoutError: Request timed out.",
    "请求超时",
    "stream disconnected before completion: stream closed before response.completed",
]


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_the_customers_side_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize("text", SAYS_TOO_LITTLE)
def test_a_broken_connection_alone_settles_nothing(text: str) -> None:
    assert diagnose(text).verdict == "needs_evidence"


@pytest.mark.parametrize("text", SAYS_TOO_LITTLE)
def test_others_failing_alike_settle_it(text: str) -> None:
    diagnosis = diagnose(text, {"failing_alike": {"accounts": 12, "failures": 90, "minutes": 60}})

    assert diagnosis.verdict == "provider_incident"
