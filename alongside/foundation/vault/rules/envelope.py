"""A key for each person, wrapped under their area's; values sealed under it.

What a value is bound to is authenticated with it: whose it is, of which kind, and
which value. Put in another person's place, under another kind, or in place of a
later value, it does not open.
"""

import secrets
from uuid import UUID

from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.sealing import KEY_BYTES, DataKey, Sealer, Tampered
from alongside.foundation.vault.types import DetailKind, KeyService

# The length of what is sealed says little: a multiple of this.
BLOCK_BYTES = 64
LENGTH_BYTES = 4


class KeyMissing(DomainError):
    """The file of keys lacks the key a value needs."""

    user_message = (
        "The key that opens this is not in the file of keys. "
        "Ask the system administrator to restore the file of keys"
    )


class KeyShredded(DomainError):
    """The person's key was destroyed: nobody can open this again."""

    user_message = "This was erased for good and cannot be opened by anybody"


def make_data_key() -> DataKey:
    """A fresh random key for one person."""
    return DataKey(secrets.token_bytes(KEY_BYTES))


def key_label(person_id: UUID, key_id: UUID, wrapped_by: str) -> bytes:
    """What a person's wrapped key is bound to."""
    return f"key|v1|{person_id}|{key_id}|{wrapped_by}".encode()


def detail_label(person_id: UUID, kind: DetailKind, detail_id: UUID) -> bytes:
    """What a sealed value is bound to."""
    return f"detail|v1|{person_id}|{kind.value}|{detail_id}".encode()


def pad(text: str) -> bytes:
    """The text with its length before it, filled up to whole blocks."""
    data = text.encode()
    whole = len(data).to_bytes(LENGTH_BYTES, "big") + data
    return whole + b"\0" * (-len(whole) % BLOCK_BYTES)


def unpad(data: bytes) -> str:
    """The text that was padded.

    Raises:
        Tampered: it was not padded by us.
    """
    length = int.from_bytes(data[:LENGTH_BYTES], "big")
    text = data[LENGTH_BYTES : LENGTH_BYTES + length]
    if len(text) != length or len(data) % BLOCK_BYTES:
        raise Tampered
    return text.decode()


def seal_text(key: DataKey, text: str, *, label: bytes) -> bytes:
    """The text, padded and sealed, bound to the label."""
    return Sealer(key).seal(pad(text), label=label)


def open_text(key: DataKey, sealed: bytes, *, label: bytes) -> str:
    """The text that was sealed under the label.

    Raises:
        Tampered: the value, its key or its label is not what was sealed.
    """
    return unpad(Sealer(key).open(sealed, label=label))


def rewrap(
    keys: KeyService,
    wrapped: bytes,
    *,
    person_id: UUID,
    key_id: UUID,
    old: str,
    new: str,
) -> bytes:
    """A person's key under another wrapping key. What it seals is not touched.

    Raises:
        KeyMissing, Tampered: it cannot be unwrapped.
    """
    data = keys.unwrap(old, wrapped, label=key_label(person_id, key_id, old))
    return keys.wrap(new, data, label=key_label(person_id, key_id, new))
