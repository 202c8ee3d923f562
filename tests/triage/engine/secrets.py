"""Makes secrets of every format at run time, so that no file ever holds anything that looks like one."""

import base64
import random
import string
from collections.abc import Callable
from dataclasses import dataclass

ALNUM = string.ascii_letters + string.digits
URL_SAFE = ALNUM + "-_"
HEX = "0123456789abcdef"
BASE32 = string.ascii_uppercase + "234567"
BASE64 = ALNUM + "+/"
LOWER = string.ascii_lowercase + string.digits

Draw = Callable[[random.Random], str]


@dataclass(frozen=True)
class Format:
    """`bare` formats have no shape of their own: they are secrets only behind a name that says so."""

    name: str
    draw: Draw
    label: str = ""

    @property
    def bare(self) -> bool:
        return bool(self.label)


def chars(alphabet: str, length: int) -> Draw:
    """At least one digit and one letter, as any real key of this length has; ends in a letter or digit."""

    def draw(rng: random.Random) -> str:
        while True:
            made = "".join(rng.choice(alphabet) for _ in range(length))
            if (
                made[-1].isalnum()
                and made[0].isalnum()
                and sum(map(str.isdigit, made)) >= min(2, length // 8)
            ):
                return made

    return draw


def letters(length: int) -> Draw:
    return lambda rng: "".join(rng.choice(string.ascii_letters) for _ in range(length))


def joined(*parts: str | Draw) -> Draw:
    return lambda rng: "".join(part if isinstance(part, str) else part(rng) for part in parts)


def uuid(rng: random.Random) -> str:
    digits = chars(HEX, 32)(rng)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def jwt(rng: random.Random) -> str:
    header = _encoded('{"alg":"HS256","typ":"JWT"}')
    body = _encoded(f'{{"iss":"{chars(ALNUM, 20)(rng)}","exp":1790000000}}')
    return f"{header}.{body}.{chars(URL_SAFE, 43)(rng)}"


def basic(rng: random.Random) -> str:
    return base64.b64encode(f"user:{chars(ALNUM, 18)(rng)}".encode()).decode()


def pem(kind: str) -> Draw:
    def draw(rng: random.Random) -> str:
        lines = "\n".join(chars(BASE64, 64)(rng) for _ in range(6))
        return f"-----BEGIN {kind}PRIVATE KEY-----\n{lines}\n-----END {kind}PRIVATE KEY-----"

    return draw


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _openai(kind: str, half: int) -> Draw:
    return joined(f"sk-{kind}-", chars(URL_SAFE, half), "T3Blbk", "FJ", chars(URL_SAFE, half))


SHAPED = tuple(
    Format(name, draw)
    for name, draw in (
        ("openai_old", joined("sk-", chars(ALNUM, 20), "T3Blbk", "FJ", chars(ALNUM, 20))),
        ("openai_project", _openai("proj", 74)),
        ("openai_project_short", _openai("proj", 58)),
        ("openai_service", _openai("svcacct", 74)),
        ("openai_admin", _openai("admin", 58)),
        ("new_api", joined("sk-", chars(ALNUM, 48))),
        ("new_api_channel", joined("sk-", chars(ALNUM, 48), "-117")),
        ("litellm", joined("sk-", chars(URL_SAFE, 22))),
        ("deepseek", joined("sk-", chars(HEX, 32))),
        ("stepfun", joined("sk-", chars(ALNUM, 64))),
        ("anthropic", joined("sk-ant-api03-", chars(URL_SAFE, 93), "AA")),
        ("anthropic_admin", joined("sk-ant-admin01-", chars(URL_SAFE, 93), "AA")),
        ("anthropic_oauth", joined("sk-ant-oat01-", chars(URL_SAFE, 93), "AA")),
        ("anthropic_refresh", joined("sk-ant-ort01-", chars(URL_SAFE, 93), "AA")),
        ("google", joined("AIza", "Sy", chars(URL_SAFE, 33))),
        ("google_studio", joined("AQ.", "Ab8R", chars(URL_SAFE, 46))),
        ("google_oauth", joined("ya29.", "a0", chars(URL_SAFE, 160))),
        ("google_client_secret", joined("GOCSPX-", chars(URL_SAFE, 28))),
        ("aws_access_key", joined("AKIA", chars(BASE32, 16))),
        ("aws_temporary_key", joined("ASIA", chars(BASE32, 16))),
        ("aws_bedrock", joined("ABSK", chars(BASE64, 128))),
        ("entra_secret", joined(chars(ALNUM, 3), "8", "Q~", chars(URL_SAFE, 34))),
        ("openrouter", joined("sk-or-v1-", chars(HEX, 64))),
        ("groq", joined("gsk_", chars(ALNUM, 52))),
        ("xai", joined("xai-", chars(ALNUM, 80))),
        ("perplexity", joined("pplx-", chars(ALNUM, 48))),
        ("nvidia", joined("nvapi-", chars(URL_SAFE, 64))),
        ("hugging_face", joined("hf_", chars(ALNUM, 34))),
        ("hugging_face_letters", joined("hf_", letters(34))),
        ("hugging_face_org", joined("api_org_", letters(34))),
        ("replicate", joined("r8_", chars(ALNUM, 37))),
        ("fal", joined(uuid, ":", chars(HEX, 32))),
        ("elevenlabs", joined("sk_", chars(HEX, 48))),
        ("zhipu", joined(chars(HEX, 32), ".", chars(ALNUM, 16))),
        ("volcengine", joined("AKLT", chars(ALNUM, 43))),
        ("aliyun", joined("LTAI5t", chars(ALNUM, 18))),
        ("tencent", joined("AKID", chars(ALNUM, 32))),
        ("minimax_api", joined("sk-api-", chars(URL_SAFE, 80))),
        ("minimax_plan", joined("sk-cp-", chars(URL_SAFE, 80))),
        ("jwt", jwt),
        ("github", joined("ghp_", chars(ALNUM, 36))),
        ("github_app", joined("ghs_", chars(ALNUM, 36))),
        ("github_fine", joined("github_pat_", chars(ALNUM, 22), "_", chars(ALNUM, 59))),
        ("gitlab", joined("glpat-", chars(URL_SAFE, 20))),
        ("slack_bot", joined("xoxb-", chars(string.digits, 12), "-", chars(string.digits, 12), "-", chars(ALNUM, 24))),
        ("slack_user", joined("xoxp-", chars(string.digits, 12), "-", chars(ALNUM, 32))),
        ("stripe", joined("sk_live_", chars(ALNUM, 24))),
        ("stripe_restricted", joined("rk_live_", chars(ALNUM, 99))),
        ("sendgrid", joined("SG.", chars(URL_SAFE, 22), ".", chars(URL_SAFE, 43))),
        ("telegram", joined(chars(string.digits, 10), ":AA", chars(URL_SAFE, 33))),
        ("twilio", joined("SK", chars(HEX, 32))),
        ("npm", joined("npm_", chars(ALNUM, 36))),
        ("pypi", joined("pypi-AgEIcHlwaS5vcmc", chars(URL_SAFE, 140))),
        ("webhook", joined("whsec_", chars(BASE64, 32))),
        ("cerebras", joined("csk-", chars(LOWER, 48))),
        ("tavily", joined("tvly-", chars(ALNUM, 32))),
        ("dify", joined("app-", chars(ALNUM, 24))),
        ("langfuse", joined("sk-lf-", uuid)),
        ("langsmith", joined("lsv2_pt_", chars(HEX, 32), "_", chars(HEX, 10))),
        ("databricks", joined("dapi", chars(HEX, 32))),
        ("docker", joined("dckr_pat_", chars(URL_SAFE, 27))),
        ("digitalocean", joined("dop_v1_", chars(HEX, 64))),
        ("vault", joined("hvs.", chars(URL_SAFE, 90))),
        ("rsa_key", pem("RSA ")),
        ("service_account_key", pem("")),
        ("openssh_key", pem("OPENSSH ")),
    )
)  # fmt: skip

BARE = tuple(
    Format(name, draw, label)
    for name, draw, label in (
        ("azure_old", chars(HEX, 32), "AZURE_OPENAI_API_KEY"),
        ("azure_new", chars(ALNUM, 84), "api-key"),
        ("cohere", chars(ALNUM, 40), "CO_API_KEY"),
        ("mistral", chars(ALNUM, 32), "MISTRAL_API_KEY"),
        ("ark", uuid, "ARK_API_KEY"),
        ("kling_access", chars(ALNUM, 32), "KLING_ACCESS_KEY"),
        ("kling_secret", chars(ALNUM, 32), "KLING_SECRET_KEY"),
        ("aws_secret", chars(BASE64, 40), "AWS_SECRET_ACCESS_KEY"),
        ("aws_session", chars(BASE64, 300), "AWS_SESSION_TOKEN"),
        ("aliyun_secret", chars(ALNUM, 30), "ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
        ("elevenlabs_old", chars(HEX, 32), "xi-api-key"),
        ("stability", joined("sk-", chars(ALNUM, 48)), "STABILITY_API_KEY"),
        ("midjourney", chars(ALNUM, 24), "mj-api-secret"),
        ("subscription", chars(HEX, 32), "Ocp-Apim-Subscription-Key"),
        ("client_secret", chars(URL_SAFE, 32), "client_secret"),
        ("twilio_auth", chars(HEX, 32), "TWILIO_AUTH_TOKEN"),
        ("password", chars(ALNUM + "!@#%^", 14), "password"),
    )
)  # fmt: skip

CARRIERS: dict[str, str] = {
    "bare": "{secret}",
    "curl": "curl https://api.example.com/v1/chat/completions -H 'Authorization: Bearer {secret}' -d '{{}}'",
    "curl_x_api_key": "curl -H \"x-api-key: {secret}\" https://api.example.com/v1/messages",
    "http": "POST /v1/images HTTP/1.1\r\nHost: api.example.com\r\nAuthorization: Bearer {secret}\r\nAccept: */*",
    "json": '{{"model": "gpt-4o", "api_key": "{secret}", "stream": true}}',
    "json_in_json": '{{"body": "{{\\"api_key\\": \\"{secret}\\", \\"n\\": 1}}"}}',
    "json_newline": '{{"Authorization": "Bearer {secret}\\n"}}',
    "python": 'client = OpenAI(api_key="{secret}", base_url="https://api.example.com/v1")',
    "python_dict": "headers = {{'Authorization': 'Bearer {secret}', 'Content-Type': 'application/json'}}",
    "python_tuples": "[(b'authorization', b'Bearer {secret}'), (b'accept', b'*/*')]",
    "js": "const client = new OpenAI({{ apiKey: `{secret}` }});",
    "yaml": "providers:\n  - name: main\n    api_key: {secret}\n    base_url: https://api.example.com",
    "env": "OPENAI_BASE_URL=https://api.example.com\nexport OPENAI_API_KEY={secret}\n",
    "env_windows": 'setx OPENAI_API_KEY "{secret}"',
    "powershell": '$env:OPENAI_API_KEY="{secret}"',
    "docker": "ENV OPENAI_API_KEY {secret}",
    "flag": "litellm --model gpt-4o --api_key {secret} --debug",
    "xml": "<add key=\"ApiKey\" value=\"{secret}\" />",
    "prose_en": "I get 401 and my api key is {secret}, what is wrong?",
    "prose_zh": "我的密钥是{secret}，一直报 401",
    "prose_zh_colon": "密钥：{secret}。请帮忙看看",
    "prose_zh_token": "令牌：{secret} 不能用",
    "prose_zh_tight": "密钥{secret}不行",
    "backticks": "The key is `{secret}` and it fails",
    "har": '{{"headers":[{{"name":"Authorization","value":"Bearer {secret}"}},{{"name":"Accept","value":"*/*"}}]}}',
    "har_key": '{{"headers":[{{"name": "x-api-key", "value": "{secret}"}}]}}',
    "query": "GET https://api.example.com/v1/models?key={secret}&alt=sse 400",
    "query_second": "https://api.example.com/v1/x?alt=sse&access_token={secret}",
    "log": "2026-03-01 10:11:12,131 DEBUG request headers: {{'x-goog-api-key': '{secret}', 'Accept': '*/*'}}",
    "k8s": "env:\n  - name: OPENAI_API_KEY\n    value: {secret}\n",
}  # fmt: skip


def middle(secret: str) -> str:
    """The eight characters in the middle of the secret part: a mask that shows them has shown the secret."""
    body = secret.split("-----")[2] if secret.startswith("-----") else secret
    at = len(body) // 2 - 4
    found = body[at : at + 8]
    return found if "\n" not in found else body[at + 9 : at + 17]
