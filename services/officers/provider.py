"""The identity provider: OpenID Connect, authorization code with PKCE, by Authlib.

What it says counts only if it was signed by the provider's key, for us, now, and for the sign-in
that this very browser began.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from db.session import settings
from domain.exceptions import SignInRefused
from domain.texts import N_

SCOPE = "openid email"
ALGORITHMS = ["RS256", "PS256", "ES256"]
TIMEOUT_SECONDS = 10
KEPT_SECONDS = 600
LEEWAY_SECONDS = 60
DISCOVERY = "/.well-known/openid-configuration"

UNREACHABLE = N_("The identity provider does not answer. Try again, or use your password.")
NOT_BELIEVED = N_("What the identity provider said does not hold. Begin the sign-in anew.")


class ProviderFailed(SignInRefused):
    """The provider can't be reached, or what it says is not to be believed."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who the provider says it is."""

    subject: str
    email: str | None
    """Only if the provider has made sure that the address is this person's."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and what has to come back with it."""

    address: str
    state: str
    nonce: str
    verifier: str


def is_configured() -> bool:
    """Whether officers may come in through an identity provider."""
    ours = settings()
    return bool(
        ours.oidc_issuer and ours.oidc_client_id and ours.oidc_client_secret and ours.public_address
    )


def callback_address() -> str:
    """Where the provider sends the browser back to: to be registered there."""
    return f"{settings().public_address.rstrip('/')}/signin/oidc/callback"


def begin() -> Begun:
    """A new sign-in at the provider, with secrets for this browser alone."""
    state, nonce, verifier = generate_token(43), generate_token(43), generate_token(64)
    with _client() as client:
        address, _state = client.create_authorization_url(
            _metadata()["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
    return Begun(str(address), state, nonce, verifier)


def finish(*, code: str, nonce: str, verifier: str) -> Known:
    """Exchange the code and check what the provider says; ProviderFailed otherwise."""
    metadata = _metadata()
    try:
        with _client() as client:
            token = client.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                timeout=TIMEOUT_SECONDS,
            )
            claims = _claims(token, nonce, metadata)
            more = _user_info(client, metadata) if "email" not in claims else {}
    except requests.RequestException:
        raise ProviderFailed(UNREACHABLE) from None
    except (OAuthError, JoseError, ValueError, KeyError, TypeError):
        raise ProviderFailed(NOT_BELIEVED) from None
    subject = str(claims["sub"])
    if more and more.get("sub") != claims["sub"]:
        more = {}
    told = {**more, **claims}
    is_verified = told.get("email_verified") is True
    email = str(told["email"]).strip().casefold() if is_verified and told.get("email") else None
    return Known(f"{settings().oidc_issuer} {subject}", email)


def _client() -> OAuth2Session:
    return OAuth2Session(
        settings().oidc_client_id,
        settings().oidc_client_secret,
        scope=SCOPE,
        redirect_uri=callback_address(),
        code_challenge_method="S256",
    )


def _claims(token: dict[str, Any], nonce: str, metadata: dict[str, Any]) -> dict[str, Any]:
    ours = settings()
    signed = jwt.decode(token["id_token"], _keys(metadata), algorithms=ALGORITHMS)
    claims = CodeIDToken(
        signed.claims,
        signed.header,
        options={
            "iss": {"essential": True, "value": ours.oidc_issuer},
            "aud": {"essential": True, "value": ours.oidc_client_id},
        },
        params={
            "nonce": nonce,
            "client_id": ours.oidc_client_id,
            "access_token": token.get("access_token"),
        },
    )
    claims.validate(leeway=LEEWAY_SECONDS)
    return dict(claims)


def _user_info(client: OAuth2Session, metadata: dict[str, Any]) -> dict[str, Any]:
    address = metadata.get("userinfo_endpoint")
    if not address:
        return {}
    answer = client.get(address, timeout=TIMEOUT_SECONDS)
    answer.raise_for_status()
    found = answer.json()
    return found if isinstance(found, dict) else {}


_guard = threading.Lock()
_kept: dict[str, tuple[float, dict[str, Any]]] = {}


def _metadata() -> dict[str, Any]:
    """What the provider says of itself; the issuer has to be the one that was set."""
    issuer = settings().oidc_issuer
    if settings().environment == "production" and not issuer.startswith("https://"):
        raise ProviderFailed(NOT_BELIEVED)
    try:
        found = _fetched(issuer.rstrip("/") + DISCOVERY)
    except (requests.RequestException, ValueError):
        raise ProviderFailed(UNREACHABLE) from None
    if found.get("issuer") != issuer:
        raise ProviderFailed(NOT_BELIEVED)
    return found


def _keys(metadata: dict[str, Any]) -> KeySet:
    return KeySet.import_key_set(_fetched(metadata["jwks_uri"]))  # type: ignore[arg-type]


def _fetched(address: str) -> dict[str, Any]:
    """A public document of the provider, kept for ten minutes; no officer's data is in it."""
    with _guard:
        at, found = _kept.get(address, (0.0, {}))
    if found and time.monotonic() - at < KEPT_SECONDS:
        return found
    answer = requests.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False)
    answer.raise_for_status()
    fresh = answer.json()
    if not isinstance(fresh, dict):
        raise ValueError("not an object")
    with _guard:
        _kept[address] = (time.monotonic(), fresh)
    return fresh


def forget() -> None:
    """Ask the provider anew: after its keys or addresses have changed."""
    with _guard:
        _kept.clear()
