"""Sealing and opening bytes. No database, no clock, no settings.

AES-256-GCM with a random 96-bit nonce; what a value belongs to (its label) is
authenticated with it, so that a sealed value moved elsewhere will not open.
Layout: version byte, nonce, ciphertext with tag.
"""

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alongside.foundation.lib.errors import DomainError

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class AreaKey:
    """The key that protects one area's raw rows. Never stored in the database."""

    area_code: str
    key: bytes  # 32 bytes

    def __repr__(self) -> str:
        """Name the area only: a key must not reach a log or a traceback."""
        return f"AreaKey({self.area_code!r})"


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key that says nothing of what it is for."""

    key: bytes = field(repr=False)  # 32 bytes


class Tampered(DomainError):
    user_message = "A stored value has been altered or moved, and was not opened"


def derive_area_key(master: bytes, *, area_code: str) -> AreaKey:
    """The area's own key, from the installation's master key."""
    kdf = HKDF(
        algorithm=hashes.SHA256(),
        length=KEY_BYTES,
        salt=None,
        info=b"alongside area key v1|" + area_code.encode(),
    )
    return AreaKey(area_code=area_code, key=kdf.derive(master))


class Sealer:
    """Seals and opens many values under one key."""

    def __init__(self, key: AreaKey | DataKey) -> None:
        self._cipher = AESGCM(key.key)

    def seal(self, plain: bytes, *, label: bytes) -> bytes:
        """Encrypt, bound to the label."""
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, plain, VERSION + label)

    def open(self, sealed: bytes, *, label: bytes) -> bytes:
        """Decrypt what was sealed under the same label.

        Raises:
            Tampered: the value or its label is not what was sealed.
        """
        nonce = sealed[1 : 1 + NONCE_BYTES]
        try:
            return self._cipher.decrypt(
                nonce, sealed[1 + NONCE_BYTES :], sealed[:1] + label
            )
        except (InvalidTag, ValueError) as error:
            raise Tampered from error
