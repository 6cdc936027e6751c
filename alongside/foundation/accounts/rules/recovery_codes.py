"""Codes on paper for the day a phone is lost. Each works once."""

import hmac
import secrets

CODES = 10
# Without letters and digits that are taken for one another, nor vowels (no words).
LETTERS = "23456789bcdfghjkmnpqrstvwxz"
# 114 bits: not to be guessed by whoever has the hashes and their key. From 112 bits
# OWASP ASVS 5.0 (6.5.2) asks for no slow hash.
GROUPS, GROUP_LETTERS = 6, 4


def make_codes() -> tuple[str, ...]:
    """A fresh set, as printed: six groups of four with dashes between."""
    return tuple("-".join(_group() for _ in range(GROUPS)) for _ in range(CODES))


def hash_code(key: bytes, *, user_id: int, typed: str) -> bytes:
    """What is kept of a code. Case, spaces and dashes do not matter."""
    bare = "".join(letter for letter in typed.lower() if letter.isalnum())
    return hmac.digest(key, f"{user_id}|{bare}".encode(), "sha256")


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(GROUP_LETTERS))
