"""What a seal says, and whether one of our keys said so.

    chain of seal n = SHA-256(chain of seal n-1, SHA-256(bytes of its entries))

The signature (Ed25519) is over a plain text of everything in the seal, so that
neither its hash nor the range it names can be changed.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from alongside.foundation.audit.types import Seal

FIRST_CHAIN = sha256(b"alongside").digest()
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PublicKeys = Mapping[str, Ed25519PublicKey]


def next_chain(before: bytes, digest: bytes) -> bytes:
    """The chain of a seal whose entries have this digest, after a seal's chain."""
    return sha256(before + digest).digest()


def message(seal: Seal) -> bytes:
    """What is signed: every field on a line of its own, times in microseconds."""
    fields: tuple[object, ...] = (
        *("alongside seal 1", seal.n, seal.era, seal.xid, seal.id, seal.rows),
        *(seal.total, seal.first_id, seal.last_id),
        *(_microseconds(t) for t in (seal.first_at, seal.last_at, seal.sealed_at)),
        seal.chain.hex(),
    )
    return "\n".join(map(str, fields)).encode()


def is_signed(seal: Seal, keys: PublicKeys) -> bool:
    """Whether at least one of its signatures is by one of our keys."""
    said = message(seal)
    return any(_holds(said, name, mark, keys) for name, mark in seal.signatures)


def count_foreign(seal: Seal, keys: PublicKeys) -> int:
    """How many of its signatures are nobody's we know."""
    said = message(seal)
    return sum(not _holds(said, name, mark, keys) for name, mark in seal.signatures)


def _holds(said: bytes, name: str, signature: bytes, keys: PublicKeys) -> bool:
    key = keys.get(name)
    if key is None:
        return False
    try:
        key.verify(signature, said)
    except InvalidSignature:
        return False
    return True


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)
