"""The key that signs seals of the audit trail. The database never holds it.

`seal-key.json` in the installation's home is the private key, for its owner alone.
`seal-keys-public.json` lists every public key there has been; give a copy to whoever
is to verify the trail without trusting this machine.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from alongside.foundation.gateways.secrets_file import locked, write_private
from alongside.foundation.lib.errors import DomainError

PRIVATE, PUBLIC = "seal-key.json", "seal-keys-public.json"
NAME_LENGTH = 16


class SealKeyUnreadable(DomainError):
    """A file of keys is there and is not what was written."""

    user_message = "The key for seals of the audit trail cannot be read; restore it"


@dataclass(frozen=True, kw_only=True)
class SealKey:
    """A private key and the name by which signatures say whose they are."""

    name: str
    private: Ed25519PrivateKey = field(repr=False)


def ensure_seal_key(home: Path) -> SealKey:
    """The key of this installation, made on the first call.

    To change it take `seal-key.json` away: a new one is made, and the old public key
    stays on the list, so that old seals stay good.

    Raises:
        SealKeyUnreadable: a file of keys is damaged, or may not be read.
    """
    with locked(home / ".seal-key.lock"):
        private = _read_private(home / PRIVATE)
        if private is None:
            private = Ed25519PrivateKey.generate()
            text = json.dumps({"ed25519": private.private_bytes_raw().hex()})
            write_private(home / PRIVATE, text)
        public = private.public_key()
        known = read_public_keys(home / PUBLIC)
        name = name_of(public)
        if name not in known:
            known[name] = public
            write_private(home / PUBLIC, write_public_keys(known))
        return SealKey(name=name, private=private)


def name_of(key: Ed25519PublicKey) -> str:
    """A short name made from the key itself."""
    return sha256(key.public_bytes_raw()).hexdigest()[:NAME_LENGTH]


def write_public_keys(keys: dict[str, Ed25519PublicKey]) -> str:
    """Public keys as the text of their file."""
    return json.dumps([key.public_bytes_raw().hex() for key in keys.values()])


def read_public_keys(file: Path) -> dict[str, Ed25519PublicKey]:
    """The public keys in a file, by name; none where there is no file.

    Raises:
        SealKeyUnreadable: the file is damaged, or may not be read.
    """
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        keys = [Ed25519PublicKey.from_public_bytes(bytes.fromhex(k)) for k in kept]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError) as error:
        raise SealKeyUnreadable from error
    return {name_of(key): key for key in keys}


def _read_private(file: Path) -> Ed25519PrivateKey | None:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept["ed25519"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SealKeyUnreadable from error
