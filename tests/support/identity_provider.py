"""A small identity provider that speaks OpenID Connect on this machine.

It keeps to the protocol (code, PKCE, nonce, signed tokens) unless a test tells it to
misbehave in one way.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "alongside", "an-invented-secret"


class StubProvider:
    """One provider. `claims` go over what a token says; `faults` name misbehaviour.

    Faults: "signature" signs with a key nobody knows, "none" does not sign, "issuer"
    says another name at discovery.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.strange = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims: dict[str, Any] = {}
        self.faults: set[str] = set()
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def discovery(self) -> dict[str, Any]:
        here = self.issuer
        return {
            "issuer": "https://other.example" if "issuer" in self.faults else here,
            "authorization_endpoint": f"{here}/authorise",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys",
        }

    def authorise(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to: whoever asks is signed in here."""
        self.asked.append(asked)
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, once, to who proves to have asked for it."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != SECRET:
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked.get("code_challenge_method") != "S256":
            return None
        if proof != asked.get("code_challenge"):
            return None
        if form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        return {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": self._id(asked),
        }

    def _id(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "person-1",
            "email": "worker@llr.example",
            "email_verified": True,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if "none" in self.faults:
            parts = ({"alg": "none"}, claims)
            encoded = (json.dumps(part).encode() for part in parts)
            return ".".join(
                [
                    *(
                        base64.urlsafe_b64encode(p).rstrip(b"=").decode()
                        for p in encoded
                    ),
                    "",
                ]
            )
        key = self.strange if "signature" in self.faults else self.key
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)


def _handler(  # noqa: C901  a class with a method a verb
    provider: StubProvider,
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path.endswith("/openid-configuration"):
                self._answer(provider.discovery())
            elif parts.path == "/keys":
                self._answer(KeySet([provider.key]).as_dict(private=False))
            elif parts.path == "/authorise":
                self.send_response(302)
                asked = dict(parse_qsl(parts.query))
                self.send_header("Location", provider.authorise(asked))
                self.end_headers()

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            form = dict(parse_qsl(self.rfile.read(size).decode()))
            given = provider.token(form)
            if given is None:
                self._answer({"error": "invalid_grant"}, status=400)
            else:
                self._answer(given)

        def _answer(self, said: object, *, status: int = 200) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


@contextmanager
def serving() -> Iterator[StubProvider]:
    """A provider that listens, until the block ends."""
    provider = StubProvider()
    thread = threading.Thread(target=provider.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.server.shutdown()
        provider.server.server_close()
        thread.join()
