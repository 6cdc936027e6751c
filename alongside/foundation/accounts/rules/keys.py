"""The keys of sign-in, made from the installation's master key."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SignInKeys:
    """Three keys, each for one use. None is in the database, nor is what they are of.

    `factor` seals the secrets of second factors; `code` hashes recovery codes;
    `address` hashes network and e-mail addresses that failed to sign in.
    """

    factor: bytes = field(repr=False)
    code: bytes = field(repr=False)
    address: bytes = field(repr=False)


def derive_keys(master: bytes) -> SignInKeys:
    """The keys that belong to a master key (HKDF-SHA256, RFC 5869)."""
    return SignInKeys(
        factor=_derive(master, b"second factor"),
        code=_derive(master, b"recovery code"),
        address=_derive(master, b"failed try"),
    )


def _derive(master: bytes, purpose: bytes) -> bytes:
    info = b"alongside sign-in v1|" + purpose
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=info)
    return kdf.derive(master)
