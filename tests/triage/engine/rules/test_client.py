"""The customer's own program, network, proxy, patience and parser."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "client.unsupported": [
        (
            "Works in Postman, in n8n it fails.\n\nThe service was not able to process your "
            "request\nInternal server error"
        ),
        "AttributeError: module 'openai' has no attribute 'ChatCompletion'",
        "TypeError: OpenAI.__init__() got an unexpected keyword argument 'proxies'",
        "You tried to access openai.Embedding, but this is no longer supported in openai>=1.0.0",
        "403 此分组仅限 Claude Code 客户端使用",
        "has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present",
        "ModuleNotFoundError: No module named 'anthropic'",
        (
            "After upgrading to v2 of the SDK all calls throw.\n\nTypeError: "
            "client.chat.completions.create is not a function"
        ),
        (
            "翻译插件，接口填的是 http 地址，页面是 https。\n\nMixed Content: The page was loaded "
            "over HTTPS, but requested an insecure resource 'http://203.0.113.4:3000/v1'"
        ),
        "ollama-js TypeError: response.body is not async iterable after upgrade to Node 22",
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
        (
            "openai.APIConnectionError: Connection error.\n... httpx.ConnectError: [SSL: "
            "UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1006)"
        ),
        "请求头里 stream true 但是收到的是一整块，nginx 反代，加了 proxy_buffering off 就好了",
        "NO_PROXY 没设，请求内网网关走了代理，返回 502",
        "httpx.ProxyError: 503 Service Unavailable",
        "Clash 开着的时候报 SSL 错误 EOF occurred in violation of protocol",
        "curl: (60) SSL certificate problem: unable to get local issuer certificate",
        ("curl: (35) OpenSSL SSL_connect: Connection reset by peer in connection to relay.example:443"),
        ("java okhttp: javax.net.ssl.SSLPeerUnverifiedException: Hostname relay.example not verified"),
        (
            "tls: failed to verify certificate: x509: certificate is valid for *.corp.example, "
            "not relay.example"
        ),
        "The socket connection was closed unexpectedly. 在公司电脑上一直这样，家里没事",
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
        (
            "[server] error: [TypeError: fetch failed] {\n  [cause]: ConnectTimeoutError: Connect "
            "Timeout Error (attempted addresses: 203.0.113.42:443, timeout: 10000ms)\n    code: "
            "'UND_ERR_CONNECT_TIMEOUT'"
        ),
        "dial tcp 203.0.113.5:443: connect: connection refused",
        "连不上，开了 TUN 模式就报 ECONNRESET，关掉就正常",
        "访问内网 192.168.1.9:3000 连接被拒绝",
        (
            "Agent in Kubernetes; pods cannot reach the API but my laptop can.\n\ndial tcp: lookup "
            "relay.example on 10.96.0.10:53: no such host"
        ),
        (
            "我在群晖 NAS docker 里部署的 lobe-chat，访问不了接口。\n\nrequest to "
            "https://relay.example/v1/chat/completions failed, reason: connect ETIMEDOUT "
            "203.0.113.1:443"
        ),
        "connect EHOSTUNREACH 10.0.0.8:443",
        'PluginInvokeError: {"args":{},"error_type":"ConnectTimeout","message":"timed out"}',
        (
            "Python: urllib3.exceptions.MaxRetryError: Max retries exceeded with url (Caused by "
            "NewConnectionError: Failed to establish a new connection: [WinError 10061])"
        ),
        "WSL 里跑不通，Windows 里可以。Temporary failure in name resolution",
    ],
    "client.timeout": [
        "生成要 50 秒，插件自带超时是 30 秒，不知道在哪里改",
        "AxiosError: timeout of 60000ms exceeded",
        "Vercel: This Serverless Function has timed out. FUNCTION_INVOCATION_TIMEOUT",
        "Task timed out after 15.02 seconds (AWS Lambda)",
        "Behind my own nginx long answers end in 504 Gateway Time-out after 60 seconds.",
        "自建的 nginx 反代，生图超过 60 秒就 504 Gateway Time-out",
        (
            "My script gave up after polling 120 times, max attempts reached, the task was still "
            "running and finished later."
        ),
        "接口返回：由于未使用流式响应导致超时，请务必使用流式响应",
        (
            "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='relay.example', "
            "port=443): Read timed out. (read timeout=10)"
        ),
        "我设置的超时是5秒，深度思考模型总是超时",
        "API Error: The operation timed out. claude code 长任务时出现，API_TIMEOUT_MS 默认",
        "curl: (28) Operation timed out after 30001 milliseconds with 0 bytes received",
        (
            "The CLI stalls for five minutes on every big refactor and then says this. Small "
            "edits pass.\n\nRequest timed out after 300000ms"
        ),
        (
            "We put Cloudflare in front of our own LiteLLM; long jobs always end after 100 "
            "seconds.\n\nerror code: 524"
        ),
    ],
    "client.stream_parse": [
        'SyntaxError: Unexpected token \'d\', "data: {"id""... is not valid JSON',
        "Failed to parse SSE event: : ping",
        "curl 调用正常，程序里解析流式数据失败",
        "AI_JSONParseError: JSON parsing failed: Text: : keepalive",
    ],
    "client.disconnect": [
        "nginx access log: POST /v1/chat/completions 499",
        "499 client closed request",
        "日志里显示 客户端主动断开连接",
        "生成一半我手动停止了，还是扣了全部的 token 费用",
        "Claude Code: API Error: Request was aborted.",
        "请求中断了也按完整输出收费吗？我按了 ESC",
        "I cancelled the run in the UI, but the usage page lists the full price.",
        "Vertex: 499 CANCELLED The operation was cancelled.",
        "openai-node: APIUserAbortError: Request was aborted.",
        (
            "asyncio.exceptions.CancelledError in our FastAPI when the browser tab is closed; "
            "upstream still bills"
        ),
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
