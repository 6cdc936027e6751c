"""The installation's keys and journal, for whoever works with protected details."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.gateways.installation import Installation
from alongside.foundation.gateways.key_ring import (
    AreaKeys,
    KeyRing,
    RingFile,
    change_ring,
    ensure_areas,
    make_key,
    read_ring,
)
from alongside.foundation.gateways.shred_journal import ShredJournal
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.vault import operations, queries
from alongside.foundation.vault.rules import RingKeys

# Told what is under way and how much of it is done.
OnStep = Callable[[str, int], None]


class KeysLost(DomainError):
    """The database holds what only the missing file can open."""


class OldKeysNeeded(DomainError):
    """Something is still wrapped by a key that was to be dropped."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rotation:
    """What changing an area's keys came to."""

    area_code: str
    begun_before: bool
    keys: int
    tokens: int
    dropped: int


def key_service() -> RingKeys:
    """The keys of this installation."""
    return _service(_installation().key_file)


@cache
def _service(path: Path) -> RingKeys:
    return RingKeys(RingFile(path).read)


def shred_journal() -> ShredJournal:
    """The journal of what this installation has shredded."""
    return ShredJournal(_installation().shred_folder)


def _installation() -> Installation:
    found: Installation = settings.INSTALLATION
    return found


def ensure_keys(*, actor: str, now: datetime) -> None:
    """Give every area its keys; part of setting up, safe to repeat.

    Raises:
        KeysLost: an area's protected details need keys that the file lacks. New ones
            would only hide that.
    """
    path = _installation().key_file
    known = read_ring(path).names()
    areas = organisations.list_areas()
    for code, area_id in areas:
        needed = queries.count_by_wrapping(area_id=area_id).keys()
        if not needed <= known:
            raise KeysLost(
                f"The file of keys ({path.name}) lacks keys that the protected details "
                f"of area {code} need: restore it from its copy first"
            )
    ensure_areas(path, [code for code, _ in areas], now=now)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaStatus:
    """Which key an area uses, and how many persons' keys each of its keys wraps."""

    area_code: str
    current: str
    wraps: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class VaultStatus:
    """How the keys stand, and how many were shredded."""

    areas: tuple[AreaStatus, ...]
    shredded: int
    unreadable: int


def read_status() -> VaultStatus:
    """How the keys of this installation stand."""
    ring = read_ring(_installation().key_file)
    record = shred_journal().read()
    areas = []
    for code, area_id in organisations.list_areas():
        keys = ring.areas.get(code)
        areas.append(
            AreaStatus(
                area_code=code,
                current=keys.wrapping[-1].name if keys and keys.wrapping else "",
                wraps=queries.count_by_wrapping(area_id=area_id),
            )
        )
    return VaultStatus(
        areas=tuple(areas), shredded=len(record.lines), unreadable=record.unreadable
    )


def list_missing_keys() -> list[str]:
    """Codes of the areas of whose keys the file lacks some."""
    known = read_ring(_installation().key_file).names()
    return [
        code
        for code, area_id in organisations.list_areas()
        if not queries.count_by_wrapping(area_id=area_id).keys() <= known
    ]


def rotate(
    *,
    actor: str,
    now: datetime,
    area_code: str,
    with_index: bool,
    drop_old: bool,
    on_step: OnStep,
) -> Rotation:
    """Change an area's wrapping key, or finish a change that was begun.

    A new key is on the disk before anything is wrapped by it, and the old one stays
    until nothing needs it: stopped at any moment, nothing is lost.

    Raises:
        OldKeysNeeded: something is still wrapped by a key that was to be dropped.
    """
    area_id = dict(organisations.list_areas())[area_code]
    ring = read_ring(_installation().key_file).areas[area_code]
    begun = _is_begun(ring, area_id)
    if not begun and not drop_old:
        _change(area_code, lambda keys: _with_fresh(keys, area_code, now, with_index))
    done = operations.rewrap_keys(
        actor=actor,
        now=now,
        keys=key_service(),
        area_id=area_id,
        area_code=area_code,
        on_progress=lambda count: on_step("Persons' keys wrapped anew", count),
    )
    tokens = operations.retoken(
        actor=actor,
        now=now,
        keys=key_service(),
        area_id=area_id,
        area_code=area_code,
        on_progress=lambda count: on_step("Search tokens made anew", count),
    )
    dropped = _drop_old(area_code, area_id) if drop_old else 0
    _record(actor, now, AuditAction.KEYS_CHANGED, area_code)
    return Rotation(
        area_code=area_code,
        begun_before=begun,
        keys=done,
        tokens=tokens,
        dropped=dropped,
    )


def _is_begun(ring: AreaKeys, area_id: int) -> bool:
    """Whether something waits for a change of keys to be finished."""
    wrapped = queries.count_by_wrapping(area_id=area_id).keys()
    indexed = queries.count_by_index(area_id=area_id).keys()
    return bool(wrapped - {ring.wrapping[-1].name} or indexed - {ring.index[-1].name})


def _with_fresh(
    keys: AreaKeys, area_code: str, now: datetime, with_index: bool
) -> AreaKeys:
    wrapping = (*keys.wrapping, make_key(area_code, now=now))
    if not with_index:
        return replace(keys, wrapping=wrapping)
    index = (*keys.index, make_key(area_code, now=now))
    return replace(keys, wrapping=wrapping, index=index)


def _change(area_code: str, change: Callable[[AreaKeys], AreaKeys]) -> None:
    def of_ring(ring: KeyRing) -> KeyRing:
        return ring.with_area(area_code, change(ring.areas[area_code]))

    change_ring(_installation().key_file, of_ring)


def _drop_old(area_code: str, area_id: int) -> int:
    """Take out of the file what nothing needs any more."""
    before = read_ring(_installation().key_file).areas[area_code]
    needed = {
        *queries.count_by_wrapping(area_id=area_id),
        *queries.count_by_index(area_id=area_id),
    }
    old = (*before.wrapping[:-1], *before.index[:-1])
    if needed & {key.name for key in old}:
        raise OldKeysNeeded(
            "An old key still wraps something: run alongside vault rotate again"
        )
    _change(
        area_code,
        lambda keys: AreaKeys(wrapping=keys.wrapping[-1:], index=keys.index[-1:]),
    )
    return len(old)


def _record(actor: str, now: datetime, action: AuditAction, area_code: str) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="keys"),
        purpose=f"area {area_code}, by {actor}",
        using="owner",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """What replaying the journal came to."""

    keys: int
    lines: int
    unreadable: int


def replay_journal(*, actor: str, now: datetime) -> Replayed:
    """Destroy again every key that was ever shredded here; part of each restore."""
    record = shred_journal().read()
    gone = operations.shred_again(actor=actor, now=now, lines=record.lines)
    return Replayed(keys=gone, lines=len(record.lines), unreadable=record.unreadable)
