"""Sealing the audit trail, and noting seals in files outside the database."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import connection

from alongside.foundation.audit.operations.sealing import choose_anchor, seal_trail
from alongside.foundation.audit.rules.anchors import read_anchor, write_anchor
from alongside.foundation.audit.types import Anchor, Damage, Outside, Seal
from alongside.foundation.gateways.anchor_files import add_line, read_lines
from alongside.foundation.gateways.seal_key import ensure_seal_key
from alongside.foundation.gateways.secrets_file import locked, write_private
from alongside.foundation.lib.errors import DomainError

# The newest seal this installation made. Each round goes on from it, so that a trail
# whose end was taken away is not sealed anew, even between two anchors.
LATEST = "last-seals"


class LatestUnreadable(DomainError):
    """The note of the newest seal is there and is not what was written."""

    user_message = (
        "The note of the newest seal (last-seals in ALONGSIDE_HOME) cannot be read: "
        "restore it"
    )


def seal_now(*, home: Path, now: datetime) -> Seal | None:
    """Seal and sign all that can be sealed; the newest seal, None before the first.

    Raises:
        TrailWentBack: the trail does not go on from the newest seal known here.
        DomainError: the key or the note of the newest seal cannot be read.
    """
    key = ensure_seal_key(home)
    with locked(home / ".seal.lock"):
        known = _read_latest(home)
        newest = seal_trail(actor="worker", now=now, key=key, latest=known)
        if newest is not None and newest != known:
            line = write_anchor(Anchor(seal=newest, anchored_at=now))
            write_private(latest_file(home), line)
        return newest


def anchor_now(*, home: Path, folder: Path, now: datetime) -> Anchor | None:
    """Seal, then note the newest seal in the year's file; None where it is there.

    Raises:
        TrailWentBack: the trail does not go on from the last anchor.
        DomainError: keys or files cannot be used.
    """
    seal_now(home=home, now=now)
    with locked(home / ".anchor.lock"):
        anchors, _ = read_anchors(folder)
        last = anchors[-1].seal if anchors else None
        anchor = choose_anchor(actor="worker", now=now, last=last)
        if anchor is not None:
            add_line(folder, year=now.year, line=write_anchor(anchor))
        return anchor


def go_on_from_restored(
    *, home: Path, folder: Path, now: datetime, why: str
) -> Anchor | None:
    """Let the trail go on from what was restored, and note that and why.

    None where the restored trail has nothing to seal and no seal. Verifying shows it
    from then on; anchors of what was lost are kept.

    Raises:
        DomainError: keys or files cannot be used.
    """
    with locked(home / ".seal.lock"):
        latest_file(home).unlink(missing_ok=True)
    seal_now(home=home, now=now)
    with locked(home / ".anchor.lock"):
        anchor = choose_anchor(actor="worker", now=now, last=None)
        if anchor is not None:
            noted = replace(anchor, restored=why)
            add_line(folder, year=now.year, line=write_anchor(noted))
        return anchor


def read_anchors(folder: Path) -> tuple[list[Anchor], list[Damage]]:
    """The anchors in the files, oldest first, and the lines that are none.

    Raises:
        AnchorsUnreachable: a file cannot be read.
    """
    anchors, damage = [], []
    for where, line in read_lines(folder):
        try:
            anchors.append(read_anchor(line))
        except ValueError:
            damage.append(Damage(words=f"{where} of the anchors cannot be read"))
    return anchors, damage


def read_outside(folder: Path, *, home: Path) -> Outside:
    """All that is known of the trail outside the database: anchors, the newest seal.

    Raises:
        AnchorsUnreachable, LatestUnreadable: a file cannot be read.
    """
    anchors, damage = read_anchors(folder)
    latest = _read_latest(home)
    newest = (Anchor(seal=latest, anchored_at=latest.sealed_at),) if latest else ()
    return Outside(anchors=tuple(anchors), newest=newest, damage=tuple(damage))


def latest_file(home: Path) -> Path:
    """Where the newest seal of this database's trail is noted."""
    folder = home / LATEST
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{connection.settings_dict['NAME']}.json"


def _read_latest(home: Path) -> Seal | None:
    try:
        return read_anchor(latest_file(home).read_text(encoding="utf-8")).seal
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise LatestUnreadable from error
