"""An OpenID provider on loopback: whoever asks is signed in at once as the person it is told to be."""

import base64
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "the-desk"
SECRET = secrets.token_urlsafe(16)


class Provider(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.issuer = f"http://localhost:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.refusals: list[str] = []


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        path, asked = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        issuer = self.server.issuer
        if path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "userinfo_endpoint": f"{issuer}/userinfo",
                    "jwks_uri": f"{issuer}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif path == "/authorize":
            code = secrets.token_urlsafe(16)
            self.server.codes[code] = {name: values[0] for name, values in asked.items()}
            back = urlencode({"code": code, "state": asked["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri'][0]}?{back}")
            self.end_headers()
        elif (
            path == "/userinfo"
            and self.headers["Authorization"].removeprefix("Bearer ") in self.server.tokens
        ):
            self._json(self.server.claims)
        else:
            self._json({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        sent = {
            name: values[0]
            for name, values in parse_qs(
                self.rfile.read(int(self.headers["Content-Length"])).decode()
            ).items()
        }
        asked = self.server.codes.pop(sent.get("code", ""), None)
        if problem := _problem(sent, asked):
            self.server.refusals.append(problem)
            self._json({"error": problem}, 400)
            return
        token = secrets.token_urlsafe(16)
        self.server.tokens.add(token)
        now = int(time.time())
        claims = {
            "iss": self.server.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            **self.server.claims,
        }
        signed = jwt.encode(claims, self.server.key, algorithm="RS256")
        self._json({"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    def _json(self, content: object, status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


def _problem(sent: dict[str, str], asked: dict[str, str] | None) -> str:
    if asked is None:
        return "unknown or used code"
    if (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
        return "wrong client"
    if sent.get("redirect_uri") != asked["redirect_uri"]:
        return "another redirect_uri"
    proof = (
        base64.urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
    )
    return "" if proof == asked.get("code_challenge") else "no proof of the code"


@contextmanager
def oidc_provider() -> Iterator[Provider]:
    with Provider() as provider:
        Thread(target=provider.serve_forever, daemon=True).start()
        try:
            yield provider
        finally:
            provider.shutdown()
