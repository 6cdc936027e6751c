"""Signing in by an agency's own identity provider (OpenID Connect, code with PKCE).

Which providers there are is the installation's to say: `identity_providers.json` in
its home. Nobody is known here; what comes out is what the provider vouches for.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from alongside.foundation.lib.errors import DomainError

FILE = "identity_providers.json"
DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email"
ALGORITHMS = ["RS256", "PS256", "ES256"]  # never "none", never a shared secret's
TIMEOUT_SECONDS = 10
LEEWAY_SECONDS = 60


class ProvidersUnreadable(DomainError):
    """The file is not what the documents say. The text names the file, no secret."""


class ProviderRefused(DomainError):
    user_message = "Your organisation's sign-in did not answer as it should. Try again"


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An agency's identity provider.

    `email_domains` are the only ones it may vouch for. `gives_second_factor`: its
    own counts as ours where its token says (`amr` or `acr`) that one was given.
    `always_asks`: it asks at every sign-in, so that a token which does not say when
    (`auth_time`) means just now.
    """

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    email_domains: tuple[str, ...]
    gives_second_factor: bool = False
    second_factor_words: tuple[str, ...] = ("mfa",)
    always_asks: bool = False


@dataclass(frozen=True, kw_only=True)
class Journey:
    """What must be kept while somebody is away at their provider."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """Whom the provider vouches for. `subject` is its own, unchanging name for them.

    `signed_in_at` is when they last proved themselves there (`auth_time`, in epoch
    seconds), None where it does not say.
    """

    subject: str
    email: str
    second_factor: bool
    signed_in_at: int | None


def read_providers(home: Path) -> dict[str, Provider]:
    """The providers of an installation by their key; none where there is no file.

    Raises:
        ProvidersUnreadable: the file is damaged, or asks for what is not safe.
    """
    try:
        rows = json.loads((home / FILE).read_text(encoding="utf-8"))
        providers = [_provider(row) for row in rows]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ProvidersUnreadable(
            f"{FILE} cannot be read; docs/operations.md says what it holds"
        ) from None
    return {provider.key: provider for provider in providers}


def _provider(row: Mapping[str, Any]) -> Provider:
    given = dict(row)
    for name in ("email_domains", "second_factor_words"):
        if name in given:
            given[name] = tuple(str(one).lower() for one in given[name])
    provider = Provider(**given)
    if not provider.key.isidentifier() or not provider.email_domains:
        raise ValueError
    if not _is_safe(provider.issuer):
        raise ValueError
    return provider


def _is_safe(address: str) -> bool:
    """Encrypted on the way, or never leaving this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1"}


def set_out(provider: Provider, *, back_to: str) -> Journey:
    """Where to send the browser, and what to keep until it comes back.

    Raises:
        ProviderRefused: the provider cannot be reached, or is not who it should be.
    """
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    address, state = _session(provider, back_to).create_authorization_url(
        _discover(provider)["authorization_endpoint"],
        nonce=nonce,
        code_verifier=verifier,
    )
    return Journey(address=address, state=state, nonce=nonce, verifier=verifier)


def come_back(
    provider: Provider, *, back_to: str, journey: Journey, code: str
) -> Vouched:
    """Whom the provider vouches for, after every check of the token it gave.

    Raises:
        ProviderRefused: the code, its proof, the token or its nonce is not right.
    """
    found = _discover(provider)
    try:
        given = _session(provider, back_to).fetch_token(
            found["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=journey.verifier,
            timeout=TIMEOUT_SECONDS,
        )
        keys = KeySet.import_key_set(_get(found["jwks_uri"]))
        token = jwt.decode(given["id_token"], keys, algorithms=ALGORITHMS)
        _claims(provider, journey).validate(token.claims)
    except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
        raise ProviderRefused from error
    except requests.RequestException as error:
        raise ProviderRefused from error
    return _vouched(provider, token.claims)


def _claims(provider: Provider, journey: Journey) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": journey.nonce},
    )


def _vouched(provider: Provider, claims: Mapping[str, Any]) -> Vouched:
    email = str(claims.get("email", "")).strip().lower()
    domain = email.rpartition("@")[2]
    if claims.get("email_verified") is not True or domain not in provider.email_domains:
        raise ProviderRefused("Your organisation did not vouch for your e-mail address")
    audience = claims["aud"]
    if isinstance(audience, list) and claims.get("azp") != provider.client_id:
        raise ProviderRefused
    return Vouched(
        subject=str(claims["sub"]),
        email=email,
        second_factor=provider.gives_second_factor
        and _says_second_factor(claims, provider.second_factor_words),
        signed_in_at=_signed_in_at(claims),
    )


def _says_second_factor(claims: Mapping[str, Any], words: Sequence[str]) -> bool:
    methods = claims.get("amr")
    said = list(methods) if isinstance(methods, list) else []
    return bool({str(one).lower() for one in [*said, claims.get("acr")]} & set(words))


def _signed_in_at(claims: Mapping[str, Any]) -> int | None:
    said = claims.get("auth_time")
    if said is None:
        return None
    # True is a whole number to Python, and no time.
    if type(said) is not int or said < 0:
        raise ProviderRefused
    return said


def _session(provider: Provider, back_to: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope=SCOPE,
        redirect_uri=back_to,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_post",  # noqa: S106  a method's name
    )


def _discover(provider: Provider) -> dict[str, Any]:
    found: dict[str, Any] = _get(provider.issuer.rstrip("/") + DISCOVERY)
    places = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != provider.issuer or not all(
        _is_safe(str(found.get(place, ""))) for place in places
    ):
        raise ProviderRefused
    return found


def _get(address: str) -> Any:
    try:
        answer = requests.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderRefused from error
