"""Passkeys: what a browser is asked, and whether its answer proves anything.

WebAuthn Level 3 through Yubico's `fido2`. Nothing is stored here: `state` goes into
the session between the question and the answer.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

SERVICE = "Alongside"
# A second factor beside a password: the device may ask for a finger, or not be able to.
VERIFY = UserVerificationRequirement.PREFERRED


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the browser is asked (JSON for its own functions), and what to keep."""

    options: str
    state: dict[str, Any]


def ask_for_new(
    *, host: str, user_id: int, email: str, name: str, known: Sequence[bytes]
) -> Question:
    """Ask for a new passkey. `known` are those they have, which are not taken twice."""
    user = PublicKeyCredentialUserEntity(
        id=str(user_id).encode(), name=email, display_name=name
    )
    options, state = _server(host).register_begin(
        user,
        _credentials(known),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=VERIFY,
    )
    return Question(options=json.dumps(dict(options.public_key)), state=dict(state))


def take_new(*, host: str, state: Mapping[str, Any], answer: str) -> bytes | None:
    """The new passkey's id and public key; None where the answer proves nothing."""
    try:
        found = _server(host).register_complete(dict(state), json.loads(answer))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return bytes(found.credential_data) if found.credential_data else None


def ask_for_known(*, host: str, known: Sequence[bytes]) -> Question:
    """Ask for any of the passkeys they have."""
    options, state = _server(host).authenticate_begin(_credentials(known), VERIFY)
    return Question(options=json.dumps(dict(options.public_key)), state=dict(state))


def take_known(
    *, host: str, state: Mapping[str, Any], known: Sequence[bytes], answer: str
) -> int | None:
    """Which of `known` was proved, by its place; None where none was."""
    credentials = _credentials(known)
    try:
        found = _server(host).authenticate_complete(
            dict(state), credentials, json.loads(answer)
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return credentials.index(found)


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=SERVICE))


def _credentials(known: Sequence[bytes]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(one) for one in known]
