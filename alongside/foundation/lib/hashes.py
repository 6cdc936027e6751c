"""Short, stable fingerprints of text."""

import sys
from array import array
from collections.abc import Sequence
from hashlib import blake2b
from uuid import UUID

DIGEST_BYTES = 16


def hash_text(parts: Sequence[str], *, secret: bytes = b"") -> UUID:
    """128 bits that stand for the parts, the same on every machine and every day.

    The length of each part is hashed too: ("a", "bc") is not ("ab", "c"). Whoever
    can guess the parts can confirm the guess from the hash, unless it was made
    under a secret (at most 64 bytes).
    """
    return UUID(bytes=hash_bytes(parts, secret=secret))


def hash_bytes(parts: Sequence[str], *, secret: bytes = b"") -> bytes:
    """The same as 16 bytes."""
    # Read from its end, this can be taken apart in one way only.
    lengths = array("I", map(len, parts))
    lengths.append(len(parts))
    if sys.byteorder == "big":
        lengths.byteswap()
    whole = "".join(parts).encode("utf-8", "surrogatepass") + lengths.tobytes()
    return blake2b(whole, digest_size=DIGEST_BYTES, key=secret).digest()
