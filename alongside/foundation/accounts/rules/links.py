"""The secret of a link that works once."""

import secrets
from hashlib import sha256


def make_link() -> tuple[str, bytes]:
    """The secret part of a link, and the hash of it that is kept."""
    secret = secrets.token_urlsafe(32)
    return secret, hash_link(secret)


def hash_link(secret: str) -> bytes:
    """What is kept of a link: nobody can make one from it."""
    return sha256(secret.encode()).digest()
