"""The file of keys that open the vault: `keys.json`, mode 0600, apart from all else.

It is not in the database and not in its backup: whoever has one of the two has
nothing. A key is added and, once nothing needs it, taken out; none is changed.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from alongside.foundation.gateways.secrets_file import locked, write_private
from alongside.foundation.lib.errors import DomainError

KEY_BYTES = 32
NAME_BYTES = 5


class KeysUnreadable(DomainError):
    """The file is there and is not what we wrote."""

    user_message = "The file of keys cannot be read; restore it from its copy"


class KeysDiffer(DomainError):
    """Two keys of one name: one of the files is not what it says."""

    user_message = "The two files of keys hold different keys under one name"


@dataclass(frozen=True, kw_only=True, slots=True)
class RingKey:
    """One key. Its name stands beside what it opens; it is random, never used again."""

    name: str
    made_at: datetime
    key: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaKeys:
    """The keys of one area, oldest first: the last of each kind is the one in use.

    `wrapping` keys wrap the key of each person; `index` keys make the tokens by
    which a phone number or an e-mail address is found.
    """

    wrapping: tuple[RingKey, ...]
    index: tuple[RingKey, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyRing:
    """Every key of an installation, by the area's code."""

    areas: Mapping[str, AreaKeys]

    def with_area(self, code: str, keys: AreaKeys) -> "KeyRing":
        """The same ring with one area's keys in place of what it had."""
        return KeyRing(areas={**self.areas, code: keys})

    def names(self) -> frozenset[str]:
        """The name of every key."""
        return frozenset(
            key.name
            for area in self.areas.values()
            for key in (*area.wrapping, *area.index)
        )


EMPTY = KeyRing(areas={})


def make_key(area_code: str, *, now: datetime) -> RingKey:
    """A fresh random key."""
    name = f"{area_code}-{secrets.token_hex(NAME_BYTES)}"
    return RingKey(name=name, made_at=now, key=secrets.token_bytes(KEY_BYTES))


def read_ring(path: Path) -> KeyRing:
    """The keys in the file; none where there is no file.

    Raises:
        KeysUnreadable: the file is damaged, or may not be read.
    """
    try:
        return ring_of_text(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return EMPTY
    except (OSError, UnicodeDecodeError) as error:
        raise KeysUnreadable from error


def ring_of_text(text: str) -> KeyRing:
    """The keys as `text_of_ring` wrote them.

    Raises:
        KeysUnreadable: it did not write this.
    """
    try:
        areas = json.loads(text)["areas"]
        return KeyRing(
            areas={
                code: AreaKeys(
                    wrapping=tuple(map(_key, kept["wrapping"])),
                    index=tuple(map(_key, kept["index"])),
                )
                for code, kept in areas.items()
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysUnreadable from error


def text_of_ring(ring: KeyRing) -> str:
    """The keys as the file holds them."""
    areas = {
        code: {
            "wrapping": [_plain(key) for key in keys.wrapping],
            "index": [_plain(key) for key in keys.index],
        }
        for code, keys in ring.areas.items()
    }
    return json.dumps({"version": 1, "areas": areas}, indent=1)


def change_ring(path: Path, change: Callable[[KeyRing], KeyRing]) -> KeyRing:
    """Change the file as a whole, on disk before this returns; one process at a time.

    Raises:
        KeysUnreadable: the file is damaged, or may not be read.
    """
    with locked(path.with_name(f".{path.name}.lock")):
        before = read_ring(path)
        after = change(before)
        if after != before:
            write_private(path, text_of_ring(after))
        return after


def ensure_areas(path: Path, codes: Iterable[str], *, now: datetime) -> KeyRing:
    """Give every area that has no keys its first ones."""

    def fill(ring: KeyRing) -> KeyRing:
        for code in codes:
            if code not in ring.areas:
                keys = AreaKeys(
                    wrapping=(make_key(code, now=now),),
                    index=(make_key(code, now=now),),
                )
                ring = ring.with_area(code, keys)
        return ring

    return change_ring(path, fill)


def join_rings(one: KeyRing, other: KeyRing) -> KeyRing:
    """Every key of both; those of `other` that `one` lacks count as older.

    Raises:
        KeysDiffer: one name stands for two keys.
    """
    for code, keys in other.areas.items():
        own = one.areas.get(code)
        if own is None:
            one = one.with_area(code, keys)
            continue
        one = one.with_area(
            code,
            replace(
                own,
                wrapping=_join(own.wrapping, keys.wrapping),
                index=_join(own.index, keys.index),
            ),
        )
    return one


def _join(own: tuple[RingKey, ...], others: tuple[RingKey, ...]) -> tuple[RingKey, ...]:
    known = {key.name: key.key for key in own}
    if any(known.get(key.name, key.key) != key.key for key in others):
        raise KeysDiffer
    return (*(key for key in others if key.name not in known), *own)


def _key(kept: Mapping[str, Any]) -> RingKey:
    key = bytes.fromhex(kept["key"])
    if len(key) != KEY_BYTES:
        raise ValueError("a key has the wrong length")
    return RingKey(
        name=str(kept["name"]), made_at=datetime.fromisoformat(kept["made_at"]), key=key
    )


def _plain(key: RingKey) -> dict[str, str]:
    return {
        "name": key.name,
        "made_at": key.made_at.isoformat(),
        "key": key.key.hex(),
    }


class RingFile:
    """The file, read again only when it has changed. Safe for several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[tuple[int, int, int] | None, KeyRing] | None = None

    def read(self) -> KeyRing:
        """The keys as they are in the file now.

        Raises:
            KeysUnreadable: the file is damaged, or may not be read.
        """
        mark = self._mark()
        seen = self._seen
        if seen is None or seen[0] != mark:
            seen = self._seen = (mark, read_ring(self.path))
        return seen[1]

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            stat = self.path.stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size
