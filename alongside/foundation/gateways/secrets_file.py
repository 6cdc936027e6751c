"""The one file of secrets an installation keeps: `secrets.json`, mode 0600."""

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from alongside.foundation.lib.errors import DomainError

KEY_BYTES = 32


class SecretsUnreadable(DomainError):
    """The file is there and is not what set-up wrote."""

    user_message = "secrets.json in ALONGSIDE_HOME cannot be read; restore it"


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """Random secrets of one installation. Not shown, not logged.

    `context_keys` sign who acts in a transaction, by key number. `area_master_key`
    wraps what is encrypted at rest. `passwords` are the database roles'.
    """

    django_key: str = field(repr=False)
    area_master_key: bytes = field(repr=False)
    context_keys: Mapping[int, bytes] = field(repr=False)
    passwords: Mapping[str, str] = field(repr=False)

    @classmethod
    def none(cls) -> Self:
        """What is known before set-up."""
        return cls(django_key="", area_master_key=b"", context_keys={}, passwords={})


def read_secrets(home: Path) -> Secrets | None:
    """The secrets kept in `home`, or None before set-up.

    Raises:
        SecretsUnreadable: the file is damaged, or may not be read.
    """
    try:
        kept = json.loads((home / "secrets.json").read_text(encoding="utf-8"))
        return Secrets(
            django_key=kept["django_key"],
            area_master_key=bytes.fromhex(kept["area_master_key"]),
            context_keys={
                int(kid): bytes.fromhex(key)
                for kid, key in kept["context_keys"].items()
            },
            passwords=kept["passwords"],
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SecretsUnreadable from error


def ensure_secrets(home: Path, *, roles: Sequence[str]) -> Secrets:
    """The secrets of `home`, made on the first call; `roles` all have a password.

    Safe to call from several processes at once.
    """
    with locked(home / ".secrets.lock"):
        known = read_secrets(home)
        if known and all(role in known.passwords for role in roles):
            return known
        known = known or Secrets(
            django_key=secrets.token_urlsafe(48),
            area_master_key=secrets.token_bytes(KEY_BYTES),
            context_keys={1: secrets.token_bytes(KEY_BYTES)},
            passwords={},
        )
        fresh = {role: secrets.token_urlsafe(32) for role in roles}
        complete = Secrets(
            django_key=known.django_key,
            area_master_key=known.area_master_key,
            context_keys=known.context_keys,
            passwords={**fresh, **known.passwords},
        )
        write_private(home / "secrets.json", json.dumps(_as_text(complete), indent=1))
        return complete


def replace_master_key(home: Path, key: bytes) -> None:
    """Take an area master key from elsewhere: what this one sealed opens no more.

    Raises:
        SecretsUnreadable: the file is damaged, or may not be read.
    """
    with locked(home / ".secrets.lock"):
        known = read_secrets(home)
        if known is not None:
            changed = replace(known, area_master_key=key)
            write_private(
                home / "secrets.json", json.dumps(_as_text(changed), indent=1)
            )


def _as_text(kept: Secrets) -> dict[str, Any]:
    return {
        "django_key": kept.django_key,
        "area_master_key": kept.area_master_key.hex(),
        "context_keys": {str(kid): key.hex() for kid, key in kept.context_keys.items()},
        "passwords": dict(kept.passwords),
    }


def write_private(path: Path, text: str) -> None:
    """Replace `path` whole, on disk before this returns; only its owner may read it."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for, then hold, a lock shared by processes.

    The kernel lets go of it however the holder ends, a kill -9 included.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
