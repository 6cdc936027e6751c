"""Sealing the secrets of second factors, bound to whose they are."""

from alongside.foundation.accounts.rules.keys import SignInKeys
from alongside.foundation.lib.sealing import AreaKey, Sealer


def seal_secret(keys: SignInKeys, secret: bytes, *, user_id: int, kind: str) -> bytes:
    """A secret as it is kept: moved to another account or kind it does not open."""
    return _sealer(keys).seal(secret, label=_label(user_id, kind))


def open_secret(
    keys: SignInKeys, sealed: bytes | memoryview, *, user_id: int, kind: str
) -> bytes:
    """The secret that was sealed for this account and kind.

    Raises:
        Tampered: it was not.
    """
    return _sealer(keys).open(bytes(sealed), label=_label(user_id, kind))


def _sealer(keys: SignInKeys) -> Sealer:
    return Sealer(AreaKey("sign-in", keys.factor))


def _label(user_id: int, kind: str) -> bytes:
    return f"second factor|{user_id}|{kind}".encode()
