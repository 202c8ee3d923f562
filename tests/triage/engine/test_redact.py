import random

import pytest

from tests.triage.engine.secrets import ALNUM, BASE64, HEX, chars, uuid
from triage.engine.redact import fingerprint_of, redact

PEPPER = b"pepper of the tests"
RNG = random.Random(7)
KEY = "sk-" + chars(ALNUM, 48)(RNG)
ALNUM_32 = chars(ALNUM, 32)(RNG)
HEX_32 = chars(HEX, 32)(RNG)
HEX_40 = chars(HEX, 40)(RNG)
HEX_64 = chars(HEX, 64)(RNG)
BASE64_40 = chars(BASE64, 40)(RNG)
UUID = uuid(RNG)
ACCESS_KEY = "AKIA" + "Q2W3" * 4
WORD = "hunter" + "2x"


def masked(text):
    return redact(text, pepper=PEPPER).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Authorization: Bearer {KEY}", f"Authorization: Bearer sk-…{KEY[-4:]}"),
        (f"sk-proj-{KEY[3:]}", f"sk-proj-…{KEY[-4:]}"),
        (f"sk-ant-api03-{KEY[3:]}AA", f"sk-ant-api03-…{KEY[-2:]}AA"),
        (f'{{"key": "{KEY}\\n"}}', f'{{"key": "sk-…{KEY[-4:]}\\n"}}'),
        (f'api_key="{KEY} "', f'api_key="sk-…{KEY[-4:]} "'),
        (f"{KEY[:20]}\n  {KEY[20:]} fails", f"sk-…\n  …{KEY[-4:]} fails"),
        (f"{KEY[:20]}\u200b{KEY[20:]}", f"sk-…\u200b…{KEY[-4:]}"),
        ("Authorization: Basic dXNlcjpwYXNzd29yZA==", "Authorization: Basic …"),
        (f"Cookie: theme=dark; session={ALNUM_32}", "Cookie: theme=…; session=…"),
        (f"Set-Cookie: sid={ALNUM_32}; Path=/; HttpOnly", "Set-Cookie: sid=…; Path=/; HttpOnly"),
        (f"postgres://app:{WORD}@db:5432/main", "postgres://app:…@db:5432/main"),
        (f"http://me:p%40{WORD}@10.0.0.2:7890", "http://me:…@10.0.0.2:7890"),
        (f"密码：{WORD}！", "密码：…！"),
        (f"密码是{WORD}", "密码是…"),
        (f"password={WORD} ok", "password=… ok"),
        (f'{{"user": "x", "password": {WORD}}}', '{"user": "x", "password": …}'),
        (f"pwd: {WORD}#a!b@c.", "pwd: …."),
        ("write to jane.doe@example.com", "write to …@example.com"),
        ("电话 13812345678，", "电话 …5678，"),
        ("call +1 415-555-2671 now", "call …2671 now"),
        ("card 4111 1111 1111 1111 declined", "card …1111 declined"),
        ("身份证 11010519491231002X", "身份证 …002X"),
        ("from 52.14.3.9 to 192.168.1.4", "from 52.14.x.x to 192.168.1.4"),
        ("at 2400:cb00:2048:1::c629:d7a2 now", "at 2400:cb00:x:x now"),
    ],
)
def test_a_mask_keeps_what_tells_vendor_and_shape(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("carrier", "secret"),
    [
        ("curl -b 'session={}' https://x.example", ALNUM_32),
        ("cookies = {{'session': '{}'}}", ALNUM_32),
        ('"cookies":[{{"name":"sid","value":"{}","path":"/"}}]', ALNUM_32),
        ('"Authorization": "Token {}"', ALNUM_32),
        ("Authorization: Key {}", ALNUM_32),
        ("authorization: {}", ALNUM_32),
        ("Authorization: Bearer\n  {}", ALNUM_32),
        ("axios.defaults.headers.common['Authorization'] = 'Bearer {}'", ALNUM_32),
        ("headers.set('x-api-key', '{}')", ALNUM_32),
        ('"x-api-key":["{}"]', ALNUM_32),
        ("curl -u admin:{} https://x.example", ALNUM_32),
        ("SQL_DSN=root:{}@tcp(localhost:3306)/oneapi", ALNUM_32),
        ("redis://:{}@cache:6379/0", ALNUM_32),
        ("Server=x;User Id=sa;Password={};", ALNUM_32),
        ("AccountKey={}==;EndpointSuffix=core", BASE64_40 * 2),
        ("https://b.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={}", HEX_64),
        ("https://b.example/k?X-Amz-Security-Token={}&x=1", BASE64_40 * 4),
        ("https://b.example/k?sv=2022&sig={}&se=1", ALNUM_32),
        ("https://b.example/k?token={}", ALNUM_32),
        ("https://b.example/k?password={}", WORD),
        ("Credential=AKIAX/2026/us-east-1, SignedHeaders=host, Signature={}", HEX_64),
        (ACCESS_KEY + "\n{}", BASE64_40),
        ("LTAI5t" + ALNUM_32[:18] + " / {}", ALNUM_32[:30][::-1]),
        ("AccessKey=x SecretKey={}", ALNUM_32),
        ("可灵 AK：x，SK：{}", ALNUM_32),
        ("My Azure key is {}", HEX_32),
        ("azure openai key: {}", HEX_32),
        ("Cohere key {}", ALNUM_32),
        ("火山方舟的 key：{}", UUID),
        ("ark api key {}", UUID),
        ("API Key（{}）", ALNUM_32),
        ("token是{}", ALNUM_32),
        ("兑换码：{}", HEX_32),
        ("无效的令牌 {}", ALNUM_32),
        ("Incorrect API key provided: {}. You can find your API key", HEX_32),
        ("| OPENAI_API_KEY | {} |", ALNUM_32),
        ("OPENAI_API_KEY\t{}", ALNUM_32),
        ("'api_key' => \"{}\"", ALNUM_32),
        ("api_key: |\n  {}", ALNUM_32),
        ("-H api-key:{}", HEX_32),
        ("MINIMAX_GROUP_KEY={}", ALNUM_32),
        ("OPENROUTER_KEY={}", ALNUM_32),
        ("api_key%3D{}%26", ALNUM_32),
        ("%22api_key%22%3A%22{}%22", ALNUM_32),
        ("\\u0022api_key\\u0022: \\u0022{}\\u0022", ALNUM_32),
        ("api_key=&quot;{}&quot;", ALNUM_32),
        ("realtime, openai-insecure-api-key.{}, openai-beta.realtime-v1", ALNUM_32),
        ("https://hooks.slack.com/services/T0AAAA/B0BBBB/{}", ALNUM_32),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/{}", UUID),
        ('"private_key": "-----BEGIN PRIVATE KEY-----\\n{}\\n-----END PRIVATE KEY-----\\n"', BASE64_40 * 2),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\n{}", BASE64_40 * 2),
    ],
)
def test_a_secret_is_known_by_where_it_stands(carrier, secret):
    middle = len(secret) // 2

    assert secret[middle - 4 : middle + 4] not in masked(carrier.format(secret))


@pytest.mark.parametrize(
    "text",
    [
        f"chatcmpl-{ALNUM_32[:29]} req_{HEX_32} msg_01{ALNUM_32[:22]} resp_{HEX_64[:48]}",
        f"gen-1723456789-{ALNUM_32[:20]}",
        "request id: 2026030211165011123456" + "78aBcDeFgH",
        f"Invalid API key. x-request-id: {UUID}",
        f"令牌无效 (request id: 20260302{ALNUM_32})",
        f"trace_id={HEX_32} traceparent: 00-{HEX_32}-{HEX_32[:16]}-01 cf-ray: {HEX_32[:16]}-LAX",
        f"commit {HEX_40} sha256:{HEX_64} {HEX_64} {HEX_32}",
        f'task_id: {UUID} "idempotency_key": "{UUID}" cgt-20260302165011-ab1cd',
        "models gpt-4o-2024-08-06, claude-3-5-sonnet-20241022, deepseek-ai/DeepSeek-V3, fal-ai/flux-pro",
        "ft:gpt-3.5-turbo-0125:acme::9aBcDeFg models/gemini-1.5-pro-002",
        "sk-fake************0000 sk-...abcd sk-proj-********************abcd AIza...x9Qz sk-…ab12",
        "api_key=YOUR_API_KEY sk-your-api-key-here sk-xxxxxxxxxxxxxxxxxxxxxxxx <your_api_key>",
        'Authorization: Bearer $OPENAI_API_KEY, "Bearer {token}", Bearer undefined, api_key=None',
        'api_key=os.environ["OPENAI_API_KEY"] apiKey: process.env.OPENAI_API_KEY',
        '"code":"invalid_api_key","param":"api_key" token expired, auth: failed, secret: missing',
        'max_tokens: 4096 "prompt_tokens": 123456 token: 128000 seed: 1234567890123456',
        "密码错误 密码：错误 令牌已过期 令牌额度不足 无效的密钥",
        "Missing bearer or basic authentication in header; x-api-key header is required",
        f"https://cdn.example.com/files/{HEX_32}.png nextPageToken: {ALNUM_32}",
        "2026-03-02T16:50:11.123456Z 1732265411123 +08:00 GMT+0800 订单号：20260302165011123456",
        "127.0.0.1:7890 10.0.0.3 172.16.3.4 198.18.0.5 8.8.8.8 Chrome/120.0.0.0 v1.2.3.4 pkg==1.1.1.2",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-5-sonnet-20241022-v2:0",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
        "Key Hash (Token) =" + HEX_64,
    ],
)
def test_what_support_needs_stays(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    "pasted",
    ["{}", "Bearer {}", " {}\n", '"{}"', "{}-117", "`{}`", "Authorization: Bearer {}", "{}\\n", "\u200b{}"],
)
def test_a_key_has_one_fingerprint_however_it_was_pasted(pasted):
    assert fingerprint_of(pasted.format(KEY), PEPPER) == fingerprint_of(KEY, PEPPER)
    assert [
        found.fingerprint for found in redact(f"key: {pasted.format(KEY)} fails", pepper=PEPPER).findings
    ] == [fingerprint_of(KEY, PEPPER)]


def test_a_broken_key_has_the_fingerprint_of_the_whole():
    findings = redact(f"{KEY[:30]}\n{KEY[30:]}\n", pepper=PEPPER).findings

    assert [finding.fingerprint for finding in findings] == [fingerprint_of(KEY, PEPPER)]


def test_the_fingerprint_depends_on_the_pepper():
    assert fingerprint_of(KEY, b"one") != fingerprint_of(KEY, b"two")
    assert len(fingerprint_of(KEY, b"x" * 200)) == 32


def test_a_finding_says_what_it_was_and_where_its_mask_stands():
    redacted = redact(f"a {KEY} b gsk_{ALNUM_32}{ALNUM_32[:20]} c bob@example.com", pepper=PEPPER)

    assert [
        (found.kind, redacted.text[found.span.start : found.span.end]) for found in redacted.findings
    ] == [
        ("api_key", f"sk-…{KEY[-4:]}"),
        ("groq_key", f"gsk_…{ALNUM_32[16:20]}"),
        ("email", "…"),
    ]
    assert [found.last_four for found in redacted.findings][:2] == [KEY[-4:], ALNUM_32[16:20]]
    assert [found.is_personal for found in redacted.findings] == [False, False, True]


def test_personal_data_can_be_left_alone():
    text = f"jane@example.com 13812345678 {KEY}"

    assert redact(text, pepper=PEPPER, personal=False).text == f"jane@example.com 13812345678 sk-…{KEY[-4:]}"


def test_a_picture_is_shortened_to_its_head_and_length():
    picture = BASE64_40 * 100

    assert (
        masked(f"data:image/png;base64,{picture}")
        == f"data:image/png;base64,{picture[:24]}…(4000 characters)"
    )
